// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What real kernels told (tests/recordings, made by tests/vm/guest/record-fixtures), through the
// whole of userspace: lines, blocks and JSON as in tests/golden/recorded.
#include <gtest/gtest.h>

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
};

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
  for (const RecordedLeaf& leaf : (*reader)->header().leaves) types[leaf.number] = leaf.returns;
  TextStyle style;
  for (const Field& field : all_fields()) {
    if (field.in_detail) style.columns.push_back(&field);
  }
  TextRenderer text(style, &symbols);
  JsonRenderer json(&symbols);
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

}  // namespace
}  // namespace nettrace
