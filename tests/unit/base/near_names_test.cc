// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "base/near_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nettrace {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> near(std::string_view word, std::vector<std::string_view> candidates) {
  return nearest(word, candidates);
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

}  // namespace
}  // namespace nettrace
