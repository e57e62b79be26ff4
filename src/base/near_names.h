// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Names that a user may have meant.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nettrace {

// Candidates a few typing errors away from `word`, nearest first, at most three.
std::vector<std::string> nearest(std::string_view word,
                                 std::span<const std::string_view> candidates);
// "did you mean ip_rcv or ip_rcv_core?"; empty without a near name.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace nettrace
