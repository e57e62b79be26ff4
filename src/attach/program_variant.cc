// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "attach/program_variant.h"

#include "nettrace/config.h"

namespace nettrace {

Copy Copy::with_cookie(uint64_t value) const {
  Copy own = *this;
  own.variant |= NT_VARIANT_COOKIE;
  own.cookie = value;
  return own;
}

Copy entry_copy(const Attachment& attachment) {
  Copy copy;
  const bool is_tracepoint = attachment.kind == Attachment::Kind::tracepoint;
  if (!attachment.is_hook) {
    copy.program = is_tracepoint ? "tracepoint" : "function";
  } else if (is_tracepoint) {
    copy.program = "consumed";
  } else {
    copy.program = attachment.returns ? "merge" : "hook";
  }
  copy.variant = attachment.skb_index;
  if (attachment.skb_is_pointer_to_pointer) copy.variant |= NT_VARIANT_POINTER;
  if (attachment.ends) copy.variant |= NT_VARIANT_END;
  return copy;
}

Copy shared_entry_variant(const Attachment& attachment) {
  Copy copy = entry_copy(attachment);
  const bool is_usual =
      attachment.kind == Attachment::Kind::function && copy.variant == 0 && !attachment.flow_index;
  if (!attachment.is_hook && !is_usual) copy.variant = NT_VARIANT_ANY;
  return copy;
}

Copy return_copy(const Attachment& attachment) {
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

Copy own_variant(const Attachment& attachment, bool at_return) {
  const Copy copy = at_return ? return_copy(attachment) : entry_copy(attachment);
  return copy.with_cookie(cookie_of(attachment));
}

}  // namespace nettrace
