// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "view/block_view.h"

#include <utility>
#include <variant>

namespace nettrace {

BlockView::BlockView(ViewSetup setup, BlockConsumer& consumer)
    : View(std::move(setup)),
      consumer_(consumer),
      timeline_(setup_.limits,
                {.leaves = &setup_.tree->leaves,
                 .return_types = setup_.return_types,
                 .all_returns = setup_.returns},
                *this, setup_.forget) {}

// An event without a tracking id could not be followed, which the kernel side has counted.
void BlockView::add(const Record& record, std::string& out) {
  if (const auto* event = std::get_if<Event>(&record)) {
    if (event->tracking_id != 0) timeline_.add(*event, out);
  } else if (const auto* result = std::get_if<Return>(&record)) {
    timeline_.add(*result, out);
  } else {
    timeline_.add(std::get<TrackingChange>(record), out);
  }
}

void BlockView::block(const Block& block, std::string& out) {
  if (is_done() || block.total_ns() < setup_.min_latency_ns) return;
  consumer_.block(block, out);
  lines_ += block.lines.size();
  ++(block.end == Block::End::complete ? blocks_ : unfinished_);
}

}  // namespace nettrace
