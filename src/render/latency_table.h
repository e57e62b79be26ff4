// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Where packets spend their time, as --latency --summary shows it: from their first step to the
// last, and between each two steps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "render/display_model.h"
#include "render/histogram.h"
#include "render/time_column.h"
#include "tracer/tree.h"

namespace nettrace {

class LatencyTable {
 public:
  struct Pair {
    const Leaf* from;  // both live as long as the tree
    const Leaf* to;
    const Histogram* times;  // lives as long as the table
  };

  // A packet that has gone, with a line or more.
  void add(const Block& block);

  const Histogram& total() const { return total_; }
  // Those that took the most time first, then by name.
  std::vector<Pair> pairs() const;
  // Steps of pairs beyond the most that are told apart.
  uint64_t other_steps() const { return other_steps_; }
  // Of all packets, CLOCK_MONOTONIC; 0: there is none.
  uint64_t first_ns() const { return first_ns_; }
  uint64_t last_ns() const { return last_ns_; }

 private:
  struct Steps {
    const Leaf* from;
    const Leaf* to;
    Histogram times;
  };
  static constexpr size_t max_pairs = 4096;

  Histogram total_;
  std::unordered_map<uint64_t, Steps> steps_;  // by the leaves' numbers
  uint64_t other_steps_ = 0;
  uint64_t first_ns_ = 0, last_ns_ = 0;
};

// At most so many lines, at least two: the last pairs are left out, and the last line counts them.
void append_text(const LatencyTable& table, size_t max_lines, TimeColumn& time, std::string& out);
void append_json(const LatencyTable& table, std::string& out);

}  // namespace nettrace
