// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "view/count_sink.h"

#include <fmt/core.h>

#include <numeric>
#include <optional>
#include <utility>

#include "base/clock.h"
#include "base/number_text.h"
#include "render/count_table.h"

namespace nettrace {
namespace {

class CountSink : public TableSink {
 public:
  explicit CountSink(CountSetup setup)
      : TableSink(std::move(setup.table)), tree_(setup.tree), read_(std::move(setup.read)) {}

  void pass_time(uint64_t now_ns) override {
    if (now_ns < due_ns()) return;
    const auto hits = read();
    if (!hits) return;
    std::vector<uint64_t> more = *hits;
    for (size_t leaf = 0; leaf < before_.size(); ++leaf) more[leaf] -= before_[leaf];
    show(make_count_table(*tree_, more, now_ns, now_ns - shown_ns()), now_ns);
    before_ = *hits;
  }
  void lose(const Losses& losses) override { show_losses(losses, 0); }
  Result<bool> finish(const Losses& losses) override {
    const uint64_t now_ns = monotonic_ns();
    const auto hits = read();
    if (hits) {
      const auto table = make_count_table(*tree_, *hits, now_ns, now_ns - begin_ns());
      total_ = table.hits();
      show_whole(table);
    }
    show_summary(losses, 0);
    auto flushed = flush();
    if (error_) return *error_;
    return flushed;
  }
  bool is_done() const override { return error_.has_value(); }
  uint64_t matched() override {
    const auto hits = read();
    return hits ? std::accumulate(hits->begin(), hits->end(), uint64_t{0}) : 0;
  }
  std::string summary(const Losses& losses) const override {
    return fmt::format("{} counted, {}", counted(total_, "hit"), describe(losses));
  }

 private:
  Result<std::vector<uint64_t>> read() {
    auto hits = read_();
    if (!hits) error_ = hits.error();
    return hits;
  }

  const TracerTree* tree_;
  std::function<Result<std::vector<uint64_t>>()> read_;
  std::vector<uint64_t> before_;  // as of the last table
  uint64_t total_ = 0;
  std::optional<Error> error_;
};

}  // namespace

std::unique_ptr<Sink> make_count_sink(CountSetup setup) {
  return std::make_unique<CountSink>(std::move(setup));
}

}  // namespace nettrace
