// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The words of -t, and the groups and leaves of a tree that they select.
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

  bool matches(const std::string& name) const;  // as a glob

  std::string text;  // without the "!"
  bool excludes = false;
  bool is_glob = false;  // unless a group or a leaf has exactly this name
};

// "all" and "*" select so many functions that stacks cost too much.
bool is_everything(std::string_view word);

// The names of a tree, which must outlive this object.
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
  // The leaves that a word selects; none: it is unknown, or a glob that matches no leaf.
  std::vector<size_t> leaves(const TracerWord& word) const;
  // The error for a word that selects none. It suggests near names of the tree and of `others`.
  Error unknown(const TracerWord& word, const std::vector<std::string>& others = {}) const;

 private:
  void add_groups(const Group& group);

  const TracerTree& tree_;
  std::unordered_map<std::string_view, Range> names_;
};

}  // namespace nettrace
