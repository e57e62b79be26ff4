// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What was written is read back, whatever became of the file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "event/event.h"
#include "support/recording_fixture.h"

namespace nettrace {
namespace {

using test::bytes_of;
using test::Contents;
using test::hit;
using test::read_all;
using test::returned;
using test::small_header;
using test::small_recording;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

std::string start() { return *encode_header(small_header()); }

std::string chunk(const char (&type)[5], std::string_view payload) {
  std::string bytes;
  append_chunk(static_cast<ChunkType>(chunk_type(type)), payload, bytes);
  return bytes;
}

std::string end(int records) {
  return chunk("DONE", "{\"records\":" + std::to_string(records) + "}");
}

std::string error_of(const std::string& file) {
  const Contents contents = read_all(file);
  return contents.error ? contents.error->what + " (" + contents.error->remedy + ")" : "none";
}

TEST(Recording, IsReadAsItWasWritten) {
  for (const size_t portion : {size_t{1}, size_t{7}, size_t{65536}}) {
    const Contents contents = read_all(small_recording(), portion);
    ASSERT_FALSE(contents.error) << contents.error->what;
    EXPECT_THAT(contents.records, ElementsAre(hit(0), hit(1), returned(7)));
    EXPECT_THAT(contents.symbols, ElementsAre(Pair(0xffffffff81000010, "ip_rcv_finish []")));
    EXPECT_EQ(contents.losses,
              (Losses{.ring_full = 3, .rest_full = 4, .tracked_full = 2, .calls_full = 1}));
    EXPECT_EQ(contents.truncated, std::nullopt);
    EXPECT_EQ(contents.reader->header(), small_header());
    EXPECT_EQ(contents.reader->tree().leaves[1].name, "nf_hook_slow");
  }
}

TEST(Recording, TellsOfAGapBeforeWhatCameAfterIt) {
  std::string times;
  append_le64(1'000, times);
  append_le64(2'000, times);
  const std::string file =
      start() + chunk("RECD", returned(7)) + chunk("GAPS", times) + chunk("RECD", returned(8));
  auto reader = RecordingReader::open(std::make_unique<test::MemorySource>(file), [](auto...) {});
  std::vector<std::string> told;
  (*reader)->tell_gaps([&](uint64_t from_ns, uint64_t to_ns) {
    told.push_back(std::to_string(from_ns) + "-" + std::to_string(to_ns));
  });
  ASSERT_TRUE((*reader)->take([&](auto) { told.emplace_back("record"); }));
  EXPECT_THAT(told, ElementsAre("record", "1000-2000", "record"));
}

TEST(Recording, GivesABoundedNumberOfRecordsAtATime) {
  std::string file = start();
  for (int i = 0; i < 5000; ++i) file += chunk("RECD", returned(7));
  auto reader = RecordingReader::open(std::make_unique<test::MemorySource>(file), [](auto...) {});
  size_t records = 0;
  ASSERT_TRUE(*(*reader)->take([&](auto) { ++records; }));
  EXPECT_GT(records, 0u);
  EXPECT_LE(records, 4096u);
}

TEST(Recording, ReadsNoFurtherThanItsEnd) {
  const Contents contents = read_all(small_recording() + "anything");
  EXPECT_FALSE(contents.error);
  EXPECT_EQ(contents.records.size(), 3u);
  EXPECT_EQ(contents.truncated, std::nullopt);
}

TEST(RecordingCut, AnywhereIsReadUpToThereAndSaysSo) {
  const std::string file = small_recording();
  const std::vector<std::string> all = read_all(file).records;
  size_t max = 0;
  for (size_t size = 0; size < file.size(); ++size) {
    const Contents contents = read_all(file.substr(0, size));
    if (size < start().size()) {
      ASSERT_TRUE(contents.error) << size;
      EXPECT_THAT(contents.error->what,
                  HasSubstr(size == 0 ? "FILE is empty" : "FILE is cut off in its header"));
      continue;
    }
    ASSERT_FALSE(contents.error) << size << contents.error->what;
    ASSERT_TRUE(contents.truncated) << size;
    EXPECT_THAT(*contents.truncated, HasSubstr("cut off after " + std::to_string(size) + " bytes"));
    EXPECT_GE(contents.records.size(), max) << size;
    max = contents.records.size();
    for (size_t i = 0; i < max; ++i) EXPECT_EQ(contents.records[i], all[i]);
  }
  EXPECT_EQ(max, 3u);
}

TEST(RecordingCut, CountsWhatWasRead) {
  EXPECT_THAT(*read_all(start() + chunk("RECD", hit(0))).truncated, HasSubstr(": 1 records"));
}

TEST(RecordingDamage, OfAnyByteDoesNoHarm) {
  const std::string file = small_recording();
  for (size_t at = 0; at < file.size(); ++at) {
    for (const int bits : {0x01, 0x20, 0x80, 0xff}) {
      std::string damaged = file;
      damaged[at] = static_cast<char>(damaged[at] ^ bits);
      const Contents contents = read_all(damaged);
      EXPECT_LE(contents.records.size(), 3u);
      for (const std::string& record : contents.records) (void)decode(bytes_of(record));
      if (contents.error) {
        EXPECT_THAT(contents.error->what, HasSubstr("FILE"));
        EXPECT_EQ(contents.error->what.find('\n'), std::string::npos);
      }
    }
  }
}

TEST(RecordingDamage, OfAChunkIsAnErrorBehindWhatWasRead) {
  const std::string before = start() + chunk("RECD", hit(0));
  for (const std::string& bytes :
       {std::string(8, '\0'), std::string("REC\0\1\0\0\0", 8), std::string("RECD\1\0\1\0", 8),
        std::string("RECD\xff\xff\xff\xff", 8), chunk("SYMB", "short"),
        chunk("SYMB", std::string("12345678\1\0\1\0x", 13)), chunk("LOSS", "[]"),
        chunk("LOSS", "{"), chunk("DONE", ""), end(2), end(0)}) {
    const Contents contents = read_all(before + bytes + chunk("RECD", hit(1)));
    ASSERT_TRUE(contents.error) << bytes;
    EXPECT_THAT(contents.error->what,
                HasSubstr("FILE is damaged at byte " + std::to_string(before.size()) + ": "));
    EXPECT_THAT(contents.records, ElementsAre(hit(0)));
  }
}

TEST(RecordingDamage, OfARecordIsForItsReaderToSee) {
  const Contents contents = read_all(start() + chunk("RECD", "") + chunk("RECD", "x") + end(2));
  EXPECT_FALSE(contents.error);
  EXPECT_THAT(contents.records, ElementsAre("x"));
}

TEST(RecordingDamage, OfNamesCannotReachATerminal) {
  const Contents contents =
      read_all(start() + chunk("SYMB", std::string("12345678\2\0\1\0\x1b[\a", 15)) + end(0));
  EXPECT_THAT(contents.symbols, ElementsAre(Pair(testing::_, "?[ [?]")));
}

TEST(RecordingVersions, UnknownChunksAreSkipped) {
  const Contents contents = read_all(start() + chunk("NEXT", "what?") + chunk("RECD", hit(0)) +
                                     chunk("zzzz", "") + end(1));
  EXPECT_FALSE(contents.error);
  EXPECT_THAT(contents.records, ElementsAre(hit(0)));
  EXPECT_EQ(contents.truncated, std::nullopt);
}

TEST(RecordingVersions, UnknownMembersOfLossesAndTotalsAreIgnored) {
  const Contents contents = read_all(start() + chunk("LOSS", R"({"ring_full":9,"more":[1]})") +
                                     chunk("DONE", R"({"records":0,"bytes":1})"));
  EXPECT_FALSE(contents.error);
  EXPECT_EQ(contents.losses, (Losses{.ring_full = 9}));
}

std::string file_of(const RecordLayouts& layouts, const std::string& record) {
  RecordingHeader header = small_header();
  header.layouts = layouts;
  return *encode_header(header) + chunk("RECD", record);
}

// A file of version 1, whose records of hits have `size` bytes.
std::string with_hits_of(uint32_t size, const std::string& record) {
  return file_of({.records = {{NT_HIT, "hit", size}, {99, "news", 24}}, .sections = {}}, record);
}

std::string short_hit(uint16_t sections, const std::string& bytes) {
  nt_hit hit{};
  hit.head.kind = NT_HIT;
  hit.leaf = 1;
  hit.sections = sections;
  return test::text_of(std::as_bytes(std::span(&hit, 1))) + bytes;
}

TEST(RecordingVersions, SectionsOfAnotherVersionAreFitted) {
  RecordLayouts layouts = own_layouts();
  layouts.sections = {{"news", 8}, {"mark", 4}, {"netns", 16}};
  const std::string record = short_hit(7,
                                       "NEWSNEWS"
                                       "MARK"
                                       "NETNSNET"
                                       "appended");
  // In this version's order, filled up or cut to its sizes, without what it does not know.
  EXPECT_THAT(
      read_all(file_of(layouts, record)).records,
      ElementsAre(short_hit(NT_SECTION_BIT(NT_SECTION_NETNS) | NT_SECTION_BIT(NT_SECTION_MARK),
                            std::string("NETNSNET"
                                        "MARK\0\0\0\0",
                                        16))));
}

TEST(RecordingVersions, AHitThatIsShorterThanItsSectionsIsRefused) {
  RecordLayouts layouts = own_layouts();
  layouts.sections = {{"news", 8}, {"mark", 4}};
  for (const std::string& record : {short_hit(3, "NEWSNEWSMAR"), short_hit(4, "")}) {
    const Contents contents = read_all(file_of(layouts, record));
    ASSERT_THAT(contents.records, SizeIs(1));
    EXPECT_FALSE(decode(test::bytes_of(contents.records[0])));
  }
}

TEST(RecordingVersions, HitsOfTheFirstVersionBecomeSections) {
  std::string old(280, '\0');
  const auto put = [&old](size_t at, uint64_t value, size_t size) {
    std::memcpy(old.data() + at, &value, size);
  };
  put(8, NT_HIT, 4);
  put(16, 0xabc, 8);  // skb
  put(24, 7, 8);      // life
  put(40, 1, 4);      // leaf
  put(44, 4711, 4);   // pid
  put(48, 2, 4);      // ifindex
  old.replace(52, 4, "eth1");
  put(84, 98, 4);               // len
  put(90, 1 << 3 | 1 << 4, 2);  // shown at the return; with a stack
  put(96, 0xffff, 2);
  put(98, 0xffff, 2);
  std::string stack(sizeof(nt_stack), '\0');
  stack[0] = 8;
  const Contents contents = read_all(with_hits_of(280, old + stack));
  ASSERT_THAT(contents.records, SizeIs(1));
  const auto decoded = decode(test::bytes_of(contents.records[0]));
  ASSERT_TRUE(decoded) << decoded.error().what;
  const auto& event = std::get<Event>(*decoded);
  EXPECT_EQ(event.skb, 0xabcu);
  EXPECT_EQ(event.tracking_id, 7u);
  EXPECT_EQ(event.leaf, 1u);
  EXPECT_EQ(event.len, 98u);
  EXPECT_EQ(event.section<nt_device>().ifindex, 2u);
  EXPECT_EQ(event.device_name(), "eth1");
  EXPECT_EQ(event.section<nt_task>().pid, 4711u);
  EXPECT_TRUE(event.at_return);
  EXPECT_EQ(event.stack.size(), 8u);
  EXPECT_FALSE(event.has(NT_SECTION_MARK));
  EXPECT_FALSE(decode(test::bytes_of(read_all(with_hits_of(280, old)).records[0])));  // no stack
}

TEST(RecordingVersions, RecordsOfKindsToComeAreSkipped) {
  test::HitRecord record{};
  record.hit.head.kind = 99;
  const std::string news = test::text_of(test::bytes_of(record));
  EXPECT_THAT(read_all(with_hits_of(296, news)).records, IsEmpty());
  EXPECT_EQ(error_of(with_hits_of(296, news) + end(1)), "none");
}

}  // namespace
}  // namespace nettrace
