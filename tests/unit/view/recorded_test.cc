// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What real kernels told (tests/recordings, made by tests/vm/guest/record-fixtures), through the
// whole of userspace: lines, blocks and JSON as in tests/golden/recorded.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "recording/reader.h"
#include "render/json_renderer.h"
#include "render/text_renderer.h"
#include "support/memory_stream.h"
#include "view/block_view.h"
#include "view/line_view.h"

namespace nettrace {
namespace {

std::string contents(const std::string& path) {
  std::ifstream file(NETTRACE_SOURCE_DIR "/tests/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Form {
  bool blocks = false, json = false, returns = false, stacks = false;
  bool all_columns = false;  // else those of --detail
};

std::vector<const Column*> columns_of(const Form& form) {
  std::vector<const Column*> columns;
  for (const Column& field : all_columns()) {
    if (form.all_columns || field.in_detail) columns.push_back(&field);
  }
  return columns;
}

std::string render(const std::string& name, const Form& form) {
  SymbolTable symbols;
  auto reader = RecordingReader::open(
      std::make_unique<test::MemorySource>(contents("recordings/" + name + ".ntr")),
      [&](uint64_t address, std::string_view symbol, std::string_view module) {
        symbols.add(address, symbol, module);
        symbols.sort();
      });
  if (!reader) return reader.error().what;
  const TracerTree& tree = (*reader)->tree();
  std::vector<ReturnType> types(tree.leaves.size());
  LeafArguments arguments(tree.leaves.size());
  for (const RecordedLeaf& leaf : (*reader)->header().leaves) {
    types[leaf.number] = leaf.returns;
    arguments[leaf.number] = leaf.args;
  }
  const std::vector<const Column*> columns = columns_of(form);
  TextRenderer text({.columns = columns, .arguments = &arguments}, &symbols);
  JsonRenderer json(&symbols, columns, {}, &arguments);
  ViewSetup setup{.tree = &tree,
                  .return_types = &types,
                  .stacks = std::vector<bool>(tree.leaves.size(), form.stacks),
                  .returns = form.returns};
  Renderer& renderer = form.json ? static_cast<Renderer&>(json) : text;
  LineView lines(setup, renderer);
  BlockView blocks(setup, renderer);
  View& view = form.blocks ? static_cast<View&>(blocks) : lines;
  std::string out;
  const EventSource::RecordCallback on_record = [&](std::span<const std::byte> record) {
    view.take(record, out);
  };
  for (bool more = true; more;) {
    const auto taken = (*reader)->take(on_record);
    if (!taken) return taken.error().what;
    more = *taken;
  }
  EXPECT_EQ((*reader)->truncated(), std::nullopt);
  EXPECT_EQ((*reader)->losses().total(), 0u);
  EXPECT_EQ(view.malformed(), 0u);
  blocks.finish(out);
  EXPECT_EQ(blocks.unfinished_blocks(), 0u);
  return out;
}

// NETTRACE_WRITE_GOLDEN=1 writes the files anew: read the difference before you commit it.
void expect_golden(const std::string& rendered, const std::string& name) {
  const std::string path = "golden/recorded/" + name;
  if (std::getenv("NETTRACE_WRITE_GOLDEN") != nullptr) {
    std::ofstream(NETTRACE_SOURCE_DIR "/tests/" + path, std::ios::binary) << rendered;
  }
  EXPECT_EQ(rendered, contents(path));
}

TEST(Recorded, APingWithACapture) {
  expect_golden(render("ping", {.blocks = true}), "ping-timeline.txt");
}
TEST(Recorded, ReturnsAndStacksInLines) {
  expect_golden(render("ping", {.returns = true, .stacks = true}), "ping-returns-stacks.txt");
}
TEST(Recorded, ReturnsInBlocks) {
  expect_golden(render("ping", {.blocks = true, .returns = true}), "ping-timeline-returns.txt");
}
TEST(Recorded, SourceNatInTheMiddleOfABlock) {
  expect_golden(render("snat", {.blocks = true}), "snat-timeline.txt");
}
TEST(Recorded, ABridgeFloods) {
  expect_golden(render("bridge", {.blocks = true}), "bridge-timeline.txt");
}
TEST(Recorded, FragmentsBecomeOne) {
  expect_golden(render("fragments", {.blocks = true}), "fragments-timeline.txt");
}
TEST(Recorded, BlocksAsJson) {
  expect_golden(render("fragments", {.blocks = true, .json = true}), "fragments.json");
}

// Of each kernel, every section that a hit can have.
class RecordedSections : public testing::TestWithParam<const char*> {
 protected:
  static void expect_form(const Form& form, const std::string& end) {
    const std::string name = std::string("sections-") + GetParam();
    expect_golden(render(name, form), name + end);
  }
};
INSTANTIATE_TEST_SUITE_P(Kernels, RecordedSections, testing::Values("5.10", "6.1", "6.12", "7.3"),
                         [](const auto& kernel) {
                           std::string name = kernel.param;
                           std::replace(name.begin(), name.end(), '.', '_');
                           return name;
                         });

TEST_P(RecordedSections, Lines) {
  expect_form({.returns = true, .stacks = true, .all_columns = true}, ".txt");
}
TEST_P(RecordedSections, Blocks) {
  expect_form({.blocks = true, .all_columns = true}, "-timeline.txt");
}
TEST_P(RecordedSections, BlocksAsJson) {
  expect_form({.blocks = true, .json = true, .returns = true, .stacks = true, .all_columns = true},
              ".json");
}

// No recording without one of them would do.
TEST_P(RecordedSections, AreAll) {
  auto reader = RecordingReader::open(
      std::make_unique<test::MemorySource>(
          contents(std::string("recordings/sections-") + GetParam() + ".ntr")),
      [](uint64_t, std::string_view, std::string_view) {});
  ASSERT_TRUE(reader);
  SectionBits seen = 0;
  const EventSource::RecordCallback on_record = [&](std::span<const std::byte> record) {
    const auto decoded = decode(record);
    ASSERT_TRUE(decoded);
    if (const auto* event = std::get_if<Event>(&*decoded)) seen |= event->sections;
  };
  for (bool more = true; more;) {
    const auto taken = (*reader)->take(on_record);
    ASSERT_TRUE(taken);
    more = *taken;
  }
  EXPECT_EQ(seen, every_section);
}

}  // namespace
}  // namespace nettrace
