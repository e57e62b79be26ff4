// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "view/count_sink.h"

#include <fmt/core.h>

#include <numeric>
#include <utility>

#include "base/clock.h"
#include "base/text.h"
#include "io/output.h"
#include "io/table_screen.h"
#include "render/count_table.h"
#include "render/json_renderer.h"

namespace nettrace {
namespace {

class CountSink : public Sink {
 public:
  explicit CountSink(CountSetup setup)
      : setup_(std::move(setup)), screen_(setup_.in_place), since_ns_(setup_.begin_ns) {
    output_.buffer() = setup_.greeting;
  }

  void take(std::span<const std::byte>) override {}
  void pass_time(uint64_t now_ns) override {
    if (now_ns < due_ns()) return;
    const auto hits = read();
    if (!hits) return;
    std::vector<uint64_t> more = *hits;
    for (size_t leaf = 0; leaf < before_.size(); ++leaf) more[leaf] -= before_[leaf];
    show(make_count_table(*setup_.tree, more, now_ns, now_ns - since_ns_),
         TableScreen::Size::fitting);
    before_ = *hits;
    since_ns_ = now_ns;
  }
  uint64_t due_ns() const override {
    return setup_.interval_ns ? since_ns_ + *setup_.interval_ns : UINT64_MAX;
  }
  Result<bool> flush() override { return output_.flush(); }
  void lose_between(uint64_t, uint64_t, const Losses&) override {}
  void lose(const Losses& losses) override {
    if (setup_.format == Format::json) append_losses(losses, 0, output_.buffer());
    screen_.leave();
  }
  Result<bool> finish(const Losses& losses) override {
    const uint64_t now_ns = monotonic_ns();
    const auto hits = read();
    if (hits) {
      const auto table = make_count_table(*setup_.tree, *hits, now_ns, now_ns - setup_.begin_ns);
      total_ = table.hits();
      show(table, TableScreen::Size::whole);
    }
    if (setup_.format == Format::json) append_summary(losses, 0, 0, output_.buffer());
    auto flushed = output_.flush();
    if (error_) return *error_;
    return flushed;
  }
  bool is_done() const override { return error_.has_value(); }
  uint64_t matched() override {
    const auto hits = read();
    return hits ? std::accumulate(hits->begin(), hits->end(), uint64_t{0}) : 0;
  }
  bool has_shown() const override { return screen_.has_shown(); }

  std::string summary(const Losses& losses) const override {
    return fmt::format("{} counted, {}", counted(total_, "hit"), describe(losses));
  }

 private:
  Result<std::vector<uint64_t>> read() {
    auto hits = setup_.read();
    if (!hits) error_ = hits.error();
    return hits;
  }

  void show(const CountTable& table, TableScreen::Size size) {
    const auto write = [&](size_t max_lines, std::string& out) {
      setup_.format == Format::json ? append_json(table, out)
                                    : append_text(table, max_lines, setup_.time, out);
    };
    screen_.show(size, write, output_.buffer());
  }

  CountSetup setup_;
  TableScreen screen_;
  uint64_t since_ns_;
  std::vector<uint64_t> before_;
  uint64_t total_ = 0;
  std::optional<Error> error_;
  Output output_;
};

}  // namespace

std::unique_ptr<Sink> make_count_sink(CountSetup setup) {
  return std::make_unique<CountSink>(std::move(setup));
}

}  // namespace nettrace
