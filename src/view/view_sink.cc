// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "view/view_sink.h"

#include <fmt/core.h>

#include <utility>

#include "base/number_text.h"
#include "io/output.h"
#include "render/json_renderer.h"
#include "view/block_view.h"
#include "view/line_view.h"

namespace nettrace {
namespace {

// What lines and blocks have in common.
template <typename AnyView>
class ViewSink : public Sink, public RecordConsumer {
 public:
  ViewSink(ViewSetup setup, Renderer& renderer, Format format, std::string greeting)
      : view_(std::move(setup), renderer), format_(format) {
    output_.buffer() = std::move(greeting);
  }

  RecordConsumer* records() override { return this; }
  void take(std::span<const std::byte> record) override { view_.take(record, output_.buffer()); }
  Result<bool> flush() override { return output_.flush(); }
  void lose(const Losses& losses) override {
    if (format_ == Format::json) append_losses(losses, view_.malformed(), output_.buffer());
  }
  Result<bool> finish(const Losses& losses) override {
    if (format_ == Format::json) {
      append_summary(losses, view_.malformed(), view_.lines(), output_.buffer());
    }
    return output_.flush();
  }
  bool is_done() const override { return view_.is_done(); }
  uint64_t matched() override { return view_.events(); }
  bool has_shown() const override { return view_.lines() > 0; }
  std::string summary(const Losses& losses) const override {
    const uint64_t undelivered = output_.undelivered_lines();
    std::string text = fmt::format("{} printed{}, {}", counted(view_.lines(), "event"), packets(),
                                   describe(losses, view_.malformed()));
    if (undelivered > 0) {
      text += fmt::format("; {} of them not written: nobody read standard output",
                          counted(undelivered, "line"));
    }
    return text;
  }

 protected:
  // " in 2 packets", where there are some.
  virtual std::string packets() const { return {}; }

  AnyView view_;
  Output output_;

 private:
  Format format_;
};

class LineSink : public ViewSink<LineView> {
 public:
  using ViewSink::ViewSink;
  void lose_between(uint64_t, uint64_t, const Losses&) override {}  // each line stands by itself
};

class BlockSink : public ViewSink<BlockView>, public TimedDisplay {
 public:
  using ViewSink::ViewSink;

  TimedDisplay* timed() override { return this; }
  void pass_time(uint64_t now_ns) override { view_.pass_time(now_ns, output_.buffer()); }
  uint64_t due_ns() const override { return view_.due_ns(); }
  void lose_between(uint64_t from_ns, uint64_t to_ns, const Losses&) override {
    view_.lose(from_ns, to_ns);
  }
  Result<bool> finish(const Losses& losses) override {
    view_.finish(output_.buffer());
    return ViewSink::finish(losses);
  }

 private:
  std::string packets() const override {
    const uint64_t unfinished = view_.unfinished_blocks();
    std::string text = " in " + counted(view_.blocks() + unfinished, "packet");
    if (unfinished > 0) text += fmt::format(" ({} unfinished)", unfinished);
    return text;
  }
};

}  // namespace

std::unique_ptr<Sink> make_line_sink(ViewSetup setup, Renderer& renderer, Format format,
                                     std::string greeting) {
  return std::make_unique<LineSink>(std::move(setup), renderer, format, std::move(greeting));
}

std::unique_ptr<Sink> make_block_sink(ViewSetup setup, Renderer& renderer, Format format,
                                      std::string greeting) {
  return std::make_unique<BlockSink>(std::move(setup), renderer, format, std::move(greeting));
}

}  // namespace nettrace
