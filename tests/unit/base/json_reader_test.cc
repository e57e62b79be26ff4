// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "base/json_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace nettrace {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr JsonLimits limits = {.bytes = 1000, .depth = 4, .values = 10};

std::string refusal(std::string_view text) {
  const auto value = read_json(text, "x.json", limits);
  return value ? "" : value.error().what;
}

TEST(JsonReader, ReadsValues) {
  const auto value = read_json(R"({"a": [1, "two", true]})", "x.json", limits);
  ASSERT_TRUE(value);
  EXPECT_EQ(value->at("a").at(1), "two");
}

TEST(JsonReader, TellsLineAndColumnOfWhatIsNotJson) {
  EXPECT_THAT(refusal("{\n  \"a\": 1\n  \"b\": 2\n}"), StartsWith("x.json:3:3: syntax error"));
  EXPECT_THAT(refusal("[1, nul]"), StartsWith("x.json:1:8: "));
  EXPECT_THAT(refusal("{\"a\": 1,}"), StartsWith("x.json:1:9: "));
  EXPECT_THAT(refusal("{\"a\" }"), StartsWith("x.json:1:6: "));
  EXPECT_THAT(refusal("[1] 2"), StartsWith("x.json:1:5: "));
}

TEST(JsonReader, TellsWhereTheTextEndsTooEarly) {
  EXPECT_THAT(refusal(""), StartsWith("x.json:1:1: "));
  EXPECT_THAT(refusal("{"), StartsWith("x.json:1:2: "));
  EXPECT_THAT(refusal("[\n[\n"), StartsWith("x.json:3:1: "));
}

TEST(JsonReader, ANumberBeyondAnyRangeHasItsPlaceToo) {
  EXPECT_THAT(refusal("[\n 1e999]"), StartsWith("x.json:2:6: number overflow"));
}

TEST(JsonReader, MessagesAreOnePrintableLineOfBoundedLength) {
  const std::string message = refusal("[\"" + std::string(500, 'x') + "\x1b[31m\xff\n");
  EXPECT_LT(message.size(), 200U);
  EXPECT_EQ(message.find('\n'), std::string::npos);
  EXPECT_EQ(message.find('\x1b'), std::string::npos);
  EXPECT_EQ(refusal("[\xff]").find('\xff'), std::string::npos);
}

TEST(JsonReader, RefusesAFieldGivenTwice) {
  EXPECT_THAT(refusal(R"({"a": 1, "b": 2, "a": 3})"), HasSubstr("the field 'a' is given twice"));
  EXPECT_EQ(refusal(R"([{"a": 1}, {"a": {"a": 1}}])"), "");
}

TEST(JsonReader, KeepsTheLimits) {
  EXPECT_EQ(refusal("[[[[]]]]"), "");
  EXPECT_EQ(refusal("[[[[[]]]]]"), "x.json: more than 4 levels of brackets");
  EXPECT_EQ(refusal("[1,2,3,4,5,6,7,8,9]"), "");
  EXPECT_EQ(refusal("[1,2,3,4,5,6,7,8,9,10]"), "x.json: more than 10 values");
  EXPECT_EQ(refusal(std::string(1001, ' ')), "x.json: longer than 1000 bytes");
}

TEST(JsonReader, MillionsOfBracketsAreHarmless) {
  constexpr JsonLimits wide = {.bytes = 8 << 20, .depth = 100, .values = 100};
  const auto value = read_json(std::string(8 << 20, '['), "x.json", wide);
  ASSERT_FALSE(value);
  EXPECT_THAT(value.error().what, HasSubstr("more than 100 levels"));
}

}  // namespace
}  // namespace nettrace
