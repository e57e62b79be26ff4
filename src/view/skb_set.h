// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The skbs of one packet: one or two as a rule, and a million where somebody copies it in a loop.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <unordered_set>
#include <vector>

namespace nettrace {

class SkbSet {
 public:
  explicit SkbSet(std::pmr::memory_resource* memory) : few_(memory), many_(memory) {}

  void insert(uint64_t skb) {
    if (!many_.empty()) {
      many_.insert(skb);
    } else if (std::find(few_.begin(), few_.end(), skb) == few_.end()) {
      few_.push_back(skb);
      if (few_.size() > max_few) {
        many_.insert(few_.begin(), few_.end());
        few_.clear();
      }
    }
  }

  void erase(uint64_t skb) {
    many_.erase(skb);
    std::erase(few_, skb);
  }

  bool empty() const { return few_.empty() && many_.empty(); }

  template <typename Visitor>
  void visit(const Visitor& visitor) const {
    for (const uint64_t skb : few_) visitor(skb);
    for (const uint64_t skb : many_) visitor(skb);
  }

 private:
  static constexpr size_t max_few = 16;  // that are looked through one by one

  // One of them is empty.
  std::pmr::vector<uint64_t> few_;
  std::pmr::unordered_set<uint64_t> many_;
};

}  // namespace nettrace
