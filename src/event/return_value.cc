// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Values in the kernel's words: include/linux/netfilter.h, linux/netdevice.h, linux/errno.h,
// uapi/linux/pkt_cls.h, uapi/linux/bpf.h.
#include "event/return_value.h"

#include <linux/bpf.h>
#include <linux/netfilter.h>
#include <linux/pkt_cls.h>

#include <array>
#include <cstring>
#include <span>
#include <string_view>

#include "base/append_format.h"
#include "base/foreign_text.h"
#include "base/kernel_errno.h"
#include "base/number_text.h"

namespace nettrace {
namespace {

constexpr int64_t max_errno = 4095;  // MAX_ERRNO
constexpr unsigned verdict_data_shift = 16;

bool is_error(int64_t value) { return value < 0 && value >= -max_errno; }

// "ENOMEM"; null where there is none.
const char* errno_name(int64_t error) {
  if (error <= 0 || error > max_errno) return nullptr;
  return error == errno_notsupp ? "ENOTSUPP" : strerrorname_np(static_cast<int>(error));
}

void append_errno(int64_t value, std::string& out) {
  if (!is_error(value)) return;
  if (const char* name = errno_name(-value)) append_format(out, "-{}", name);
}

// A function that gives an skb may give an ERR_PTR() instead.
void append_skb(int64_t value, std::string& out) {
  if (value == 0) {
    out += "NULL";
  } else if (is_error(value)) {
    append_errno(value, out);
  } else {
    out += "skb";
  }
}

std::string_view verdict_name(uint64_t verdict) {
  switch (verdict) {
    case NF_DROP:
      return "NF_DROP";
    case NF_ACCEPT:
      return "NF_ACCEPT";
    case NF_STOLEN:
      return "NF_STOLEN";
    case NF_QUEUE:
      return "NF_QUEUE";
    case NF_REPEAT:
      return "NF_REPEAT";
    case NF_STOP:
      return "NF_STOP";
    default:
      return {};
  }
}

// Above the verdict is what goes with it: the errno for the sender of a packet that is dropped, or
// that was dropped at once, with a reason of its own, and is no more (NF_DROP_REASON, since 6.8).
void append_verdict(uint64_t value, std::string& out) {
  const uint64_t verdict = value & NF_VERDICT_MASK;
  out += verdict_name(verdict);
  if (verdict != NF_DROP && verdict != NF_STOLEN) return;
  if (const char* name = errno_name(static_cast<uint16_t>(value >> verdict_data_shift))) {
    append_format(out, ", -{}", name);
  }
}

void append_receive(uint64_t value, std::string& out) {
  if (value == 0) out += "NET_RX_SUCCESS";
  if (value == 1) out += "NET_RX_DROP";
}

void append_one_of(std::span<const std::string_view> names, int64_t value, std::string& out) {
  if (value >= 0 && static_cast<size_t>(value) < names.size()) {
    out += names[static_cast<size_t>(value)];
  }
}

// A qdisc may say beside the code what became of the packet (__NET_XMIT_*, net/sch_generic.h).
constexpr int64_t transmit_stolen = 0x10000;
constexpr int64_t transmit_bypass = 0x20000;

int64_t transmit_code(int64_t value) { return value & ~(transmit_stolen | transmit_bypass); }

void append_transmit(int64_t value, std::string& out) {
  constexpr std::array<std::string_view, 3> names = {"NET_XMIT_SUCCESS", "NET_XMIT_DROP",
                                                     "NET_XMIT_CN"};
  if (value < 0) return append_errno(value, out);
  const int64_t code = transmit_code(value);
  append_one_of(names, code, out);
  if (code >= static_cast<int64_t>(names.size())) return;
  if (value & transmit_stolen) out += ", __NET_XMIT_STOLEN";
  if (value & transmit_bypass) out += ", __NET_XMIT_BYPASS";
}

// TC_ACT_CONSUMED is the kernel's own (include/net/pkt_cls.h). The two that carry an index have it
// below (TC_ACT_EXT_CMP).
void append_tc_action(int64_t value, std::string& out) {
  constexpr int64_t tc_index_mask = TC_ACT_EXT_VAL_MASK;
  constexpr std::array<std::string_view, 10> names = {
      "TC_ACT_OK",     "TC_ACT_RECLASSIFY", "TC_ACT_SHOT",     "TC_ACT_PIPE", "TC_ACT_STOLEN",
      "TC_ACT_QUEUED", "TC_ACT_REPEAT",     "TC_ACT_REDIRECT", "TC_ACT_TRAP", "TC_ACT_CONSUMED"};
  if (value == TC_ACT_UNSPEC) out += "TC_ACT_UNSPEC";
  if ((value & ~tc_index_mask) == TC_ACT_JUMP) out += "TC_ACT_JUMP";
  if ((value & ~tc_index_mask) == TC_ACT_GOTO_CHAIN) out += "TC_ACT_GOTO_CHAIN";
  append_one_of(names, value, out);
}

void append_xdp_action(int64_t value, std::string& out) {
  constexpr std::array<std::string_view, 5> names = {"XDP_ABORTED", "XDP_DROP", "XDP_PASS",
                                                     "XDP_TX", "XDP_REDIRECT"};
  append_one_of(names, value, out);
}

// -NF_ACCEPT: an invalid packet passes untracked; -NF_REPEAT: look the connection up anew
// (resolve_normal_ct() and its callers in nf_conntrack_core.c).
void append_conntrack(int64_t value, std::string& out) {
  const std::string_view name = verdict_name(static_cast<uint64_t>(value < 0 ? -value : value));
  if (!name.empty() && value < 0) out += '-';
  out += name;
}

// BTF tells the values as signed or as unsigned; at the type's width, they are the same.
void append_enumerator(const ReturnType& type, uint64_t value, std::string& out) {
  for (const auto& [number, name] : type.names) {
    if (narrow(type, static_cast<uint64_t>(number)) != narrow(type, value)) continue;
    append_printable(name, out);
    return;
  }
}

// An nftables rule that drops frees the packet itself, and says so by NF_STOLEN with an errno.
Outcome verdict_outcome(uint64_t value) {
  switch (value & NF_VERDICT_MASK) {
    case NF_ACCEPT:
    case NF_STOP:
      return Outcome::accepted;
    case NF_DROP:
      return Outcome::dropped;
    case NF_STOLEN:
      return value >> verdict_data_shift != 0 ? Outcome::dropped : Outcome::unknown;
    default:
      return Outcome::unknown;
  }
}

// NET_XMIT_CN may be another packet's drop.
Outcome transmit_outcome(int64_t value) {
  constexpr int64_t drop = 1;  // NET_XMIT_DROP
  return is_error(value) || transmit_code(value) == drop ? Outcome::dropped : Outcome::unknown;
}

}  // namespace

int64_t sign_extend(const ReturnType& type, uint64_t value) {
  const uint64_t narrowed = narrow(type, value);
  if (type.bytes == 0 || type.bytes >= sizeof(value)) return static_cast<int64_t>(narrowed);
  const uint64_t sign = uint64_t{1} << (type.bytes * 8 - 1);
  return static_cast<int64_t>((narrowed ^ sign) - sign);
}

uint64_t narrow(const ReturnType& type, uint64_t value) {
  if (type.bytes >= sizeof(value)) return value;
  return value & ((uint64_t{1} << (type.bytes * 8)) - 1);
}

void append_meaning(const ReturnType& type, uint64_t value, std::string& out) {
  switch (type.kind) {
    case ReturnType::Kind::skb:
      return append_skb(sign_extend(type, value), out);
    case ReturnType::Kind::boolean:
      out += narrow(type, value) != 0 ? "true" : "false";
      return;
    case ReturnType::Kind::verdict:
      return append_verdict(narrow(type, value), out);
    case ReturnType::Kind::receive:
      return append_receive(narrow(type, value), out);
    case ReturnType::Kind::error:
      return append_errno(sign_extend(type, value), out);
    case ReturnType::Kind::transmit:
      return append_transmit(sign_extend(type, value), out);
    case ReturnType::Kind::tc_action:
      return append_tc_action(sign_extend(type, value), out);
    case ReturnType::Kind::xdp_action:
      return append_xdp_action(sign_extend(type, value), out);
    case ReturnType::Kind::conntrack:
      return append_conntrack(sign_extend(type, value), out);
    case ReturnType::Kind::enumeration:
      return append_enumerator(type, value, out);
    case ReturnType::Kind::unknown:
    case ReturnType::Kind::nothing:
    case ReturnType::Kind::number:
    case ReturnType::Kind::other:
      return;
  }
}

std::string meaning(const ReturnType& type, uint64_t value) {
  std::string text;
  append_meaning(type, value, text);
  return text;
}

Outcome outcome(const ReturnType& type, uint64_t value) {
  switch (type.kind) {
    case ReturnType::Kind::verdict:
      return verdict_outcome(narrow(type, value));
    case ReturnType::Kind::receive:
      return narrow(type, value) == 0 ? Outcome::accepted : Outcome::dropped;
    case ReturnType::Kind::skb:
    case ReturnType::Kind::error:
      return is_error(sign_extend(type, value)) ? Outcome::dropped : Outcome::unknown;
    case ReturnType::Kind::transmit:
      return transmit_outcome(sign_extend(type, value));
    case ReturnType::Kind::tc_action:
      return narrow(type, value) == TC_ACT_SHOT ? Outcome::dropped : Outcome::unknown;
    case ReturnType::Kind::xdp_action:
      return narrow(type, value) <= XDP_DROP ? Outcome::dropped : Outcome::unknown;
    case ReturnType::Kind::conntrack:
      return narrow(type, value) == NF_DROP ? Outcome::dropped : Outcome::unknown;
    default:
      return Outcome::unknown;
  }
}

}  // namespace nettrace
