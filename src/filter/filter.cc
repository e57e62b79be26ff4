// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Once each word is read, the whole is checked: could a packet match all of it?
#include "filter/filter.h"

#include <arpa/inet.h>
#include <fmt/core.h>
#include <linux/if_ether.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "filter/words.h"
#include "nettrace/expression.h"
#include "packet/protocols.h"
#include "packet/tcp_flags.h"

namespace nettrace {
namespace {

using Family = Address::Family;

bool has_ports(uint8_t l4_proto) {
  return std::any_of(protocols.begin(), protocols.end(), [&](const Protocol& protocol) {
    return protocol.l4_proto == l4_proto && protocol.has_ports;
  });
}

std::string protocols_with_ports() {
  std::string names;
  for (const Protocol& protocol : protocols) {
    if (!protocol.has_ports) continue;
    names += (names.empty() ? "" : ", ") + lower_case(protocol.name);
  }
  return names;
}

// The family of the addresses in packets of this ethertype; none: it has no IP addresses.
Family family_of_ethertype(uint16_t ethertype) {
  if (ethertype == ETH_P_IPV6) return Family::ipv6;
  const bool ipv4 = ethertype == ETH_P_IP || ethertype == ETH_P_ARP || ethertype == ETH_P_RARP;
  return ipv4 ? Family::ipv4 : Family::none;
}

uint16_t ethertype_of(Family family) { return family == Family::ipv4 ? ETH_P_IP : ETH_P_IPV6; }

std::string_view name_of(Family family) { return family == Family::ipv4 ? "IPv4" : "IPv6"; }

std::optional<Error> check_tcp_flags(const FilterWords& words, Filter& filter) {
  if (filter.tcp_flags == 0) return std::nullopt;
  const bool other_l4 = filter.l4_proto && *filter.l4_proto != IPPROTO_TCP;
  const bool other_l3 = filter.ethertype && !is_ip(*filter.ethertype);
  if (other_l4 || other_l3) {
    return usage_error(fmt::format("--tcp-flags is for TCP, but -p says {}", *words.proto),
                       "leave one of the two out");
  }
  filter.l4_proto = IPPROTO_TCP;
  return std::nullopt;
}

std::optional<Error> check_ports(const FilterWords& words, Filter& filter) {
  if (!filter.sport && !filter.dport && !filter.port) return std::nullopt;
  const bool other_l4 = filter.l4_proto && !has_ports(*filter.l4_proto);
  const bool other_l3 = filter.ethertype && !is_ip(*filter.ethertype);
  if (other_l4 || other_l3) {
    return usage_error(
        fmt::format("protocol {} has no ports", *words.proto),
        fmt::format("leave one of the two out; {} have ports", protocols_with_ports()));
  }
  const bool neither = filter.port && filter.sport && filter.dport &&
                       *filter.port != *filter.sport && *filter.port != *filter.dport;
  if (neither) {
    return usage_error(fmt::format("no packet can match --port {} beside --sport {} and --dport {}",
                                   *filter.port, *filter.sport, *filter.dport),
                       "--port is one of the other two: leave it out");
  }
  filter.tcp_or_udp = !filter.l4_proto;
  return std::nullopt;
}

std::vector<Prefix> addresses_of(const Filter& filter) {
  std::vector<Prefix> addresses;
  for (const auto& prefix : {filter.saddr, filter.daddr, filter.addr}) {
    if (prefix) addresses.push_back(*prefix);
  }
  return addresses;
}

// What the user may have meant with an address of the other family.
std::string_view counterpart(const Filter& filter) {
  if (filter.l4_proto == IPPROTO_ICMPV6) return "icmp";
  if (filter.ethertype == ETH_P_IPV6) return "ip";
  if (filter.ethertype == ETH_P_IP && !filter.l4_proto) return "ipv6";
  return "icmpv6";  // of ICMP; of IGMP and ARP too, whose work it does in IPv6
}

std::optional<Error> check_family(const FilterWords& words, const Filter& filter,
                                  const Prefix& prefix) {
  const Family family = prefix.address.family;
  const Family wanted = family_of_ethertype(*filter.ethertype);
  if (wanted == Family::none) {
    return usage_error(fmt::format("packets of protocol {} have no IP addresses", *words.proto),
                       "leave out the address or -p");
  }
  if (wanted == family) return std::nullopt;
  return usage_error(
      fmt::format("-p {} goes with {}, but {} is {}", *words.proto, name_of(wanted),
                  to_string(prefix), name_of(family)),
      fmt::format("use -p {} or an {} address", counterpart(filter), name_of(wanted)));
}

std::optional<Error> check_addresses(const FilterWords& words, const Filter& filter) {
  const std::vector<Prefix> addresses = addresses_of(filter);
  for (const Prefix& prefix : addresses) {
    if (prefix.address.family != addresses.front().address.family) {
      return usage_error(fmt::format("{} and {} are of different families: no packet has both",
                                     to_string(addresses.front()), to_string(prefix)),
                         "give only IPv4 or only IPv6 addresses");
    }
    if (!filter.ethertype) continue;
    if (auto error = check_family(words, filter, prefix)) return error;
  }
  const bool all = filter.saddr && filter.daddr && filter.addr;
  if (!all || overlap(*filter.addr, *filter.saddr) || overlap(*filter.addr, *filter.daddr)) {
    return std::nullopt;
  }
  return usage_error(
      fmt::format("no packet can match --addr {} beside --saddr {} and --daddr {}",
                  to_string(*filter.addr), to_string(*filter.saddr), to_string(*filter.daddr)),
      "--addr is one of the other two: leave it out");
}

bool is_multicast(const Prefix& prefix) {
  const uint8_t first = prefix.address.bytes[0];
  if (prefix.address.family == Family::ipv4) return prefix.length >= 4 && first >> 4 == 0xe;
  return prefix.length >= 8 && first == 0xff;
}

// ::ffff:10.0.0.1 is how sockets write an IPv4 address.
bool is_mapped_ipv4(const Prefix& prefix) {
  return prefix.length >= 96 && to_string(prefix).starts_with("::ffff:");
}

bool is_broadcast(const Prefix& prefix) {
  return prefix.address.family == Family::ipv4 && to_string(prefix) == "255.255.255.255";
}

void warn_of_addresses(Filter& filter) {
  const auto warn = [&](std::string text) { filter.warnings.push_back(std::move(text)); };
  for (const Prefix& prefix : addresses_of(filter)) {
    const std::string name = to_string(prefix);
    const bool for_many = is_multicast(prefix) || is_broadcast(prefix);
    if (prefix == filter.saddr && for_many) {
      warn(name + " is no address that packets come from: is it the destination (-d)?");
    } else if (for_many && filter.l4_proto == IPPROTO_TCP) {
      warn("TCP goes to one host, and " + name + " means many");
    } else if (is_mapped_ipv4(prefix)) {
      warn(name + " is seen in sockets, not in packets: give the IPv4 address");
    }
  }
}

void warn_of_tcp_flags(Filter& filter) {
  const bool begins = filter.tcp_flags & tcp_syn;
  const bool ends = filter.tcp_flags & (tcp_fin | tcp_rst);
  if (!begins || !ends) return;
  filter.warnings.emplace_back(
      "no ordinary packet opens a connection (S) and ends it (F, R): --tcp-flags needs all of its "
      "flags in one packet");
}

nt_prefix to_config(const std::optional<Prefix>& prefix) {
  nt_prefix config{};
  if (!prefix) return config;
  const auto bits = mask(*prefix);
  std::memcpy(config.addr, prefix->address.bytes.data(), sizeof(config.addr));
  std::memcpy(config.mask, bits.data(), sizeof(config.mask));
  config.ethertype = ethertype_of(prefix->address.family);
  return config;
}

nt_device_name to_config(std::string_view device) {
  nt_device_name config{};
  std::memcpy(config.name, device.data(), device.size());
  std::memset(config.mask, 0xff, device.size() + 1);
  return config;
}

bool asks_for_metadata(const Filter& filter) {
  return filter.netns_inode || filter.device || filter.pid || filter.mark || filter.len;
}

bool asks_for_headers(const Filter& filter) {
  return filter.saddr || filter.daddr || filter.addr || filter.ethertype || filter.l4_proto ||
         filter.tcp_or_udp || filter.sport || filter.dport || filter.port || filter.tcp_flags != 0;
}

// What the kernel keeps beside a packet.
void put_metadata(const Filter& filter, nt_config& config) {
  if (asks_for_metadata(filter)) config.precheck |= NT_PRECHECK_METADATA;
  config.netns = filter.netns_inode.value_or(0);
  if (filter.device) config.device = to_config(*filter.device);
  config.has_pid = filter.pid.has_value();
  config.pid = filter.pid.value_or(0);
  if (filter.mark) {
    config.mark = filter.mark->value;
    config.mark_mask = filter.mark->mask;
  }
  config.has_len = filter.len.has_value();
  if (filter.len) {
    config.min_len = filter.len->min;
    config.max_len = filter.len->max;
  }
}

}  // namespace

Result<Filter> parse_filter(const FilterWords& words) {
  Filter filter;
  if (auto error = read_words(words, filter)) return *error;
  filter.inner = words.inner;
  if (auto error = check_tcp_flags(words, filter)) return *error;
  if (auto error = check_ports(words, filter)) return *error;
  if (auto error = check_addresses(words, filter)) return *error;
  if (!words.expression.empty()) {
    auto expression = Expression::compile(words.expression);
    if (!expression) return expression.error();
    filter.expression = std::move(*expression);
  }
  warn_of_addresses(filter);
  warn_of_tcp_flags(filter);
  return filter;
}

nt_config to_config(const Filter& filter) {
  nt_config config{};
  config.saddr = to_config(filter.saddr);
  config.daddr = to_config(filter.daddr);
  config.addr = to_config(filter.addr);
  config.ethertype = filter.ethertype.value_or(0);
  config.has_l4_proto = filter.l4_proto.has_value();
  config.l4_proto = filter.l4_proto.value_or(0);
  config.tcp_or_udp = filter.tcp_or_udp;
  config.tcp_flags = filter.tcp_flags;
  config.sport = htons(filter.sport.value_or(0));
  config.dport = htons(filter.dport.value_or(0));
  config.port = htons(filter.port.value_or(0));
  config.has_sport = filter.sport.has_value();
  config.has_dport = filter.dport.has_value();
  config.has_port = filter.port.has_value();
  config.inner = filter.inner;
  config.any_packet = !asks_for_headers(filter);
  if (filter.expression) {
    config.expression =
        filter.expression->wants_tags() ? NT_EXPRESSION_WITH_TAG : NT_EXPRESSION_WITHOUT_TAG;
  }
  put_metadata(filter, config);
  return config;
}

}  // namespace nettrace
