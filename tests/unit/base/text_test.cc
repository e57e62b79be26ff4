// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Splitting, near names and foreign text.
#include "base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nettrace {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> near(std::string_view word, std::vector<std::string_view> candidates) {
  return nearest(word, candidates);
}

std::string printable(std::string_view foreign) {
  std::string out;
  append_printable(foreign, out);
  return out;
}

TEST(Split, KeepsEmptyPieces) {
  EXPECT_THAT(split("ip,icmp", ','), ElementsAre("ip", "icmp"));
  EXPECT_THAT(split(",a,,", ','), ElementsAre("", "a", "", ""));
  EXPECT_THAT(split("", ','), ElementsAre(""));
}

TEST(LowerCase, ChangesAsciiLettersOnly) {
  EXPECT_EQ(lower_case("ICMPv6 \u00c4_9"), "icmpv6 \u00c4_9");
}

TEST(AppendNumber, WritesEveryLength) {
  for (const uint64_t number : {0ULL, 9ULL, 10ULL, 99ULL, 100ULL, 999ULL, 1000ULL, 9999ULL,
                                10000ULL, 65535ULL, 123456789ULL, 18446744073709551615ULL}) {
    std::string out = "x";
    append_number(number, out);
    EXPECT_EQ(out, "x" + std::to_string(number));
  }
}

TEST(AppendNumber, FillsWithZerosAndCutsNothing) {
  std::string out;
  append_number(7, 3, out);
  append_number(1234, 3, out);
  append_number(0, 0, out);
  EXPECT_EQ(out, "00712340");
}

TEST(AppendHex, WritesEveryLength) {
  std::string out;
  for (const uint64_t number : {uint64_t{0}, uint64_t{0xf}, uint64_t{0x10}, uint64_t{0xabcdef},
                                uint64_t{0xffff8887b6260800}}) {
    append_hex(number, out);
    out += ' ';
  }
  EXPECT_EQ(out, "0 f 10 abcdef ffff8887b6260800 ");
}

TEST(Nearest, FindsTypingErrors) {
  EXPECT_THAT(near("ip_rvc", {"ip_rcv", "tcp_ack"}), ElementsAre("ip_rcv"));
  EXPECT_THAT(near("ip_rc", {"tcp_ack", "ip_rcv"}), ElementsAre("ip_rcv"));
  EXPECT_THAT(near("ipp_rcv", {"tcp_ack", "ip_rcv"}), ElementsAre("ip_rcv"));
  EXPECT_THAT(near("IP_RCX", {"tcp_ack", "ip_rcv"}), ElementsAre("ip_rcv"));
}

TEST(Nearest, PutsFewerErrorsFirst) {
  EXPECT_THAT(near("tcp_v4_rvc", {"tcp_v6_rcv", "tcp_v4_rcv"}),
              ElementsAre("tcp_v4_rcv", "tcp_v6_rcv"));
}

TEST(Nearest, PrefersWhatStartsLikeTheWord) {
  EXPECT_THAT(near("ip_rcx", {"op_rcx", "ip_rcv"}), ElementsAre("ip_rcv", "op_rcx"));
}

TEST(Nearest, KeepsTheOrderOfTheTableInTies) {
  EXPECT_THAT(near("link-xn", {"link-in", "link-on"}), ElementsAre("link-in", "link-on"));
  EXPECT_THAT(near("link-xn", {"link-on", "link-in"}), ElementsAre("link-on", "link-in"));
}

TEST(Nearest, FindsPartsOfNamesAfterTypingErrors) {
  EXPECT_THAT(near("ip_rcv", {"my_ip_rcv_thing", "ip_rcv_core_of_all", "ip_rcw"}),
              ElementsAre("ip_rcw", "ip_rcv_core_of_all", "my_ip_rcv_thing"));
  EXPECT_THAT(near("kfree_skb_reason_x", {"kfree_skb", "tcp_ack"}), ElementsAre("kfree_skb"));
}

TEST(Nearest, NamesAtMostThree) {
  EXPECT_THAT(near("abcdef", {"abcdex", "abcdey", "abcdez", "abcdew"}),
              ElementsAre("abcdex", "abcdey", "abcdez"));
}

TEST(Nearest, IsSilentAboutStrangers) {
  EXPECT_THAT(near("banana", {"ip_rcv", "tcp_ack", ""}), IsEmpty());
  EXPECT_THAT(near("x", {"y", "z"}), IsEmpty());
  EXPECT_THAT(near("ab", {"cdab_long"}), IsEmpty());
  EXPECT_THAT(near("", {"ip"}), IsEmpty());
  EXPECT_THAT(near("ip", {}), IsEmpty());
}

TEST(Nearest, SurvivesHugeNames) {
  const std::string huge(1000000, 'a');
  EXPECT_THAT(near(huge, {"aaaa", huge}), IsEmpty());
  EXPECT_THAT(near("aaaa", {huge, "aaab"}), ElementsAre("aaab"));
  const std::string longest(128, 'a');
  EXPECT_THAT(near(longest, {longest}), ElementsAre(longest));
}

TEST(DidYouMean, IsAQuestion) {
  using Names = std::vector<std::string_view>;
  EXPECT_EQ(did_you_mean("ip_rvc", Names{"ip_rcv"}), "did you mean ip_rcv?");
  EXPECT_EQ(did_you_mean("abcd", Names{"abcx", "abcy"}), "did you mean abcx or abcy?");
  EXPECT_EQ(did_you_mean("abcd", Names{"abcx", "abcy", "abcz"}),
            "did you mean abcx, abcy or abcz?");
  EXPECT_EQ(did_you_mean("banana", Names{"ip_rcv"}), "");
}

TEST(Printable, KeepsTextInAnyLanguage) {
  EXPECT_EQ(printable("swapper/3"), "swapper/3");
  EXPECT_EQ(printable("\u00e9t\u00e9 \u7f51 \U0001f427"), "\u00e9t\u00e9 \u7f51 \U0001f427");
}

TEST(Printable, ReplacesControlCharacters) {
  EXPECT_EQ(printable("a\x1b[31mb\n\t\x7f"), "a?[31mb???");
  EXPECT_EQ(printable("\u0080\u009f\u00a0"), "??\u00a0");
  EXPECT_EQ(printable(std::string_view("a\0b", 3)), "a?b");
}

TEST(Printable, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(printable("\xff"
                      "a"),
            "?a");
  EXPECT_EQ(printable("\xc3"), "?");                 // cut short
  EXPECT_EQ(printable("\xc3("), "?(");               // no continuation
  EXPECT_EQ(printable("\xc0\xaf"), "??");            // overlong
  EXPECT_EQ(printable("\xe0\x80\xaf"), "???");       // overlong
  EXPECT_EQ(printable("\xf0\x80\x80\xaf"), "????");  // overlong
  EXPECT_EQ(printable("\xed\xa0\x80"), "???");       // surrogate
  EXPECT_EQ(printable("\xf4\x90\x80\x80"), "????");  // beyond U+10FFFF
  EXPECT_EQ(printable("\xf5\x80\x80\x80"), "????");
  EXPECT_EQ(printable("\x80"), "?");
}

TEST(Printable, Appends) {
  std::string out = "pid:1,";
  append_printable("init", out);
  EXPECT_EQ(out, "pid:1,init");
}

TEST(InQuotes, CutsWhatDoesNotFitALine) {
  EXPECT_EQ(in_quotes("a\nb"), "'a?b'");
  const std::string text = in_quotes(std::string(100000, 'x'));
  EXPECT_LT(text.size(), 100u);
  EXPECT_TRUE(text.ends_with("x...'"));
}

}  // namespace
}  // namespace nettrace
