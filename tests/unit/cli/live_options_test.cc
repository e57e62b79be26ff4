// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// --backend and --buffer-size.
#include <gmock/gmock.h>

#include "support/option_words.h"

namespace nettrace {
namespace {

using testing::HasSubstr;

TEST(LiveOptions, AreTheKernelsChoiceByDefault) {
  EXPECT_EQ(good({}).backend, std::nullopt);
  EXPECT_EQ(good({"--backend", "auto"}).backend, std::nullopt);
  EXPECT_EQ(good({}).ring_bytes, std::nullopt);
}

TEST(LiveOptions, EveryBackendHasAName) {
  EXPECT_EQ(good({"--backend", "fentry-multi"}).backend, Backend::fentry_multi);
  EXPECT_EQ(good({"--backend", "fentry"}).backend, Backend::fentry);
  EXPECT_EQ(good({"--backend", "kprobe-multi"}).backend, Backend::kprobe_multi);
  EXPECT_EQ(good({"--backend=kprobe"}).backend, Backend::kprobe);
}

TEST(LiveOptions, AnotherBackendIsRefusedWithTheNames) {
  const std::string error = bad({"--backend", "kprobes"});
  EXPECT_THAT(error, HasSubstr("kprobes"));
  EXPECT_THAT(error, HasSubstr("auto|fentry-multi|fentry|kprobe-multi|kprobe"));
}

TEST(LiveOptions, TheRingIsAPowerOfTwo) {
  EXPECT_EQ(good({"--buffer-size", "4k"}).ring_bytes, 4096u);
  EXPECT_EQ(good({"--buffer-size", "5000"}).ring_bytes, 8192u);
  EXPECT_EQ(good({"--buffer-size", "20M"}).ring_bytes, 32u << 20);
  EXPECT_EQ(good({"--buffer-size", "1g"}).ring_bytes, 1u << 30);
}

TEST(LiveOptions, TheRingHasBounds) {
  for (const char* word : {"0", "4095", "1025m", "2g", "-1", "4kb", "k", "many", "99999999999"}) {
    EXPECT_THAT(bad({"--buffer-size", word}), HasSubstr("4k to 1g")) << word;
  }
}

}  // namespace
}  // namespace nettrace
