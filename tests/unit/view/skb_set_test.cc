// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The skbs of a packet, few and many.
#include "view/skb_set.h"

#include <gtest/gtest.h>

#include <set>

namespace nettrace {
namespace {

std::set<uint64_t> members(const SkbSet& skbs) {
  std::set<uint64_t> all;
  skbs.visit([&](uint64_t skb) { EXPECT_TRUE(all.insert(skb).second); });
  return all;
}

TEST(SkbSet, HoldsEachOnce) {
  SkbSet skbs(std::pmr::new_delete_resource());
  EXPECT_TRUE(skbs.empty());
  skbs.insert(7);
  skbs.insert(7);
  skbs.insert(8);
  EXPECT_EQ(members(skbs), (std::set<uint64_t>{7, 8}));
  skbs.erase(7);
  skbs.erase(9);
  skbs.erase(8);
  EXPECT_TRUE(skbs.empty());
}

TEST(SkbSet, GrowsAndShrinks) {
  SkbSet skbs(std::pmr::new_delete_resource());
  std::set<uint64_t> expected;
  for (uint64_t skb = 1; skb <= 100; ++skb) {
    skbs.insert(skb);
    skbs.insert(skb / 2 + 1);
    expected.insert(skb);
    expected.insert(skb / 2 + 1);
    EXPECT_EQ(members(skbs), expected);
  }
  for (uint64_t skb = 1; skb <= 100; ++skb) {
    EXPECT_FALSE(skbs.empty());
    skbs.erase(skb);
  }
  EXPECT_TRUE(skbs.empty());
  skbs.insert(5);
  EXPECT_EQ(members(skbs), std::set<uint64_t>{5});
}

}  // namespace
}  // namespace nettrace
