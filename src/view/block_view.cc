// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "view/view.h"

namespace nettrace {
namespace {

class BlockView : public View {
 public:
  explicit BlockView(ViewSetup setup)
      : View(std::move(setup)),
        timeline_(
            setup_.limits,
            {.leaves = &setup_.tree->leaves,
             .return_types = setup_.return_types,
             .stacks = &setup_.stacks,
             .all_returns = setup_.returns},
            [this](const Block& block) { show(block); }, setup_.forget) {}

  void pass_time(uint64_t now_ns, std::string& out) override {
    out_ = &out;
    timeline_.pass_time(now_ns);
  }
  void lose(uint64_t from_ns, uint64_t to_ns) override { timeline_.lose(from_ns, to_ns); }
  void finish(std::string& out) override {
    out_ = &out;
    timeline_.finish();
  }

 private:
  // An event without a life could not be followed, which the kernel side has counted.
  void add(const Event& event, std::span<const std::byte> bytes, std::string& out) override {
    out_ = &out;
    if (event.tracking_id != 0) timeline_.add(event, bytes);
  }
  void add(const Return& result, std::string& out) override {
    out_ = &out;
    timeline_.add(result);
  }
  void add(const TrackingChange& change, std::string& out) override {
    out_ = &out;
    timeline_.add(change);
  }

  void show(const Block& block) {
    if (is_done() || block.total_ns() < setup_.min_latency_ns) return;
    setup_.renderer->block(block, *out_);
    lines_ += block.lines.size();
    ++(block.end == Block::End::complete ? blocks_ : unfinished_);
  }

  Timeline timeline_;
  std::string* out_ = nullptr;  // of the call that is under way
};

}  // namespace

std::unique_ptr<View> make_block_view(ViewSetup setup) {
  return std::make_unique<BlockView>(std::move(setup));
}

}  // namespace nettrace
