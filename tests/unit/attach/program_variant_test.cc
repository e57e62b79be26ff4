// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Which variant of which program serves an attachment.
#include "attach/program_variant.h"

#include <gtest/gtest.h>

#include "nettrace/config.h"

namespace nettrace {
namespace {

Attachment function_at(uint8_t skb_index) {
  return {.target = {.name = "ip_rcv"}, .leaf = 7, .skb_index = skb_index};
}

TEST(ProgramCopy, AFunctionsShapeSaysWhereTheSkbIs) {
  const ProgramVariant variant = entry_variant(function_at(2));
  EXPECT_EQ(variant.program, "function");
  EXPECT_EQ(NT_VARIANT_SKB(variant.flags), 2u);
  EXPECT_EQ(variant.flags & NT_VARIANT_COOKIE, 0u);
}

TEST(ProgramCopy, APointerToThePointerAndAnEndArePartsOfTheShape) {
  Attachment attachment = function_at(0);
  attachment.skb_is_pointer_to_pointer = attachment.ends = true;
  EXPECT_EQ(entry_variant(attachment).flags, NT_VARIANT_POINTER | NT_VARIANT_END);
}

TEST(ProgramCopy, FunctionsOfOneShapeShareACopy) {
  Attachment other = function_at(0);
  other.leaf = 8;
  other.target.name = "ip_local_deliver";
  EXPECT_EQ(entry_variant(function_at(0)), entry_variant(other));
  EXPECT_NE(cookie_of(function_at(0)), cookie_of(other));
  EXPECT_NE(entry_variant(function_at(0)).with_cookie(7), entry_variant(other).with_cookie(8));
}

TEST(ProgramCopy, WithCookiesTheRarerShapesShareACopyThatReadsThem) {
  EXPECT_EQ(shared_entry_variant(function_at(0)), entry_variant(function_at(0)));
  Attachment pointer = function_at(0);
  pointer.skb_is_pointer_to_pointer = pointer.ends = true;
  EXPECT_EQ(shared_entry_variant(pointer).flags, NT_VARIANT_ANY);
  EXPECT_EQ(shared_entry_variant(pointer), shared_entry_variant(function_at(3)));
  EXPECT_EQ(NT_COOKIE_SKB(cookie_of(function_at(3))), 3u);
  EXPECT_EQ(cookie_of(pointer) & (NT_COOKIE_POINTER | NT_COOKIE_END),
            NT_COOKIE_POINTER | NT_COOKIE_END);
  const Attachment tracepoint{.target = {.kind = Target::Kind::tracepoint}};
  EXPECT_EQ(shared_entry_variant(tracepoint).flags, NT_VARIANT_ANY);
  Attachment planned = function_at(0);
  planned.flow_index = 1;
  EXPECT_EQ(shared_entry_variant(planned).flags, NT_VARIANT_ANY);
  EXPECT_EQ(NT_COOKIE_FLOW(cookie_of(planned)), 2u);
  EXPECT_EQ(NT_COOKIE_FLOW(cookie_of(function_at(0))), 0u);
  const Attachment hook{.skb_index = 1, .is_hook = true};
  EXPECT_EQ(shared_entry_variant(hook), entry_variant(hook));
}

TEST(ProgramCopy, ACookieOfItsOwnIsPatchedIn) {
  const ProgramVariant variant = entry_variant(function_at(1)).with_cookie(9);
  EXPECT_EQ(variant.cookie, 9u);
  EXPECT_NE(variant.flags & NT_VARIANT_COOKIE, 0u);
  EXPECT_EQ(NT_VARIANT_SKB(variant.flags), 1u);
}

TEST(ProgramCopy, AnAttachmentsOwnCopyKnowsItsCookie) {
  Attachment attachment = function_at(1);
  attachment.returns = true;
  EXPECT_EQ(own_variant(attachment, false),
            entry_variant(attachment).with_cookie(cookie_of(attachment)));
  EXPECT_EQ(own_variant(attachment, true),
            return_variant(attachment).with_cookie(cookie_of(attachment)));
}

TEST(ProgramCopy, HooksAndTracepointsHaveTheirPrograms) {
  EXPECT_EQ(entry_variant({.is_hook = true}).program, "hook");
  EXPECT_EQ(entry_variant({.returns = true, .is_hook = true}).program, "merge");
  EXPECT_EQ(return_variant({.returns = true, .is_hook = true}).program, "merge_returned");
  EXPECT_EQ(return_variant({.returns = true}).program, "returned");
  EXPECT_EQ(entry_variant({.target = {.kind = Target::Kind::tracepoint}}).program, "tracepoint");
  EXPECT_EQ(entry_variant({.target = {.kind = Target::Kind::tracepoint}, .is_hook = true}).program,
            "consumed");
}

TEST(ProgramCopy, TheCookieTellsTheLeafTheSocketAndWhatElseIsWanted) {
  Attachment attachment = function_at(0);
  attachment.sock_index = 1;
  attachment.returns = attachment.stack = true;
  const uint64_t cookie = cookie_of(attachment);
  EXPECT_EQ(NT_COOKIE_LEAF(cookie), 7u);
  EXPECT_EQ(NT_COOKIE_SOCK(cookie), 2u);
  EXPECT_EQ(cookie & (NT_COOKIE_RETURNS | NT_COOKIE_AT_RETURN | NT_COOKIE_STACK),
            NT_COOKIE_RETURNS | NT_COOKIE_STACK);
}

}  // namespace
}  // namespace nettrace
