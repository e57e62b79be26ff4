// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "view/view_sink.h"

#include <fmt/core.h>

#include <utility>

#include "base/text.h"
#include "io/output.h"
#include "render/json_renderer.h"

namespace nettrace {
namespace {

class ViewSink : public Sink {
 public:
  ViewSink(std::unique_ptr<View> view, bool in_blocks, Format format, std::string greeting)
      : view_(std::move(view)), in_blocks_(in_blocks), format_(format) {
    output_.buffer() = std::move(greeting);
  }

  void take(std::span<const std::byte> record) override { view_->take(record, output_.buffer()); }
  void pass_time(uint64_t now_ns) override { view_->pass_time(now_ns, output_.buffer()); }
  Result<bool> flush() override { return output_.flush(); }
  void lose_between(uint64_t from_ns, uint64_t to_ns, const Losses&) override {
    view_->lose(from_ns, to_ns);
  }
  void lose(const Losses& losses) override {
    if (format_ == Format::json) append_losses(losses, view_->malformed(), output_.buffer());
  }
  Result<bool> finish(const Losses& losses) override {
    view_->finish(output_.buffer());
    if (format_ == Format::json) {
      append_summary(losses, view_->malformed(), view_->lines(), output_.buffer());
    }
    return output_.flush();
  }
  bool is_done() const override { return view_->is_done(); }
  uint64_t matched() override { return view_->events(); }
  bool has_shown() const override { return view_->lines() > 0; }

  std::string summary(const Losses& losses) const override {
    std::string text = counted(view_->lines(), "event") + " printed";
    if (in_blocks_) {
      const uint64_t packets = view_->blocks() + view_->unfinished_blocks();
      text += fmt::format(" in {}", counted(packets, "packet"));
      if (view_->unfinished_blocks() > 0) {
        text += fmt::format(" ({} unfinished)", view_->unfinished_blocks());
      }
    }
    return text + ", " + describe(losses, view_->malformed());
  }

 private:
  std::unique_ptr<View> view_;
  bool in_blocks_;
  Format format_;
  Output output_;
};

}  // namespace

std::unique_ptr<Sink> make_view_sink(std::unique_ptr<View> view, bool in_blocks, Format format,
                                     std::string greeting) {
  return std::make_unique<ViewSink>(std::move(view), in_blocks, format, std::move(greeting));
}

}  // namespace nettrace
