// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "view/latency_sink.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "base/number_text.h"
#include "render/latency_table.h"
#include "view/block_view.h"

namespace nettrace {
namespace {

// Measures packets in place of printing them.
class Measurer : public BlockConsumer {
 public:
  void block(const Block& block, std::string&) override {
    if (block.end == Block::End::complete) table_.add(block);
  }
  const LatencyTable& table() const { return table_; }

 private:
  LatencyTable table_;
};

class LatencySink : public TableSink, public RecordConsumer {
 public:
  explicit LatencySink(LatencySetup setup)
      : TableSink(std::move(setup.table)), view_(std::move(setup.view), measurer_) {}

  RecordConsumer* records() override { return this; }
  void take(std::span<const std::byte> record) override { view_.take(record, nothing_); }
  void lose_between(uint64_t from_ns, uint64_t to_ns, const Losses&) override {
    view_.lose(from_ns, to_ns);
  }
  void pass_time(uint64_t now_ns) override {
    view_.pass_time(now_ns, nothing_);
    if (now_ns >= TableSink::due_ns()) show(measurer_.table(), now_ns);
  }
  uint64_t due_ns() const override { return std::min(TableSink::due_ns(), view_.due_ns()); }
  void lose(const Losses& losses) override { show_losses(losses, view_.malformed()); }
  Result<bool> finish(const Losses& losses) override {
    view_.finish(nothing_);
    show_whole(measurer_.table());
    show_summary(losses, view_.malformed());
    return flush();
  }
  bool is_done() const override { return view_.is_done(); }
  uint64_t matched() override { return view_.events(); }
  std::string summary(const Losses& losses) const override {
    std::string text =
        fmt::format("{} measured", counted(measurer_.table().total().count(), "packet"));
    if (view_.unfinished_blocks() > 0) {
      text += fmt::format(" ({} more unfinished)", view_.unfinished_blocks());
    }
    return text + ", " + describe(losses, view_.malformed());
  }

 private:
  Measurer measurer_;
  BlockView view_;
  std::string nothing_;  // what the measurer prints
};

}  // namespace

std::unique_ptr<Sink> make_latency_sink(LatencySetup setup) {
  return std::make_unique<LatencySink>(std::move(setup));
}

}  // namespace nettrace
