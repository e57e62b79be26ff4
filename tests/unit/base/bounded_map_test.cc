// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What a bounded map keeps and what it forgets.
#include "base/bounded_map.h"

#include <gtest/gtest.h>

namespace nettrace {
namespace {

TEST(BoundedMap, ForgetsTheOldestKey) {
  BoundedMap<int, int> map(2);
  EXPECT_TRUE(map.empty());
  map.add(1, 10);
  map.add(2, 20);
  map.add(3, 30);
  EXPECT_EQ(map.find(1), nullptr);
  EXPECT_EQ(*map.find(2), 20);
  EXPECT_EQ(*map.find(3), 30);
}

TEST(BoundedMap, KeepsTheFirstValueOfAKey) {
  BoundedMap<int, int> map(2);
  EXPECT_TRUE(map.add(1, 10).second);
  const auto [value, is_new] = map.add(1, 11);
  EXPECT_EQ(*value, 10);
  EXPECT_FALSE(is_new);
}

TEST(BoundedMap, DoesNotCountErasedKeys) {
  BoundedMap<int, int> map(2);
  map.add(0, 7);
  for (int key = 1; key <= 100; ++key) {
    map.add(key, 1);
    map.erase(key);
  }
  ASSERT_NE(map.find(0), nullptr);
  EXPECT_EQ(*map.find(0), 7);
}

TEST(BoundedMap, AnErasedKeyMayComeAgain) {
  BoundedMap<int, int> map(2);
  map.add(1, 10);
  map.add(2, 20);
  map.erase(1);
  map.erase(9);
  map.add(1, 11);  // the newest now
  map.add(3, 30);
  EXPECT_EQ(map.find(2), nullptr);
  EXPECT_EQ(*map.find(1), 11);
}

}  // namespace
}  // namespace nettrace
