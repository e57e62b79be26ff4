// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// libpcap's struct bpf_insn is the kernel's struct sock_filter, and stays in this file: it bears
// the name of another one.
#include "expression.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <pcap/pcap.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <memory>
#include <utility>

#include "text.h"

namespace nettrace {
namespace {

static_assert(sizeof(bpf_insn) == sizeof(sock_filter));

constexpr int whole_packet = 262144;  // tcpdump's snapshot length, bytes

// Translated, each becomes 9 at most (src/classic_bpf.cc), and jumps reach 32767.
constexpr size_t most_instructions = 3600;

// Each is compiled once more where an expression is refused.
constexpr size_t most_fronts = 100;

struct Compiled {
  std::vector<sock_filter> program;  // empty: it was refused,
  std::string why;                   // by libpcap
};

// ip6 protochain is a loop.
bool jumps_backward(const std::vector<sock_filter>& program) {
  for (size_t at = 0; at < program.size(); ++at) {
    const sock_filter& insn = program[at];
    const bool jumps = BPF_CLASS(insn.code) == BPF_JMP && BPF_OP(insn.code) == BPF_JA;
    if (jumps && insn.k >= program.size() - at - 1) return true;
  }
  return false;
}

// inbound, ifindex and the like: what the kernel knows of a packet that comes to a socket.
bool asks_socket(const std::vector<sock_filter>& program) {
  return std::any_of(program.begin(), program.end(), [](const sock_filter& insn) {
    return BPF_CLASS(insn.code) == BPF_LD && BPF_MODE(insn.code) == BPF_ABS &&
           insn.k >= static_cast<uint32_t>(SKF_AD_OFF);
  });
}

Compiled compile_text(const std::string& text) {
  const std::unique_ptr<pcap_t, decltype(&pcap_close)> pcap(
      pcap_open_dead(DLT_EN10MB, whole_packet), pcap_close);
  if (!pcap) return {{}, "out of memory"};
  bpf_program compiled{};
  if (pcap_compile(pcap.get(), &compiled, text.c_str(), 1, PCAP_NETMASK_UNKNOWN) != 0) {
    return {{}, pcap_geterr(pcap.get())};
  }
  const std::unique_ptr<bpf_program, decltype(&pcap_freecode)> owner(&compiled, pcap_freecode);
  std::vector<sock_filter> program(compiled.bf_len);
  std::memcpy(program.data(), compiled.bf_insns, compiled.bf_len * sizeof(sock_filter));
  if (program.size() > most_instructions) {
    return {{},
            fmt::format("it compiles to {} instructions, more than {}", program.size(),
                        most_instructions)};
  }
  if (jumps_backward(program)) return {{}, "it needs a loop, which no kernel runs in a filter"};
  if (asks_socket(program)) return {{}, "it asks for what only tcpdump's socket knows"};
  return {std::move(program), ""};
}

std::string join(std::span<const std::string> words) {
  return fmt::format("{}", fmt::join(words, " "));
}

// libpcap does not say where; what stands behind the longest part that it takes is the place.
std::string place_of_error(const std::string& text) {
  const std::vector<std::string> words = split(text, ' ');
  if (words.size() > most_fronts) return "";
  for (size_t count = words.size(); count-- > 1;) {
    const std::string front = join(std::span(words).first(count));
    if (!compile_text(front).program.empty()) return ", behind " + in_quotes(front);
  }
  return "";
}

// The keyword, and not a part of a host's name.
bool has_vlan(std::string_view text) {
  constexpr std::string_view keyword = "vlan";
  const auto is_name = [&](size_t at) {
    return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0 ||
                                text[at] == '-' || text[at] == '.' || text[at] == '_');
  };
  for (size_t at = text.find(keyword); at != text.npos; at = text.find(keyword, at + 1)) {
    if (!is_name(at - 1) && !is_name(at + keyword.size())) return true;
  }
  return false;
}

}  // namespace

Result<Expression> Expression::compile(std::span<const std::string> words) {
  const std::string text = join(words);
  Compiled compiled = compile_text(text);
  if (!compiled.program.empty()) return Expression(std::move(compiled.program), has_vlan(text));
  std::string why;
  append_printable(compiled.why, why);
  return usage_error(
      fmt::format("the expression {} is refused: {}{}", in_quotes(text), why, place_of_error(text)),
      "see pcap-filter(7)");
}

bool Expression::matches(std::span<const std::byte> frame, uint32_t len) const {
  return bpf_filter(reinterpret_cast<const bpf_insn*>(program_.data()),
                    reinterpret_cast<const u_char*>(frame.data()), len,
                    static_cast<u_int>(frame.size())) != 0;
}

}  // namespace nettrace
