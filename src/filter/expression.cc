// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// libpcap's struct bpf_insn is the kernel's struct sock_filter, and stays in this file: it bears
// the name of another one.
#include "filter/expression.h"

#include <fmt/format.h>
#include <pcap/pcap.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <future>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "base/foreign_text.h"

namespace nettrace {
namespace {

static_assert(sizeof(bpf_insn) == sizeof(sock_filter));

constexpr int whole_packet = 262144;  // tcpdump's snapshot length, bytes

// Translated, each becomes 9 at most (src/bpf_image/classic_bpf.cc), and jumps reach 32767.
constexpr size_t max_instructions = 3600;

// Each is compiled once more where an expression is refused.
constexpr size_t max_fronts = 100;

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
  if (program.size() > max_instructions) {
    return {{},
            fmt::format("it compiles to {} instructions, more than {}", program.size(),
                        max_instructions)};
  }
  if (jumps_backward(program)) return {{}, "it needs a loop, which no kernel runs in a filter"};
  if (asks_socket(program)) return {{}, "it asks for what only tcpdump's socket knows"};
  return {std::move(program), ""};
}

// libpcap takes minutes for a thousand hosts, and nothing but the end of the process stops it.
std::optional<Compiled> compile_within(std::chrono::milliseconds patience,
                                       const std::string& text) {
  std::packaged_task<Compiled()> task([text] { return compile_text(text); });
  auto compiled = task.get_future();
  std::thread(std::move(task)).detach();
  if (compiled.wait_for(patience) != std::future_status::ready) return std::nullopt;
  return compiled.get();
}

std::string join(std::span<const std::string> words) {
  return fmt::format("{}", fmt::join(words, " "));
}

bool is_in_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.' || c == '_' ||
         c == ':';
}

// libpcap does not say where; what stands behind the longest part that it takes is the place.
std::string place_of_error(const std::string& text) {
  std::vector<size_t> fronts;
  for (size_t size = 1; size < text.size(); ++size) {
    const bool ends = !is_in_word(text[size - 1]) || !is_in_word(text[size]);
    if (ends && text[size - 1] != ' ') fronts.push_back(size);
  }
  if (fronts.size() > max_fronts) return "";
  while (!fronts.empty()) {
    const std::string front = text.substr(0, fronts.back());
    if (!compile_text(front).program.empty()) return ", behind " + in_quotes(front);
    fronts.pop_back();
  }
  return ", at its beginning";
}

// The keyword, and not a part of a host's name.
bool has_vlan(std::string_view text) {
  constexpr std::string_view keyword = "vlan";
  const auto is_name = [&](size_t at) { return at < text.size() && is_in_word(text[at]); };
  for (size_t at = text.find(keyword); at != text.npos; at = text.find(keyword, at + 1)) {
    if (!is_name(at - 1) && !is_name(at + keyword.size())) return true;
  }
  return false;
}

}  // namespace

Result<Expression> Expression::compile(std::span<const std::string> words,
                                       std::chrono::milliseconds patience) {
  const std::string text = join(words);
  auto compiled = compile_within(patience, text);
  if (!compiled) {
    return usage_error(
        fmt::format("libpcap takes more than {} s to compile {}",
                    std::chrono::ceil<std::chrono::seconds>(patience).count(), in_quotes(text)),
        "nets, portranges or --addr take less");
  }
  if (!compiled->program.empty()) return Expression(std::move(compiled->program), has_vlan(text));
  std::string why;
  append_printable(compiled->why, why);
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
