// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "tracer/pattern.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace nettrace {
namespace {

using ::testing::HasSubstr;

bool matches(std::string_view regex, std::string_view symbol) {
  const auto pattern = Pattern::compile(regex);
  if (!pattern) {
    ADD_FAILURE() << pattern.error().what;
    return false;
  }
  return pattern->matches(symbol);
}

std::string refusal(std::string_view regex) {
  const auto pattern = Pattern::compile(regex);
  return pattern ? "" : pattern.error().what;
}

TEST(Pattern, IsAnchoredAtTheStartWithItsEndOpen) {
  EXPECT_TRUE(matches("ip_rcv", "ip_rcv"));
  EXPECT_TRUE(matches("ip_rcv", "ip_rcv_core"));
  EXPECT_FALSE(matches("ip_rcv", "__ip_rcv"));
  EXPECT_FALSE(matches("ip_rcv", "ip_rc"));
}

TEST(Pattern, ReadsTheOriginalToolsRegexes) {
  EXPECT_TRUE(matches(R"(ip_rcv_core\.*)", "ip_rcv_core"));
  EXPECT_TRUE(matches(R"(ip_rcv_core\.*)", "ip_rcv_core.constprop.0"));
  EXPECT_FALSE(matches(R"(do_xdp_generic\..*)", "do_xdp_generic"));
  EXPECT_TRUE(matches(R"(do_xdp_generic\..*)", "do_xdp_generic.cold"));
}

TEST(Pattern, CaretAtTheStartChangesNothingAndDollarClosesTheEnd) {
  EXPECT_TRUE(matches("^ip_rcv", "ip_rcv_core"));
  EXPECT_TRUE(matches("ip_rcv$", "ip_rcv"));
  EXPECT_FALSE(matches("ip_rcv$", "ip_rcv_core"));
  EXPECT_TRUE(matches("ip_rcv(_core$|_list)", "ip_rcv_list_finish"));
  EXPECT_FALSE(matches("ip_rcv(_core$|_list)", "ip_rcv_core_x"));
}

TEST(Pattern, Alternatives) {
  EXPECT_TRUE(matches("ip_rcv|ip6_rcv", "ip6_rcv"));
  EXPECT_TRUE(matches("(ip|ip6)_rcv$", "ip6_rcv"));
  EXPECT_TRUE(matches("ip(6|)_rcv$", "ip_rcv"));
  EXPECT_FALSE(matches("(ip|ip6)_rcv$", "ip4_rcv"));
}

TEST(Pattern, Repetitions) {
  EXPECT_TRUE(matches("ab*c", "ac"));
  EXPECT_TRUE(matches("ab*c", "abbbc"));
  EXPECT_FALSE(matches("ab+c", "ac"));
  EXPECT_TRUE(matches("ab+c", "abbc"));
  EXPECT_TRUE(matches("ab?c", "ac"));
  EXPECT_FALSE(matches("ab?c", "abbc"));
  EXPECT_TRUE(matches("(ab)+$", "ababab"));
  EXPECT_FALSE(matches("(ab)+$", "ababa"));
  EXPECT_TRUE(matches("(a*b*)*c", "abbaac"));
  EXPECT_TRUE(matches(".*skb", "kfree_skb_reason"));
}

TEST(Pattern, BracketsAndEscapes) {
  EXPECT_TRUE(matches("tcp_v[46]_rcv", "tcp_v6_rcv"));
  EXPECT_FALSE(matches("tcp_v[46]_rcv", "tcp_v5_rcv"));
  EXPECT_TRUE(matches("a[0-9a-f]+$", "a0f9"));
  EXPECT_FALSE(matches("a[^0-9]", "a1"));
  EXPECT_FALSE(matches("a[^0-9]", "a"));
  EXPECT_TRUE(matches("a[]]", "a]"));
  EXPECT_TRUE(matches("a[a-]$", "a-"));
  EXPECT_TRUE(matches(R"(a\d+$)", "a42"));
  EXPECT_FALSE(matches(R"(a\d)", "ad"));
  EXPECT_TRUE(matches(R"(a[\w.]+$)", "a_b.C"));
  EXPECT_FALSE(matches(R"(a\.b)", "axb"));
}

TEST(Pattern, ARegexThatMatchesNothingMatchesEverySymbol) {
  EXPECT_TRUE(matches("a*", "b"));
  EXPECT_TRUE(matches("^", "b"));
  EXPECT_TRUE(matches("a?", ""));
  EXPECT_FALSE(matches("a", ""));
}

TEST(Pattern, TellsWhatDoesNotCompile) {
  EXPECT_THAT(refusal("ip_(rcv"), HasSubstr("'ip_(rcv' is not valid: '(' without ')'"));
  EXPECT_THAT(refusal("ip_rcv)"), HasSubstr("')' without '('"));
  EXPECT_THAT(refusal("ip_[a-"), HasSubstr("'[' without ']'"));
  EXPECT_THAT(refusal("["), HasSubstr("'[' without ']'"));
  EXPECT_THAT(refusal("[^]"), HasSubstr("'[' without ']'"));
  EXPECT_THAT(refusal("*x"), HasSubstr("nothing before '*'"));
  EXPECT_THAT(refusal("(?:x)"), HasSubstr("nothing before '?'"));
  EXPECT_THAT(refusal("x\\"), HasSubstr("'\\' at the end"));
  EXPECT_THAT(refusal("[z-a]"), HasSubstr("z-a is empty"));
  EXPECT_THAT(refusal("[[:alpha:]]"), HasSubstr("[:alpha:]"));
  EXPECT_THAT(refusal("x^"), HasSubstr("'^'"));
  EXPECT_THAT(refusal(R"((x)\1)"), HasSubstr("punctuation"));
  EXPECT_THAT(refusal("x{1000}"), HasSubstr("counted repetitions"));
  EXPECT_THAT(refusal(""), HasSubstr("empty"));
}

TEST(Pattern, IsAtMost128CharactersLong) {
  EXPECT_TRUE(matches(std::string(128, 'a'), std::string(200, 'a')));
  EXPECT_THAT(refusal(std::string(129, 'a')), HasSubstr("longer than 128"));
  EXPECT_THAT(refusal(std::string(128, '(')), HasSubstr("'(' without ')'"));
}

// A backtracking matcher takes years for one of these, one that tabulates its states gigabytes.
TEST(Pattern, CostIsBounded) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_FALSE(matches("(a|aa)+$", std::string(100'000, 'a') + "b"));
  EXPECT_FALSE(matches("(((a*)*)*)*b", std::string(100'000, 'a')));
  const auto pattern = Pattern::compile(".*[a-m]" + std::string(100, '.') + "Z");
  ASSERT_TRUE(pattern);
  std::string symbol(500, 'a');
  for (int i = 0; i < 1000; ++i) {
    symbol[static_cast<size_t>(i) % symbol.size()] ^= 0x1f;
    EXPECT_FALSE(pattern->matches(symbol));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
}

TEST(CompilerFragment, PiecesOfFunctions) {
  EXPECT_TRUE(is_compiler_fragment("tcp_ack.cold"));
  EXPECT_TRUE(is_compiler_fragment("tcp_ack.cold.12"));
  EXPECT_TRUE(is_compiler_fragment("tcp_ack.part.0"));
  EXPECT_TRUE(is_compiler_fragment("tcp_ack.part.0.isra.0"));
  EXPECT_TRUE(is_compiler_fragment("tcp_ack.isra.0.cold"));
  EXPECT_TRUE(is_compiler_fragment("__pfx_tcp_ack"));
}

TEST(CompilerFragment, FunctionsWithAChangedSignatureAreReal) {
  EXPECT_FALSE(is_compiler_fragment("tcp_ack"));
  EXPECT_FALSE(is_compiler_fragment("tcp_ack.isra.0"));
  EXPECT_FALSE(is_compiler_fragment("tcp_ack.constprop.0"));
  EXPECT_FALSE(is_compiler_fragment("x.partial"));
  EXPECT_FALSE(is_compiler_fragment("cold"));
}

}  // namespace
}  // namespace nettrace
