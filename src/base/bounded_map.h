// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A map for what may never end: beyond a number of keys, the oldest is forgotten.
#pragma once

#include <cstddef>
#include <deque>
#include <unordered_map>
#include <utility>

namespace nettrace {

template <typename Key, typename Value>
class BoundedMap {
 public:
  explicit BoundedMap(size_t most) : most_(most) {}

  // Null: there is none.
  Value* find(const Key& key) {
    const auto found = values_.find(key);
    return found == values_.end() ? nullptr : &found->second;
  }

  // The key's value and true; or the value that it has already, and false. Other pointers to values
  // may be dangling now.
  std::pair<Value*, bool> add(const Key& key, Value value) {
    const auto [place, is_new] = values_.try_emplace(key, std::move(value));
    if (!is_new) return {&place->second, false};
    order_.push_back(key);
    if (order_.size() > most_) {
      values_.erase(order_.front());
      order_.pop_front();
    }
    return {&place->second, true};
  }

  // A key that is erased must not be added again.
  void erase(const Key& key) { values_.erase(key); }

  bool empty() const { return values_.empty(); }

 private:
  size_t most_;
  std::unordered_map<Key, Value> values_;
  std::deque<Key> order_;  // the oldest first, erased ones too
};

}  // namespace nettrace
