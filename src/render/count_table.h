// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// How often each function was hit, as --count-only shows it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "render/time_column.h"
#include "tracer/tree.h"

namespace nettrace {

struct CountTable {
  struct Row {
    const Leaf* leaf;  // lives as long as the tree
    uint64_t hits;     // at least 1
  };

  uint64_t time_ns;       // of its end, CLOCK_MONOTONIC
  uint64_t duration_ns;   // that it counted for
  std::vector<Row> rows;  // most hits first, then by name

  uint64_t hits() const;
};

// `hits`: by leaf of the tree.
CountTable make_count_table(const TracerTree& tree, std::span<const uint64_t> hits,
                            uint64_t time_ns, uint64_t duration_ns);

// At most so many lines, at least two: the last functions are left out, and the last line counts
// them.
void append_text(const CountTable& table, size_t max_lines, TimeColumn& time, std::string& out);
void append_json(const CountTable& table, std::string& out);

}  // namespace nettrace
