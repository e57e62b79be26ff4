// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Which packets the user asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "filter/expression.h"
#include "nettrace/config.h"
#include "packet/address.h"

namespace nettrace {

// The words of the command line, not looked at yet.
struct FilterWords {
  std::optional<std::string> saddr = {}, daddr = {}, addr = {}, proto = {};
  std::optional<std::string> sport = {}, dport = {}, port = {}, tcp_flags = {};
  std::optional<std::string> netns = {}, device = {}, pid = {}, mark = {}, len = {};
  std::vector<std::string> expression = {};
  bool inner = false;
};

// The kernel has no greater ones (PID_MAX_LIMIT), and no smaller inodes of namespaces.
inline constexpr uint32_t max_pid = 1 << 22;

// (skb->mark & mask) == value
struct Mark {
  uint32_t value, mask;
};

struct LengthRange {
  uint32_t min, max;  // bytes
};

// All that is set must match.
struct Filter {
  std::optional<Prefix> saddr, daddr, addr;
  std::optional<uint16_t> ethertype;           // host order
  std::optional<uint8_t> l4_proto;             // IPPROTO_*
  bool tcp_or_udp = false;                     // a port was given without a protocol
  std::optional<uint16_t> sport, dport, port;  // host order
  uint8_t tcp_flags = 0;                       // bits of TCP's byte 13; 0: any
  std::optional<std::string> netns;            // as it was given
  std::optional<uint32_t> netns_inode;         // what it means, where that is known
  std::optional<std::string> device;           // shorter than NT_NAME_BYTES
  std::optional<uint32_t> pid;
  std::optional<Mark> mark;
  std::optional<LengthRange> len;
  std::optional<Expression> expression;
  bool inner = false;                 // of a tunnel, the packet inside must match
  std::vector<std::string> warnings;  // what can hardly match, each a line
};

// Reads and checks the words: what provably matches nothing is an error, what hardly can is a
// warning.
Result<Filter> parse_filter(const FilterWords& words);

// The same filter as the kernel side wants it.
nt_config to_config(const Filter& filter);

}  // namespace nettrace
