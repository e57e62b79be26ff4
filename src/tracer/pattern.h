// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A leaf's regex, matched from the start of a symbol with its end open.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace nettrace {

// Extended regular expressions as POSIX and Python share them: . [a-z] [^a-z] ( ) | * + ? ^ $, a
// backslash before punctuation, and \d and \w. Counted repetitions and back references are refused.
//
// nettrace matches hundreds of thousands of symbols against a file's regexes, so the cost must be
// bounded. The regex becomes a position automaton (Glushkov), whose state is one bit for each
// character of the regex. A symbol costs at most its length times the regex's length, and mostly
// one step; the memory is fixed. regexec() allocates a table for each state that it meets:
// gigabytes for
// ".*a" followed by a hundred dots.
class Pattern {
 public:
  static constexpr size_t max_length = 128;

  static Result<Pattern> compile(std::string_view regex);

  bool matches(std::string_view symbol) const;

 private:
  class Compiler;
  using Positions = std::bitset<max_length>;

  bool matches_empty_ = false;         // and, as the end is open, every symbol
  Positions first_;                    // where a match may start
  Positions last_;                     // where it may end
  std::vector<Positions> follow_;      // which positions may come after each one
  std::array<Positions, 256> accept_;  // by byte: the positions that it satisfies
};

// "tcp_ack.cold" and "tcp_ack.part.0" are pieces that the compiler cut out of a function, and
// "__pfx_tcp_ack" is the padding before it: never the function itself. "tcp_ack.isra.0" and
// "tcp_ack.constprop.0" are functions.
bool is_compiler_fragment(std::string_view symbol);

}  // namespace nettrace
