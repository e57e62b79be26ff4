// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Commas, numbers, and texts of any bytes.
#include "base/json_writer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace nettrace {
namespace {

std::string text(std::string_view foreign) {
  std::string out;
  JsonWriter(out).text(foreign);
  return out;
}

TEST(JsonWriter, PutsCommasBetweenValuesOnly) {
  std::string out = "an earlier line\n";
  JsonWriter json(out);
  json.open('{');
  json.key("a").number(1);
  json.key("b").open('[');
  json.text("x");
  json.null();
  json.open('{');
  json.close('}');
  json.open('[');
  json.close(']');
  json.hex(255);
  json.close(']');
  json.key("c").seconds(1);
  json.close('}');
  json.flush();
  EXPECT_EQ(out,
            "an earlier line\n"
            R"({"a":1,"b":["x",null,{},[],"0xff"],"c":0.000000001})");
}

// Pieces are collected, and a text may be longer than that.
TEST(JsonWriter, PutsPiecesOfAnyLengthInTheirOrder) {
  const std::string plain(10'000, 'a');
  const std::string special(1'000, '\n');
  std::string out;
  JsonWriter json(out);
  json.open('[');
  for (uint64_t i = 0; i < 1'000; ++i) json.number(i);
  json.text(plain);
  json.text(special);
  json.text_or_null([&](std::string& appended) { appended += special + plain; });
  json.close(']');
  json.end_line();
  const auto read = nlohmann::json::parse(out);
  ASSERT_EQ(read.size(), 1'003);
  EXPECT_EQ(read[999], 999);
  EXPECT_EQ(read[1'000], plain);
  EXPECT_EQ(read[1'001], special);
  EXPECT_EQ(read[1'002], special + plain);
}

// The end of a text must not look like a bracket.
TEST(JsonWriter, TakesNoTextForABracket) {
  for (const std::string_view end : {"{", "[", ":", "\n", ","}) {
    std::string out;
    JsonWriter json(out);
    json.open('[');
    json.text(end);
    json.text_or_null([end](std::string& appended) { appended += end; });
    json.null();
    json.close(']');
    json.flush();
    EXPECT_EQ(nlohmann::json::parse(out), nlohmann::json({end, end, nullptr})) << out;
  }
}

TEST(JsonWriter, MicrosecondsHaveThreeDigitsAndASign) {
  std::string out;
  JsonWriter json(out);
  json.open('[');
  for (const int64_t ns : {int64_t{0}, int64_t{1'234'567}, int64_t{-5}, INT64_MIN}) {
    json.microseconds(ns);
  }
  json.flush();
  EXPECT_EQ(out, "[0.000,1234.567,-0.005,-9223372036854775.808");
}

TEST(JsonWriter, SecondsHaveNineDigits) {
  std::string out;
  JsonWriter(out).seconds(453516'922978000);
  EXPECT_EQ(out, "453516.922978000");
  out.clear();
  JsonWriter(out).seconds(UINT64_MAX);
  EXPECT_EQ(out, "18446744073.709551615");
}

TEST(JsonWriter, AMissingNumberIsNull) {
  std::string out;
  JsonWriter json(out);
  json.open('[');
  json.number_or_null({});
  json.number_or_null(UINT64_MAX);
  json.flush();
  EXPECT_EQ(out, "[null,18446744073709551615");
}

TEST(JsonWriter, EscapesWhatJsonAndTerminalsMind) {
  EXPECT_EQ(text("a\"b\\c/"), R"("a\"b\\c/")");
  EXPECT_EQ(text(std::string_view("\0\033[31m\n\x7f", 8)), R"("\u0000\u001b[31m\u000a\u007f")");
  EXPECT_EQ(text("\u009b"), R"("\u009b")");
  EXPECT_EQ(text("\u00fc\u20ac\U0001f600"), "\"\u00fc\u20ac\U0001f600\"");
  EXPECT_EQ(text(""), R"("")");
}

TEST(JsonWriter, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(text("a\xff"), "\"a\ufffd\"");
  EXPECT_EQ(text("\xe2\x82"), "\"\ufffd\ufffd\"");            // cut
  EXPECT_EQ(text("\xed\xa0\x80"), "\"\ufffd\ufffd\ufffd\"");  // a surrogate
}

TEST(JsonWriter, AnyTwoBytesMakeAValidText) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const char bytes[] = {static_cast<char>(first), static_cast<char>(second)};
      const std::string json = text({bytes, 2});
      ASSERT_TRUE(nlohmann::json::accept(json)) << first << ' ' << second;
      ASSERT_EQ(json.find_first_of("\n\r\033\x7f"), std::string::npos) << first << ' ' << second;
    }
  }
}

TEST(JsonWriter, AnAppendedTextIsEscapedToo) {
  std::string out;
  JsonWriter json(out);
  json.open('[');
  json.text_or_null([](std::string& appended) { appended += "a\"\xff"; });
  json.text_or_null([](std::string&) {});
  json.flush();
  EXPECT_EQ(out, "[\"a\\\"\ufffd\",null");
}

}  // namespace
}  // namespace nettrace
