// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "base/foreign_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nettrace {
namespace {

std::string printable(std::string_view foreign) {
  std::string out;
  append_printable(foreign, out);
  return out;
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
