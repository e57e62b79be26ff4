// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Each word of the filter becomes a number or a prefix, or an error that says what was expected.
#include "filter/words.h"

#include <fmt/core.h>
#include <linux/if_ether.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>
#include <vector>

#include "base/foreign_text.h"
#include "base/near_names.h"
#include "base/number_text.h"
#include "base/text.h"
#include "filter/metadata_words.h"
#include "packet/protocol_names.h"
#include "packet/protocols.h"
#include "packet/tcp_flags.h"

namespace nettrace {
namespace {

Error unknown_protocol(std::string_view word) {
  std::vector<std::string_view> names;
  for (const auto table : {l4_protocols(), ethertypes()}) {
    for (const ProtocolName& protocol : table) names.push_back(protocol.name);
  }
  std::string remedy = did_you_mean(word, names);
  if (remedy.empty()) remedy = "give a name such as tcp, icmpv6 or arp, or a number";
  return usage_error(fmt::format("{} is not a protocol", in_quotes(word)), std::move(remedy));
}

void set_l4_proto(uint8_t l4_proto, Filter& filter) {
  filter.l4_proto = l4_proto;
  for (const Protocol& protocol : protocols) {
    const bool bound = protocol.l4_proto == l4_proto && protocol.ethertype != 0;
    if (bound) filter.ethertype = protocol.ethertype;
  }
}

void set_ethertype(uint16_t ethertype, Filter& filter) {
  filter.ethertype = ethertype;
  if (ethertype == ETH_P_8021Q || ethertype == ETH_P_8021AD) {
    filter.warnings.emplace_back(
        "VLAN tags are looked through: -p names the protocol behind them (-t vlan traces their "
        "functions)");
  }
}

std::optional<Error> read_protocol_number(std::string_view word, uint64_t number, Filter& filter) {
  if (number > UINT16_MAX || (number > UINT8_MAX && number < ETH_P_802_3_MIN)) {
    return usage_error(
        fmt::format("{} is not a protocol number", in_quotes(word)),
        fmt::format("IP protocols are 0 to 255, ethertypes {} to 65535", ETH_P_802_3_MIN));
  }
  if (number <= UINT8_MAX) {
    set_l4_proto(static_cast<uint8_t>(number), filter);
  } else {
    set_ethertype(static_cast<uint16_t>(number), filter);
  }
  return std::nullopt;
}

std::optional<Error> read_protocol(std::string_view word, Filter& filter) {
  if (const auto number = parse_number(word)) return read_protocol_number(word, *number, filter);
  const auto ethertype = ethertype_by_name(word);
  const auto l4_proto = l4_proto_by_name(word);
  if (!ethertype && !l4_proto) return unknown_protocol(word);
  if (!ethertype) {
    set_l4_proto(*l4_proto, filter);
    return std::nullopt;
  }
  set_ethertype(*ethertype, filter);
  // That ipv6 means all of IPv6 and not IPv6 in IPv4 surprises nobody.
  if (l4_proto && *ethertype != ETH_P_IPV6) {
    filter.warnings.push_back(
        fmt::format("-p {0} means ethertype 0x{1:04x}; {0} inside IP is -p {2}", lower_case(word),
                    *ethertype, *l4_proto));
  }
  return std::nullopt;
}

std::optional<Error> read_port(std::string_view option, const std::optional<std::string>& word,
                               std::optional<uint16_t>& port) {
  if (!word) return std::nullopt;
  uint16_t number = 0;
  const char* const end = word->data() + word->size();
  const auto [stop, error] = std::from_chars(word->data(), end, number);
  if (error != std::errc() || stop != end) {
    return usage_error(fmt::format("{} is not a port", in_quotes(*word)),
                       fmt::format("{} takes a number from 0 to 65535", option));
  }
  port = number;
  return std::nullopt;
}

std::optional<Error> read_address(const std::optional<std::string>& word,
                                  std::optional<Prefix>& prefix) {
  if (!word) return std::nullopt;
  const auto parsed = parse_prefix(*word);
  if (!parsed) return parsed.error();
  prefix = *parsed;
  return std::nullopt;
}

Error tcp_flags_error(std::string what) {
  return usage_error(std::move(what),
                     fmt::format("the flags are {}, written together: SA", known_tcp_flags()));
}

std::optional<Error> read_tcp_flags(std::string_view word, uint8_t& bits) {
  for (const char c : word) {
    const char letter = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const auto flag = std::find_if(tcp_flags.begin(), tcp_flags.end(),
                                   [&](const TcpFlag& known) { return known.letter == letter; });
    if (flag == tcp_flags.end()) {
      const std::string where = word.size() == 1 ? "" : " in " + in_quotes(word);
      return tcp_flags_error(fmt::format("{}{} is not a TCP flag", in_quotes({&c, 1}), where));
    }
    bits |= flag->bit;
  }
  if (bits == 0) return tcp_flags_error("--tcp-flags names no flag");
  return std::nullopt;
}

}  // namespace

std::string known_tcp_flags() {
  std::string list;
  for (const TcpFlag& flag : tcp_flags) {
    list += fmt::format("{}{} ({})", list.empty() ? "" : ", ", flag.letter, flag.name);
  }
  return list;
}

std::optional<Error> read_words(const FilterWords& words, Filter& filter) {
  if (words.proto) {
    if (auto error = read_protocol(*words.proto, filter)) return error;
  }
  if (auto error = read_address(words.saddr, filter.saddr)) return error;
  if (auto error = read_address(words.daddr, filter.daddr)) return error;
  if (auto error = read_address(words.addr, filter.addr)) return error;
  if (auto error = read_port("--sport", words.sport, filter.sport)) return error;
  if (auto error = read_port("--dport", words.dport, filter.dport)) return error;
  if (auto error = read_port("--port", words.port, filter.port)) return error;
  if (words.tcp_flags) {
    if (auto error = read_tcp_flags(*words.tcp_flags, filter.tcp_flags)) return error;
  }
  return read_metadata_words(words, filter);
}

}  // namespace nettrace
