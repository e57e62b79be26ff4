// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Addresses to symbols, and frames as text.
#include "event/symbol_table.h"

#include <gtest/gtest.h>

#include <cstring>

namespace nettrace {
namespace {

SymbolTable table() {
  SymbolTable symbols;  // in no order, as /proc/kallsyms is
  symbols.add(0xffffffffc0301000, "br_handle_frame", "bridge");
  symbols.add(0xffffffff81000100, "ip_rcv", "");
  symbols.add(0xffffffffc0302000, "br_forward", "bridge");
  symbols.add(0xffffffff81000000, "ip_local_deliver", "");
  symbols.add(0xffffffffc0400000, "bpf_prog_6deef7357e7b4530", "bpf");
  symbols.sort();
  return symbols;
}

std::string frame(const SymbolTable& symbols, uint64_t address) {
  std::string out;
  append_frame(symbols, address, out);
  return out;
}

TEST(SymbolTable, FindsTheFunctionThatAnAddressIsIn) {
  const SymbolTable symbols = table();
  EXPECT_FALSE(symbols.empty());
  EXPECT_EQ(symbols.find(0xffffffff81000000).name, "ip_local_deliver");
  EXPECT_EQ(symbols.find(0xffffffff810000ff).name, "ip_local_deliver");
  EXPECT_EQ(symbols.find(0xffffffff81000100).name, "ip_rcv");
  const SymbolTable::Symbol found = symbols.find(0xffffffffc0302042);
  EXPECT_EQ(found.address, 0xffffffffc0302000u);
  EXPECT_EQ(found.name, "br_forward");
  EXPECT_EQ(found.module, "bridge");
}

TEST(SymbolTable, FindsNothingBeforeTheFirstAndFarBehindTheLast) {
  const SymbolTable symbols = table();
  EXPECT_EQ(symbols.find(0).name, "");
  EXPECT_EQ(symbols.find(0xffffffff80ffffff).name, "");
  EXPECT_EQ(symbols.find(0xffffffffc0400fff).name, "bpf_prog_6deef7357e7b4530");
  EXPECT_EQ(symbols.find(UINT64_MAX).name, "");
}

TEST(SymbolTable, AnEmptyOneFindsNothing) {
  const SymbolTable symbols;
  EXPECT_TRUE(symbols.empty());
  EXPECT_EQ(symbols.find(0xffffffff81000000).name, "");
  EXPECT_EQ(symbols.find(0).name, "");
}

TEST(SymbolTable, ZeroIsNoAddress) {
  SymbolTable symbols;  // what /proc/kallsyms shows to those who may not read it
  symbols.add(0, "ip_rcv", "");
  symbols.sort();
  EXPECT_TRUE(symbols.empty());
}

TEST(SymbolTable, TheFirstNameOfAnAddressWins) {
  SymbolTable symbols;
  symbols.add(0x2000, "b", "");
  symbols.add(0x1000, "first", "");
  symbols.add(0x1000, "second", "module");
  symbols.sort();
  EXPECT_EQ(symbols.find(0x1000).name, "first");
  EXPECT_EQ(symbols.find(0x1001).name, "first");
  EXPECT_EQ(symbols.find(0x1001).module, "");
}

TEST(SymbolTable, KeepsModulesApart) {
  SymbolTable symbols;
  symbols.add(0x1000, "a", "bridge");
  symbols.add(0x1010, "b", "bridge");
  symbols.add(0x1020, "c", "bridg");
  symbols.add(0x1030, "d", "");
  symbols.add(0x1040, "e", "bridge");
  symbols.sort();
  EXPECT_EQ(symbols.find(0x1010).module, "bridge");
  EXPECT_EQ(symbols.find(0x1020).module, "bridg");
  EXPECT_EQ(symbols.find(0x1030).module, "");
  EXPECT_EQ(symbols.find(0x1040).module, "bridge");
}

TEST(SymbolTable, ANulEndsAName) {
  SymbolTable symbols;
  symbols.add(0x1000, std::string_view("a\0b", 3), std::string_view("m\0n", 3));
  symbols.add(0x2000, "c", "");
  symbols.sort();
  EXPECT_EQ(symbols.find(0x1000).name, "a");
  EXPECT_EQ(symbols.find(0x1000).module, "m");
  EXPECT_EQ(symbols.find(0x2000).name, "c");
}

TEST(Stack, HasAFrameForEveryEightBytes) {
  const uint64_t addresses[] = {0xffffffff8100001c, 0xffffffff81000133};
  std::byte shifted[sizeof(addresses) + 1];  // records need no alignment
  std::memcpy(shifted + 1, addresses, sizeof(addresses));
  const auto stack = std::span<const std::byte>(shifted).subspan(1);
  ASSERT_EQ(frame_count(stack), 2u);
  EXPECT_EQ(frame_at(stack, 0), addresses[0]);
  EXPECT_EQ(frame_at(stack, 1), addresses[1]);
  EXPECT_EQ(frame_count(stack.first(15)), 1u);
  EXPECT_EQ(frame_count({}), 0u);
}

TEST(Stack, AFrameIsASymbolAndAnOffset) {
  const SymbolTable symbols = table();
  EXPECT_EQ(frame(symbols, 0xffffffff8100011c), "ip_rcv+0x1c");
  EXPECT_EQ(frame(symbols, 0xffffffff81000100), "ip_rcv+0x0");
}

TEST(Stack, AFrameSaysItsModule) {
  const SymbolTable symbols = table();
  EXPECT_EQ(frame(symbols, 0xffffffffc030101c), "br_handle_frame+0x1c [bridge]");
  EXPECT_EQ(frame(symbols, 0xffffffffc0400001), "bpf_prog_6deef7357e7b4530+0x1 [bpf]");
}

TEST(Stack, AFrameWithoutASymbolIsAnAddress) {
  EXPECT_EQ(frame(table(), 0x1234), "0x1234");
  EXPECT_EQ(frame({}, 0xffffffff8100011c), "0xffffffff8100011c");
}

TEST(Stack, AForeignNameCannotReachTheTerminal) {
  SymbolTable symbols;
  symbols.add(0x1000, "a\033[31m", "\xff\n");
  symbols.sort();
  EXPECT_EQ(frame(symbols, 0x1001), "a?[31m+0x1 [??]");
}

}  // namespace
}  // namespace nettrace
