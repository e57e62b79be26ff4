// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// When output is coloured, and how.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tracer/tree.h"

namespace nettrace {

enum class ColourWhen { automatic, always, never };  // automatic: on a terminal, without NO_COLOR

Result<ColourWhen> parse_colour_when(std::string_view word);
std::string colour_words();  // "auto|always|never"

// Terminal attributes (ECMA-48); the text between them is the same as without.
namespace attributes {
inline constexpr std::string_view dim = "\033[2m";
inline constexpr std::string_view bold = "\033[1m";
inline constexpr std::string_view good = "\033[32m";
inline constexpr std::string_view bad = "\033[1;31m";
inline constexpr std::string_view plain = "\033[0m";
}  // namespace attributes

// Of the names of functions, by leaf: a colour for each layer, which is a group of the first level;
// and one for those that drop packets.
std::vector<std::string_view> function_attributes(const TracerTree& tree);
inline constexpr size_t max_attribute_bytes = 8;

}  // namespace nettrace
