// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What a function's return value is, as the kernel's BTF says, and what a value of it means.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace nettrace {

struct ReturnType {
  enum class Kind {
    unknown,      // BTF does not describe the function
    nothing,      // void
    skb,          // struct sk_buff *
    boolean,      // bool
    verdict,      // of a netfilter hook: NF_DROP, NF_ACCEPT, …
    receive,      // of a packet_type's handler: NET_RX_SUCCESS, NET_RX_DROP
    number,       // signed, and no more is known of it
    other,        // unsigned, or another pointer
    enumeration,  // see `names`
    error,        // signed: a negative one is an errno
    transmit,     // NET_XMIT_*, or a negative errno
    tc_action,    // TC_ACT_*
    xdp_action,   // XDP_*
    conntrack,    // NF_*, negated where the packet is no part of its connection
  };
  using Names = std::vector<std::pair<int64_t, std::string>>;

  Kind kind = Kind::unknown;
  uint8_t bytes = 8;  // of the register that count
  Names names = {};   // of an enumeration, in BTF's order

  bool operator==(const ReturnType&) const = default;
};

// The bytes of the register that count, without what is above them.
uint64_t narrow(const ReturnType& type, uint64_t value);

// The same, of a signed type.
int64_t sign_extend(const ReturnType& type, uint64_t value);

// "NF_DROP", "-ENOMEM", "true", "skb"; empty: the number says it all. Printable.
std::string meaning(const ReturnType& type, uint64_t value);
// The same, for a string that has grown already.
void append_meaning(const ReturnType& type, uint64_t value, std::string& out);

// What became of the packet, as far as the value says.
enum class Outcome { unknown, accepted, dropped };
Outcome outcome(const ReturnType& type, uint64_t value);

}  // namespace nettrace
