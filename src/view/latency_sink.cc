// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "view/latency_sink.h"

#include <fmt/core.h>

#include <utility>

#include "base/clock.h"
#include "base/text.h"
#include "io/output.h"
#include "io/table_screen.h"
#include "render/json_renderer.h"
#include "render/latency_table.h"

namespace nettrace {
namespace {

// Takes the blocks of a timeline in place of showing them.
class Measurer : public Renderer {
 public:
  explicit Measurer(LatencyTable& table) : table_(table) {}
  void line(const Line&, std::string&) const override {}
  void block(const Block& block, std::string&) const override {
    if (block.end == Block::End::complete && !block.lines.empty()) table_.add(block);
  }

 private:
  LatencyTable& table_;
};

class LatencySink : public Sink {
 public:
  explicit LatencySink(LatencySetup setup)
      : setup_(std::move(setup)),
        screen_(setup_.in_place),
        measurer_(table_),
        view_(make_block_view(with(setup_.view, measurer_))),
        shown_ns_(monotonic_ns()) {
    output_.buffer() = setup_.greeting;
  }

  void take(std::span<const std::byte> record) override { view_->take(record, nothing_); }
  void pass_time(uint64_t now_ns) override {
    view_->pass_time(now_ns, nothing_);
    if (now_ns < due_ns()) return;
    shown_ns_ = now_ns;
    show(TableScreen::Size::fitting);
  }
  uint64_t due_ns() const override {
    return setup_.interval_ns ? shown_ns_ + *setup_.interval_ns : UINT64_MAX;
  }
  Result<bool> flush() override { return output_.flush(); }
  void lose_between(uint64_t from_ns, uint64_t to_ns, const Losses&) override {
    view_->lose(from_ns, to_ns);
  }
  void lose(const Losses& losses) override {
    if (setup_.format == Format::json) {
      append_losses(losses, view_->malformed(), output_.buffer());
    }
    screen_.leave();
  }
  Result<bool> finish(const Losses& losses) override {
    view_->finish(nothing_);
    show(TableScreen::Size::whole);
    if (setup_.format == Format::json) {
      append_summary(losses, view_->malformed(), 0, output_.buffer());
    }
    return output_.flush();
  }
  bool is_done() const override { return view_->is_done(); }
  uint64_t matched() override { return view_->events(); }
  bool has_shown() const override { return screen_.has_shown(); }

  std::string summary(const Losses& losses) const override {
    std::string text = fmt::format("{} measured", counted(table_.total().count(), "packet"));
    if (view_->unfinished_blocks() > 0) {
      text += fmt::format(" ({} more unfinished)", view_->unfinished_blocks());
    }
    return text + ", " + describe(losses, view_->malformed());
  }

 private:
  static ViewSetup with(ViewSetup view, const Renderer& renderer) {
    view.renderer = &renderer;
    return view;
  }

  void show(TableScreen::Size size) {
    const auto write = [&](size_t max_lines, std::string& out) {
      setup_.format == Format::json ? append_json(table_, out)
                                    : append_text(table_, max_lines, setup_.time, out);
    };
    screen_.show(size, write, output_.buffer());
  }

  LatencySetup setup_;
  TableScreen screen_;
  LatencyTable table_;
  Measurer measurer_;
  std::unique_ptr<View> view_;
  std::string nothing_;  // what the measurer leaves of the blocks
  uint64_t shown_ns_;
  Output output_;
};

}  // namespace

std::unique_ptr<Sink> make_latency_sink(LatencySetup setup) {
  return std::make_unique<LatencySink>(std::move(setup));
}

}  // namespace nettrace
