// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Command lines for tests.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cli/options.h"

namespace nettrace {

using Words = std::vector<const char*>;

inline Result<Options> parse(Words words) {
  words.insert(words.begin(), "nettrace");
  return parse_options(static_cast<int>(words.size()), words.data());
}

inline Options good(const Words& words) {
  const auto parsed = parse(words);
  if (parsed) return *parsed;
  ADD_FAILURE() << parsed.error().what;
  return {};
}

// "WHAT (REMEDY)"
inline std::string bad(const Words& words) {
  const auto parsed = parse(words);
  if (parsed) return "accepted";
  const Error& error = parsed.error();
  EXPECT_EQ(error.failure, Failure::usage);
  EXPECT_NE(error.remedy, "") << error.what;
  EXPECT_EQ((error.what + error.remedy).find('\n'), std::string::npos) << error.what;
  return error.what + " (" + error.remedy + ")";
}

}  // namespace nettrace
