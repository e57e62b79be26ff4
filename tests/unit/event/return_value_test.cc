// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What return values mean. The kernel's numbers are written out: they are its interface.
#include "event/return_value.h"

#include <gtest/gtest.h>

namespace nettrace {
namespace {

using Kind = ReturnType::Kind;

constexpr uint64_t garbage = 0xdeadbeef'00000000;

TEST(ReturnValue, IsNarrowedToTheBytesThatCount) {
  constexpr uint64_t value = 0x1122334455667788;
  EXPECT_EQ(narrow({.bytes = 1}, value), 0x88u);
  EXPECT_EQ(narrow({.bytes = 2}, value), 0x7788u);
  EXPECT_EQ(narrow({.bytes = 4}, value), 0x55667788u);
  EXPECT_EQ(narrow({.bytes = 8}, value), value);
}

TEST(ReturnValue, AnyNumberOfBytesIsSafe) {
  for (int bytes = 0; bytes <= UINT8_MAX; ++bytes) {
    const ReturnType type{.kind = Kind::number, .bytes = static_cast<uint8_t>(bytes)};
    EXPECT_EQ(narrow(type, 0), 0u);
    EXPECT_EQ(meaning(type, 0), "");
  }
}

TEST(ReturnValue, AnSkbIsToldFromNullAndFromAnError) {
  const ReturnType type{.kind = Kind::skb};
  EXPECT_EQ(meaning(type, 0xffff88858f242900), "skb");
  EXPECT_EQ(meaning(type, 0), "NULL");
  EXPECT_EQ(meaning(type, static_cast<uint64_t>(-22)), "-EINVAL");  // skb_segment()
}

TEST(ReturnValue, SaysWhatBecameOfThePacket) {
  const ReturnType verdict{.kind = Kind::verdict, .bytes = 4};
  EXPECT_EQ(outcome(verdict, 0), Outcome::dropped);
  EXPECT_EQ(outcome(verdict, 1), Outcome::accepted);
  EXPECT_EQ(outcome(verdict, 2), Outcome::unknown);        // NF_STOLEN
  EXPECT_EQ(outcome(verdict, 0x10002), Outcome::dropped);  // and -EPERM: nftables
  EXPECT_EQ(outcome(verdict, garbage | 1), Outcome::accepted);
  EXPECT_EQ(outcome({.kind = Kind::receive, .bytes = 4}, 1), Outcome::dropped);
  const ReturnType error{.kind = Kind::error, .bytes = 4};
  EXPECT_EQ(outcome(error, 0xffffffff), Outcome::dropped);
  EXPECT_EQ(outcome(error, 1), Outcome::unknown);
  EXPECT_EQ(outcome({.kind = Kind::other}, 0), Outcome::unknown);
}

TEST(ReturnValue, ABooleanIsOneByte) {
  const ReturnType type{.kind = Kind::boolean, .bytes = 1};
  EXPECT_EQ(meaning(type, garbage | 0x100), "false");
  EXPECT_EQ(meaning(type, garbage | 0x101), "true");
}

TEST(ReturnValue, AVerdictIsInTheLowByte) {
  const ReturnType type{.kind = Kind::verdict, .bytes = 4};
  const char* const names[] = {"NF_DROP",  "NF_ACCEPT", "NF_STOLEN",
                               "NF_QUEUE", "NF_REPEAT", "NF_STOP"};
  for (uint64_t verdict = 0; verdict < std::size(names); ++verdict) {
    EXPECT_EQ(meaning(type, garbage | verdict), names[verdict]);
  }
  EXPECT_EQ(meaning(type, 6), "");
  EXPECT_EQ(meaning(type, 0xffffffff), "");
  EXPECT_EQ(meaning(type, 5 << 16 | 0x8000 | 3), "NF_QUEUE");  // to queue 5, which may be bypassed
}

TEST(ReturnValue, ADropMayCarryAnErrno) {
  const ReturnType type{.kind = Kind::verdict, .bytes = 4};
  EXPECT_EQ(meaning(type, 1 << 16), "NF_DROP, -EPERM");
  EXPECT_EQ(meaning(type, 111 << 16), "NF_DROP, -ECONNREFUSED");
  EXPECT_EQ(meaning(type, 0xffff0000), "NF_DROP");
  EXPECT_EQ(meaning(type, 1 << 16 | 2), "NF_STOLEN, -EPERM");
}

TEST(ReturnValue, OfAReceiverIsOneOfTwo) {
  const ReturnType type{.kind = Kind::receive, .bytes = 4};
  EXPECT_EQ(meaning(type, garbage), "NET_RX_SUCCESS");
  EXPECT_EQ(meaning(type, garbage | 1), "NET_RX_DROP");
  EXPECT_EQ(meaning(type, 2), "");
}

TEST(ReturnValue, ANegativeErrorIsAnErrno) {
  const ReturnType type{.kind = Kind::error, .bytes = 4};
  EXPECT_EQ(meaning(type, 0xfffffff4), "-ENOMEM");  // without a sign in the register
  EXPECT_EQ(meaning(type, garbage | 0xfffffff4), "-ENOMEM");
  EXPECT_EQ(meaning(type, static_cast<uint64_t>(-524)), "-ENOTSUPP");
  EXPECT_EQ(meaning({.kind = Kind::error, .bytes = 8}, static_cast<uint64_t>(-1)), "-EPERM");
  EXPECT_EQ(meaning({.kind = Kind::error, .bytes = 8}, 0xfffffff4), "");
}

// udp_queue_rcv_one_skb() returns -1 for a full buffer, udp_rcv() the negated protocol of what is
// inside.
TEST(ReturnValue, ANumberIsNoErrno) {
  const ReturnType type{.kind = Kind::number, .bytes = 4};
  for (const int64_t value : {-1, -12, -47, -4095}) {
    EXPECT_EQ(meaning(type, static_cast<uint64_t>(value)), "") << value;
    EXPECT_EQ(outcome(type, static_cast<uint64_t>(value)), Outcome::unknown) << value;
  }
}

TEST(ReturnValue, ATrafficControlActionHasItsOwnNames) {
  const ReturnType type{.kind = Kind::tc_action, .bytes = 4};
  EXPECT_EQ(meaning(type, garbage | 0xffffffff), "TC_ACT_UNSPEC");
  EXPECT_EQ(meaning(type, garbage | 2), "TC_ACT_SHOT");
  EXPECT_EQ(meaning(type, 9), "TC_ACT_CONSUMED");
  EXPECT_EQ(meaning(type, 1U << 28 | 2), "TC_ACT_JUMP");
  EXPECT_EQ(meaning(type, 2U << 28 | 7), "TC_ACT_GOTO_CHAIN");
  EXPECT_EQ(meaning(type, 10), "");
  EXPECT_EQ(meaning(type, static_cast<uint64_t>(-12)), "");
  EXPECT_EQ(outcome(type, 2), Outcome::dropped);
  EXPECT_EQ(outcome(type, 0xffffffff), Outcome::unknown);
}

TEST(ReturnValue, AnXdpActionHasItsOwnNames) {
  const ReturnType type{.kind = Kind::xdp_action, .bytes = 4};
  EXPECT_EQ(meaning(type, garbage | 1), "XDP_DROP");
  EXPECT_EQ(meaning(type, 2), "XDP_PASS");
  EXPECT_EQ(meaning(type, 5), "");
  EXPECT_EQ(outcome(type, 0), Outcome::dropped);  // XDP_ABORTED
  EXPECT_EQ(outcome(type, 2), Outcome::unknown);
}

TEST(ReturnValue, ConntrackNegatesAVerdict) {
  const ReturnType type{.kind = Kind::conntrack, .bytes = 4};
  EXPECT_EQ(meaning(type, garbage | 0xffffffff), "-NF_ACCEPT");
  EXPECT_EQ(meaning(type, static_cast<uint64_t>(-4)), "-NF_REPEAT");
  EXPECT_EQ(meaning(type, 1), "NF_ACCEPT");
  EXPECT_EQ(meaning(type, 0), "NF_DROP");
  EXPECT_EQ(meaning(type, static_cast<uint64_t>(-22)), "");
  EXPECT_EQ(outcome(type, 0xffffffff), Outcome::unknown);
}

TEST(ReturnValue, ATransmitCodeMayBeAnErrno) {
  const ReturnType type{.kind = Kind::transmit, .bytes = 4};
  EXPECT_EQ(meaning(type, garbage), "NET_XMIT_SUCCESS");
  EXPECT_EQ(meaning(type, 1), "NET_XMIT_DROP");
  EXPECT_EQ(meaning(type, 0x20001), "NET_XMIT_DROP, __NET_XMIT_BYPASS");
  EXPECT_EQ(meaning(type, 3), "");
  EXPECT_EQ(meaning(type, garbage | 0xffffff9b), "-ENETUNREACH");
  EXPECT_EQ(outcome(type, 0xffffff9b), Outcome::dropped);
  EXPECT_EQ(outcome(type, 0x20001), Outcome::dropped);
  EXPECT_EQ(outcome(type, 0x10000), Outcome::unknown);
}

TEST(ReturnValue, OtherNumbersSayItThemselves) {
  const ReturnType type{.kind = Kind::error, .bytes = 4};
  for (const int64_t value : {0, 1, 12, INT32_MAX, INT32_MIN, -4095, -4096, -1000}) {
    EXPECT_EQ(meaning(type, static_cast<uint64_t>(value)), "") << value;
  }
  for (const Kind kind : {Kind::unknown, Kind::nothing, Kind::other}) {
    EXPECT_EQ(meaning({.kind = kind}, static_cast<uint64_t>(-12)), "");
  }
}

TEST(ReturnValue, AnEnumeratorIsNamed) {
  const ReturnType type{.kind = Kind::enumeration,
                        .bytes = 4,
                        .names = {{0, "RX_HANDLER_CONSUMED"}, {3, "RX_HANDLER_PASS"}, {-1, "BAD"}}};
  EXPECT_EQ(meaning(type, garbage), "RX_HANDLER_CONSUMED");
  EXPECT_EQ(meaning(type, garbage | 3), "RX_HANDLER_PASS");
  EXPECT_EQ(meaning(type, 0xffffffff), "BAD");
  EXPECT_EQ(meaning(type, 2), "");
}

TEST(ReturnValue, AnUnsignedEnumeratorIsFoundToo) {
  const ReturnType type{.kind = Kind::enumeration, .bytes = 4, .names = {{0xffffffff, "LAST"}}};
  EXPECT_EQ(meaning(type, 0xffffffff), "LAST");
}

TEST(ReturnValue, AForeignNameCannotReachTheTerminal) {
  const ReturnType type{.kind = Kind::enumeration, .bytes = 4, .names = {{0, "A\033[31m\n"}}};
  EXPECT_EQ(meaning(type, 0), "A?[31m?");
}

TEST(ReturnValue, IsAppended) {
  std::string out = "before ";
  append_meaning({.kind = Kind::boolean, .bytes = 1}, 1, out);
  EXPECT_EQ(out, "before true");
}

}  // namespace
}  // namespace nettrace
