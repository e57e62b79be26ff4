// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "attach/program_variant.h"

#include <string_view>

#include "nettrace/config.h"

namespace nettrace {
namespace {

// Of nettrace.bpf.c, and of bpf/track/hooks.h.
std::string_view entry_program(const Attachment& attachment) {
  switch (attachment.target.kind) {
    case Target::Kind::kernel_function:
    case Target::Kind::module_function:
      if (!attachment.is_hook) return "function";
      return attachment.returns ? "merge" : "hook";
    case Target::Kind::tracepoint:
      return attachment.is_hook ? "consumed" : "tracepoint";
  }
  return {};  // not reached
}

}  // namespace

ProgramVariant ProgramVariant::with_cookie(uint64_t value) const {
  ProgramVariant own = *this;
  own.flags |= NT_VARIANT_COOKIE;
  own.cookie = value;
  return own;
}

ProgramVariant entry_variant(const Attachment& attachment) {
  ProgramVariant variant{.program = std::string(entry_program(attachment))};
  variant.flags = attachment.skb_index;
  if (attachment.skb_is_pointer_to_pointer) variant.flags |= NT_VARIANT_POINTER;
  if (attachment.ends) variant.flags |= NT_VARIANT_END;
  return variant;
}

ProgramVariant shared_entry_variant(const Attachment& attachment) {
  ProgramVariant variant = entry_variant(attachment);
  const bool is_usual =
      is_function(attachment.target) && variant.flags == 0 && !attachment.flow_index;
  if (!attachment.is_hook && !is_usual) variant.flags = NT_VARIANT_ANY;
  return variant;
}

ProgramVariant return_variant(const Attachment& attachment) {
  return {.program = attachment.is_hook ? "merge_returned" : "returned"};
}

uint64_t cookie_of(const Attachment& attachment) {
  const uint64_t sock = attachment.sock_index ? *attachment.sock_index + 1 : 0;
  uint64_t cookie = NT_COOKIE(attachment.leaf, sock, attachment.skb_index) |
                    NT_COOKIE_IS_ABOUT(attachment.subject);
  if (attachment.returns) cookie |= NT_COOKIE_RETURNS;
  if (attachment.at_return) cookie |= NT_COOKIE_AT_RETURN;
  if (attachment.stack) cookie |= NT_COOKIE_STACK;
  if (attachment.skb_is_pointer_to_pointer) cookie |= NT_COOKIE_POINTER;
  if (attachment.ends) cookie |= NT_COOKIE_END;
  if (attachment.flow_index) cookie |= NT_COOKIE_FLOW_AT(*attachment.flow_index + 1);
  return cookie;
}

ProgramVariant own_variant(const Attachment& attachment, bool at_return) {
  const ProgramVariant variant = at_return ? return_variant(attachment) : entry_variant(attachment);
  return variant.with_cookie(cookie_of(attachment));
}

}  // namespace nettrace
