// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// --netns, --if, --pid, --mark, --len: from words to what the kernel side compares.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "filter/metadata_words.h"
#include "support/option_words.h"

namespace nettrace {
namespace {

using testing::HasSubstr;

Filter filter_of(const Words& words) { return good(words).filter; }

TEST(MetadataWords, AMarkMayHaveAMask) {
  EXPECT_EQ(filter_of({"--mark", "7"}).mark->value, 7u);
  EXPECT_EQ(filter_of({"--mark", "7"}).mark->mask, 0xffffffffu);
  EXPECT_EQ(filter_of({"--mark", "0x10/0xF0"}).mark->value, 0x10u);
  EXPECT_EQ(filter_of({"--mark", "0x10/0xF0"}).mark->mask, 0xf0u);
  EXPECT_EQ(filter_of({"--mark", "0/1"}).mark->value, 0u);
  EXPECT_EQ(filter_of({"--mark", "4294967295"}).mark->value, 0xffffffffu);
}

TEST(MetadataWords, RefuseWrongMarks) {
  for (const char* word : {"x", "1/", "/1", "1/2/3", "-1", "4294967296", "0x", "1 "}) {
    EXPECT_THAT(bad({"--mark", word}), HasSubstr("is not a mark")) << word;
  }
  EXPECT_THAT(bad({"--mark", "7/0"}), HasSubstr("leaves every packet"));
  EXPECT_THAT(bad({"--mark", "0x17/0xf0"}), HasSubstr("0x10/0xf0"));
}

TEST(MetadataWords, ALengthIsARangeOrANumber) {
  const auto range = [](const char* word) {
    const auto len = filter_of({"--len", word}).len;
    return std::pair(len->min, len->max);
  };
  EXPECT_EQ(range("84"), std::pair(84u, 84u));
  EXPECT_EQ(range("0"), std::pair(0u, 0u));
  EXPECT_EQ(range("84:100"), std::pair(84u, 100u));
  EXPECT_EQ(range(":100"), std::pair(0u, 100u));
  EXPECT_EQ(range("84:"), std::pair(84u, 0xffffffffu));
}

TEST(MetadataWords, RefuseWrongLengths) {
  for (const char* word : {":", "x", "1:x", "1:2:3", "-1", "4294967296", "1-2"}) {
    EXPECT_THAT(bad({"--len", word}), HasSubstr("is not a range of lengths")) << word;
  }
  EXPECT_THAT(bad({"--len", "100:84"}), HasSubstr("84:100"));
}

TEST(MetadataWords, AProcessMayBeTheIdleOne) {
  EXPECT_EQ(filter_of({"--pid", "0"}).pid, 0u);
  EXPECT_EQ(filter_of({"--pid", "4194304"}).pid, 4194304u);
  for (const char* word : {"4194305", "init", "-1", "1x"}) {
    EXPECT_THAT(bad({"--pid", word}), HasSubstr("is not the number of a process")) << word;
  }
}

TEST(MetadataWords, OnlyGreatNumbersAreInodes) {
  EXPECT_EQ(filter_of({"--netns", "4026531840"}).netns_inode, 4026531840u);
  EXPECT_EQ(filter_of({"--netns", "net:[4026531840]"}).netns_inode, 4026531840u);
  for (const char* word : {"1", "4194304", "blue", ".", "net:[1]", "/run/netns/blue"}) {
    EXPECT_EQ(filter_of({"--netns", word}).netns_inode, std::nullopt) << word;
    EXPECT_EQ(filter_of({"--netns", word}).netns, word);
  }
}

TEST(MetadataWords, AnInterfacesNameIsOneThatTheKernelTakes) {
  EXPECT_EQ(filter_of({"--if", "eth0.100@"}).device, "eth0.100@");
  EXPECT_EQ(filter_of({"--if", "0123456789abcde"}).device, "0123456789abcde");
  for (const char* word : {"0123456789abcdef", "a/b", "a b", "eth0:1", ".", "a\n"}) {
    EXPECT_THAT(bad({"--if", word}), HasSubstr("cannot be the name of an interface")) << word;
  }
}

TEST(MetadataWords, BecomeTheKernelSidesNumbers) {
  const nt_config config = to_config(
      filter_of({"--mark", "0x10/0xf0", "--len", "84:100", "--pid", "0", "--netns", "4026531840"}));
  EXPECT_EQ(config.precheck, NT_PRECHECK_METADATA);
  EXPECT_EQ(config.mark, 0x10u);
  EXPECT_EQ(config.mark_mask, 0xf0u);
  EXPECT_EQ(config.has_len, 1);
  EXPECT_EQ(config.min_len, 84u);
  EXPECT_EQ(config.max_len, 100u);
  EXPECT_EQ(config.has_pid, 1);
  EXPECT_EQ(config.pid, 0u);
  EXPECT_EQ(config.netns, 4026531840u);
  EXPECT_EQ(config.device.mask[0], 0u);
}

TEST(MetadataWords, AnInterfacesNameIsComparedToItsEnd) {
  const auto matches = [](const char* wanted, const char(&name)[17]) {
    const nt_device_name config = to_config(filter_of({"--if", wanted})).device;
    uint64_t words[2];
    std::memcpy(words, name, sizeof(words));
    return (words[0] & config.mask[0]) == config.name[0] &&
           (words[1] & config.mask[1]) == config.name[1];
  };
  EXPECT_TRUE(matches("eth0", "eth0\0\0\0\0\0\0\0\0\0\0\0\0"));
  EXPECT_TRUE(matches("eth0", "eth0\0erface0\0\0\0\0"));
  EXPECT_FALSE(matches("eth0", "eth01\0\0\0\0\0\0\0\0\0\0\0"));
  EXPECT_FALSE(matches("eth01234", "eth0123\0\0\0\0\0\0\0\0\0"));
  EXPECT_FALSE(matches("eth01234", "eth012345\0\0\0\0\0\0\0"));
  EXPECT_TRUE(matches("0123456789abcde", "0123456789abcde\0"));
}

}  // namespace
}  // namespace nettrace
