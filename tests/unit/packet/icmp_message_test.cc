// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Messages by a table of names of the test's own.
#include "packet/icmp_message.h"

#include <gtest/gtest.h>

#include "packet/protocols.h"
#include "support/record_builder.h"

namespace nettrace {
namespace {

constexpr std::string_view codes[] = {"first", "second"};
constexpr IcmpType types[] = {
    {1, false, "coded", codes},
    {2, true, "echo"},
    {3, false, "bare"},
};

Packet parse(const test::Buffer& header) {
  Packet packet;
  parse_icmp_message(types, header, packet);
  return packet;
}

std::string text(const test::Buffer& header) {
  char text[max_protocol_text];
  return {text, put_icmp_message(types, parse(header), text)};
}

TEST(IcmpMessage, NamesTheCode) {
  EXPECT_EQ(text(test::icmp(1, 0)), ", coded, first");
  EXPECT_EQ(text(test::icmp(1, 1)), ", coded, second");
}

TEST(IcmpMessage, ACodeWithoutANameIsANumber) {
  EXPECT_EQ(text(test::icmp(1, 2)), ", coded, code 2");
  EXPECT_EQ(text(test::icmp(3, 9)), ", bare, code 9");
}

TEST(IcmpMessage, ATypeWithoutCodesStandsAlone) { EXPECT_EQ(text(test::icmp(3, 0)), ", bare"); }

TEST(IcmpMessage, ATypeWithoutANameIsANumber) {
  EXPECT_EQ(text(test::icmp(200, 5)), ", type 200, code 5");
}

TEST(IcmpMessage, EchoesHaveASequenceNumber) {
  EXPECT_EQ(text(test::icmp(2, 0, 7, 65535)), ", echo           , seq: 65535");
  EXPECT_EQ(parse(test::icmp(2, 0, 7, 9)).icmp->id, 7);
  EXPECT_FALSE(parse(test::icmp(3, 0, 7, 9)).icmp->seq);
}

TEST(IcmpMessage, ACutMessageSaysWhatIsThere) {
  EXPECT_EQ(text(test::cut(test::icmp(2, 0, 7, 9), 7)), ", echo");
  EXPECT_EQ(text(test::cut(test::icmp(1, 1), 2)), ", coded, second");
  EXPECT_EQ(text(test::cut(test::icmp(1, 1), 1)), "");
}

}  // namespace
}  // namespace nettrace
