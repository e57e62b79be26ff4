// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A line from end to end. golden_test.cc has the seed's samples.
#include "text_renderer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "record_builder.h"

// Counts allocations: rendering must not make any. Every form is replaced, so that each pair
// matches under AddressSanitizer too.
static size_t allocations = 0;

static void* counted_malloc(size_t size) {
  ++allocations;
  return std::malloc(size);
}
static void* counted_new(size_t size) {
  if (void* memory = counted_malloc(size)) return memory;
  throw std::bad_alloc();
}
void* operator new(size_t size) { return counted_new(size); }
void* operator new[](size_t size) { return counted_new(size); }
void* operator new(size_t size, const std::nothrow_t&) noexcept { return counted_malloc(size); }
void* operator new[](size_t size, const std::nothrow_t&) noexcept { return counted_malloc(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }

namespace nettrace {
namespace {

Leaf leaf_named(std::string name) {
  Leaf leaf;
  leaf.name = std::move(name);
  leaf.module = "ip-in";
  return leaf;
}

std::string line(const TextStyle& style, const Event& event, const Leaf& leaf) {
  std::string out;
  append_line(style, event, leaf, out);
  return out;
}

std::string without_escape_codes(std::string text) {
  size_t start;
  while ((start = text.find('\033')) != std::string::npos) {
    text.erase(start, text.find('m', start) - start + 1);
  }
  return text;
}

TEST(TextRenderer, TimeIsInMicrosecondsCutNotRounded) {
  const Leaf leaf = leaf_named("ip_rcv");
  EXPECT_EQ(line({}, {.time_ns = 1'000'001'999}, leaf),
            "1.000001: [ip_rcv                  ]: unknown protocol\n");
  EXPECT_EQ(line({}, {.time_ns = 999}, leaf),
            "0.000000: [ip_rcv                  ]: unknown protocol\n");
  EXPECT_EQ(line({}, {.time_ns = UINT64_MAX}, leaf),
            "18446744073.709551: [ip_rcv                  ]: unknown protocol\n");
}

TEST(TextRenderer, ALongFunctionNameIsNotCut) {
  EXPECT_EQ(line({}, {}, leaf_named("ipv6_mc_validate_checksum_x")),
            "0.000000: [ipv6_mc_validate_checksum_x]: unknown protocol\n");
}

TEST(TextRenderer, ColumnsStandInTheOrderGiven) {
  const TextStyle style{.columns = {find_field("module"), find_field("id"), find_field("cpu")}};
  EXPECT_EQ(line(style, {.skb = 0xabc, .cpu = 1}, leaf_named("ip_rcv")),
            "0.000000: [ip-in       ][abc][cpu:001][ip_rcv                  ]: unknown protocol\n");
}

TEST(TextRenderer, AppendsToWhatIsThere) {
  std::string out = "before\n";
  append_line({}, {}, leaf_named("f"), out);
  EXPECT_EQ(out, "before\n0.000000: [f                       ]: unknown protocol\n");
}

TEST(TextRenderer, ColourAddsNothingButEscapeCodes) {
  TextStyle style;
  for (const Field& field : all_fields()) style.columns.push_back(&field);
  const Event event{.time_ns = 5'000'000'000, .skb = 1, .ifindex = 1, .ifname = "lo"};
  const Leaf leaf = leaf_named("ip_rcv");
  const std::string plain = line(style, event, leaf);
  style.colour = true;
  const std::string coloured = line(style, event, leaf);
  EXPECT_NE(coloured, plain);
  EXPECT_EQ(without_escape_codes(coloured), plain);
  EXPECT_THAT(coloured, testing::EndsWith("\033[0m: unknown protocol\n"));  // none left switched on
  EXPECT_THAT(plain, testing::Not(testing::HasSubstr("\033")));
}

TEST(TextRenderer, AllocatesNothingOnceTheBufferHasGrown) {
  TextStyle style{.columns = {}, .colour = true};
  for (const Field& field : all_fields()) style.columns.push_back(&field);
  nt_record record = test::record_of(
      ETH_P_IPV6, test::join({test::Ipv6{.source = "fd00:1111:2222:3333:4444:5555:6666:7777"},
                              test::tcp(40000, 50000, 4000000000, 4000000000, 0x3f)}));
  record.ifindex = 1000;
  test::set_name(record.ifname, "0123456789abcde");
  test::set_name(record.comm, "0123456789abcde");
  const Leaf leaf = leaf_named("a_function_with_a_long_name");
  std::string out = line(style, *decode(test::bytes_of(record)), leaf);
  out.clear();
  const size_t before = allocations;
  append_line(style, *decode(test::bytes_of(record)), leaf, out);
  EXPECT_EQ(allocations, before);
  EXPECT_FALSE(out.empty());
}

}  // namespace
}  // namespace nettrace
