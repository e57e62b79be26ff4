// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The words of -t, and what they name in a tree.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tracer/tree.h"

namespace nettrace {

// "ip_rcv", "tcp_*", "!nf_*".
struct TracerWord {
  explicit TracerWord(std::string_view word);

  bool matches(const std::string& name) const;  // of a glob

  std::string text;  // without the "!"
  bool excludes = false;
  bool is_glob = false;  // unless a group or a leaf bears that very name
};

// "all" and "*" choose so much that stacks cost too much.
bool is_everything(std::string_view word);

// What a tree's names stand for. It outlives this.
class TracerNames {
 public:
  // TracerTree::leaves[first .. end)
  struct Range {
    size_t first = 0;
    size_t end = 0;
    bool is_leaf = false;
  };

  explicit TracerNames(const TracerTree& tree);

  const Range* find(std::string_view name) const;  // nullptr: there is none
  // The leaves that a word stands for; none: it is unknown, or a glob that matches no leaf.
  std::vector<size_t> leaves(const TracerWord& word) const;
  // The error for such a word; `others` can be named, too.
  Error unknown(const TracerWord& word, const std::vector<std::string>& others = {}) const;

 private:
  void add_groups(const Group& group);

  const TracerTree& tree_;
  std::unordered_map<std::string_view, Range> names_;
};

}  // namespace nettrace
