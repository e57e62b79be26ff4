// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "latency_sink.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "clock.h"
#include "json_renderer.h"
#include "latency_table.h"
#include "text.h"

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

struct Extent {
  size_t lines, columns;
};

Extent terminal_extent() {
  winsize size{};
  const bool known =
      ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0;
  return known ? Extent{size.ws_row, size.ws_col} : Extent{24, 80};
}

// A longer line would take two of the terminal's.
void cut_lines(std::string& text, size_t start, size_t columns) {
  size_t column = 0;
  text.erase(std::remove_if(text.begin() + static_cast<std::ptrdiff_t>(start), text.end(),
                            [&](char character) {
                              column = character == '\n' ? 0 : column + 1;
                              return column > columns;
                            }),
             text.end());
}

class LatencySink : public Sink {
 public:
  explicit LatencySink(LatencySetup setup)
      : setup_(std::move(setup)),
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
    const Extent extent =
        setup_.in_place ? terminal_extent() : Extent{.lines = SIZE_MAX, .columns = SIZE_MAX};
    show({extent.lines - 1, extent.columns});  // a line is left for the cursor
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
    shown_lines_ = 0;  // what was said of them stands below, and is not to be overwritten
  }
  Result<bool> finish(const Losses& losses) override {
    view_->finish(nothing_);
    show({.lines = SIZE_MAX, .columns = SIZE_MAX});
    if (setup_.format == Format::json) {
      append_summary(losses, view_->malformed(), 0, output_.buffer());
    }
    return output_.flush();
  }
  bool is_done() const override { return view_->is_done(); }

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

  void show(const Extent& most) {
    std::string& out = output_.buffer();
    if (setup_.format == Format::json) {
      append_json(table_, out);
      return;
    }
    if (setup_.in_place && shown_lines_ > 0) out += fmt::format("\033[{}A\033[J", shown_lines_);
    const size_t start = out.size();
    append_text(table_, most.lines, setup_.time, out);
    cut_lines(out, start, most.columns);
    shown_lines_ = std::count(out.begin() + static_cast<std::ptrdiff_t>(start), out.end(), '\n');
  }

  LatencySetup setup_;
  LatencyTable table_;
  Measurer measurer_;
  std::unique_ptr<View> view_;
  std::string nothing_;  // what the measurer leaves of the blocks
  uint64_t shown_ns_;
  std::ptrdiff_t shown_lines_ = 0;
  Output output_;
};

}  // namespace

std::unique_ptr<Sink> make_latency_sink(LatencySetup setup) {
  return std::make_unique<LatencySink>(std::move(setup));
}

}  // namespace nettrace
