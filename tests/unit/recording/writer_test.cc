// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Which bytes go to which file, and what happens when they cannot.
#include "recording/writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/recording_fixture.h"

namespace nettrace {
namespace {

using test::bytes_of;
using test::Contents;
using test::hit;
using test::MemoryDisk;
using test::read_all;
using test::returned;
using test::small_header;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using testing::SizeIs;

std::vector<std::string> names(const RotationLimits& limits, int files) {
  std::vector<std::string> paths;
  for (int index = 0; index < files; ++index) paths.push_back(rotated_path("F", limits, index));
  return paths;
}

TEST(Rotation, NamesFilesAsTcpdumpDoes) {
  EXPECT_THAT(names({.bytes = 0, .files = 0}, 1), ElementsAre("F"));
  EXPECT_THAT(names({.bytes = 0, .files = 5}, 1), ElementsAre("F"));
  EXPECT_THAT(names({.bytes = 1, .files = 0}, 3), ElementsAre("F", "F1", "F2"));
  EXPECT_THAT(names({.bytes = 1, .files = 1}, 3), ElementsAre("F", "F", "F"));
  EXPECT_THAT(names({.bytes = 1, .files = 2}, 3), ElementsAre("F0", "F1", "F0"));
  EXPECT_EQ(rotated_path("F", {.bytes = 1, .files = 10}, 9), "F9");
  EXPECT_EQ(rotated_path("F", {.bytes = 1, .files = 11}, 9), "F09");
  EXPECT_EQ(rotated_path("F", {.bytes = 1, .files = 11}, 11), "F00");
  EXPECT_EQ(rotated_path("F", {.bytes = 1, .files = 101}, 7), "F007");
}

TEST(RecordingWriter, GoesOnInFilesThatAreReadableAlone) {
  MemoryDisk disk;
  const size_t start = encode_header(small_header())->size();
  auto writer = RecordingWriter::create("F", small_header(), {.bytes = start + 500}, disk.opener());
  writer->symbol(1, "early", "");
  for (uint64_t i = 0; i < 5; ++i) {
    ASSERT_TRUE(*writer->record(bytes_of(hit(0))));
    if (i == 2) writer->symbol(2, "late", "bridge");
    if (i == 2) writer->losses({.ring_full = 1});
  }
  ASSERT_TRUE(*writer->finish());
  EXPECT_THAT(disk.opened, ElementsAre("F", "F1", "F2"));
  std::vector<size_t> records;
  for (const auto& [path, bytes] : disk.files) {
    const Contents contents = read_all(bytes);
    EXPECT_FALSE(contents.error) << path;
    EXPECT_EQ(contents.truncated, std::nullopt) << path;
    EXPECT_EQ(contents.symbols.at(1), "early []") << path;
    EXPECT_EQ(contents.reader->header(), small_header()) << path;
    records.push_back(contents.records.size());
  }
  EXPECT_THAT(records, ElementsAre(2, 2, 1));
  const Contents last = read_all(disk.files["F2"]);
  EXPECT_THAT(last.symbols, ElementsAre(Pair(1, "early []"), Pair(2, "late [bridge]")));
  EXPECT_EQ(last.losses, Losses{.ring_full = 1});
}

TEST(RecordingWriter, OverwritesTheOldestFile) {
  MemoryDisk disk;
  auto writer =
      RecordingWriter::create("F", small_header(), {.bytes = 1, .files = 2}, disk.opener());
  for (uint64_t call = 1; call <= 5; ++call) (void)writer->record(bytes_of(returned(call)));
  ASSERT_TRUE(*writer->finish());
  EXPECT_THAT(disk.opened, ElementsAre("F0", "F1", "F0", "F1", "F0"));
  EXPECT_THAT(read_all(disk.files["F0"]).records, ElementsAre(returned(5)));
  EXPECT_THAT(read_all(disk.files["F1"]).records, ElementsAre(returned(4)));
  EXPECT_EQ(writer->overwritten(), 3u);
}

TEST(RecordingWriter, HasTheHeaderInTheFileAtOnce) {
  MemoryDisk disk;
  const auto writer = RecordingWriter::create("F", small_header(), {}, disk.opener());
  ASSERT_TRUE(writer);
  EXPECT_EQ(disk.files["F"], *encode_header(small_header()));
}

TEST(RecordingWriter, WritesInLargePortionsOrWhenTold) {
  MemoryDisk disk;
  auto writer = RecordingWriter::create("F", small_header(), {}, disk.opener());
  const size_t start = disk.files["F"].size();
  ASSERT_TRUE(*writer->record(bytes_of(hit(0))));
  EXPECT_THAT(disk.files["F"], SizeIs(start));
  ASSERT_TRUE(*writer->flush());
  EXPECT_THAT(disk.files["F"], SizeIs(start + 8 + sizeof(test::HitRecord)));
  for (int i = 0; i < 300; ++i) (void)writer->record(bytes_of(hit(0)));
  EXPECT_GT(disk.files["F"].size(), start + 65536);
}

TEST(RecordingWriter, WritesLossesWhenTheyChange) {
  MemoryDisk disk;
  auto writer = RecordingWriter::create("F", small_header(), {}, disk.opener());
  const size_t start = disk.files["F"].size();
  writer->losses({});
  ASSERT_TRUE(*writer->flush());
  EXPECT_THAT(disk.files["F"], SizeIs(start));
  writer->losses({.calls_full = 1});
  ASSERT_TRUE(*writer->flush());
  const size_t once = disk.files["F"].size();
  writer->losses({.calls_full = 1});
  ASSERT_TRUE(*writer->flush());
  EXPECT_THAT(disk.files["F"], SizeIs(once));
}

TEST(RecordingWriter, CutsNamesThatNoKernelHas) {
  MemoryDisk disk;
  auto writer = RecordingWriter::create("F", small_header(), {}, disk.opener());
  writer->symbol(1, std::string(100'000, 'x'), "m");
  ASSERT_TRUE(*writer->finish());
  EXPECT_EQ(read_all(disk.files["F"]).symbols[1], std::string(1024, 'x') + " [m]");
}

TEST(RecordingWriter, SaysWhatIsWrongAtOnce) {
  MemoryDisk disk;
  EXPECT_THAT(RecordingWriter::create("/nowhere/F", small_header(), {}, disk.opener()).error().what,
              HasSubstr("cannot create /nowhere/F"));
  disk.room = 10;
  EXPECT_THAT(RecordingWriter::create("F", small_header(), {}, disk.opener()).error().what,
              HasSubstr("no space left"));
}

TEST(RecordingWriter, LeavesAReadableFileWhenTheDiskIsFull) {
  MemoryDisk disk;
  auto writer = RecordingWriter::create("F", small_header(), {}, disk.opener());
  disk.room = 700;
  for (int i = 0; i < 3; ++i) (void)writer->record(bytes_of(hit(0)));
  EXPECT_THAT(writer->flush().error().what, HasSubstr("no space left"));
  disk.room = SIZE_MAX;  // a gap would follow
  EXPECT_FALSE(writer->finish());
  const Contents contents = read_all(disk.files["F"]);
  EXPECT_FALSE(contents.error);
  EXPECT_THAT(contents.records, ElementsAre(hit(0), hit(0)));
  EXPECT_TRUE(contents.truncated);
}

TEST(RecordingWriter, TellsWhenThePipesReaderHasGone) {
  MemoryDisk disk;
  auto writer = RecordingWriter::create("-", small_header(), {}, disk.opener());
  disk.reader_is_there = false;
  EXPECT_TRUE(*writer->record(bytes_of(hit(0))));
  EXPECT_FALSE(*writer->flush());
  EXPECT_FALSE(*writer->finish());
}

}  // namespace
}  // namespace nettrace
