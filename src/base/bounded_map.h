// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A map for what may never end: beyond a number of keys, the oldest is forgotten.
#pragma once

#include <cstddef>
#include <list>
#include <unordered_map>
#include <utility>

namespace nettrace {

template <typename Key, typename Value>
class BoundedMap {
 public:
  explicit BoundedMap(size_t max_keys) : max_keys_(max_keys) {}

  // Null: there is none.
  Value* find(const Key& key) {
    const auto found = places_.find(key);
    return found == places_.end() ? nullptr : &found->second->second;
  }

  // The key's value and true; or the value that it has already, and false. Pointers to other values
  // may be dangling now.
  std::pair<Value*, bool> add(const Key& key, Value value) {
    const auto [place, is_new] = places_.try_emplace(key);
    if (is_new) {
      place->second = entries_.emplace(entries_.end(), key, std::move(value));
      if (entries_.size() > max_keys_) erase(Key(entries_.front().first));
    }
    return {&place->second->second, is_new};
  }

  void erase(const Key& key) {
    const auto found = places_.find(key);
    if (found == places_.end()) return;
    entries_.erase(found->second);
    places_.erase(found);
  }

  bool empty() const { return entries_.empty(); }

 private:
  using Entries = std::list<std::pair<Key, Value>>;

  size_t max_keys_;
  Entries entries_;  // the oldest first
  std::unordered_map<Key, typename Entries::iterator> places_;
};

}  // namespace nettrace
