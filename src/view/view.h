// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Decodes records, once each, and hands on those that are to be shown: as they come (line_view.h),
// or a block a packet (block_view.h).
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "event/event.h"
#include "render/display_model.h"
#include "view/timeline.h"

namespace nettrace {

struct ViewSetup {
  const TracerTree* tree;                       // both live as long as the view
  const std::vector<ReturnType>* return_types;  // by leaf
  std::vector<bool> stacks = {};                // by leaf: whether its stacks are shown
  bool returns = false;                         // --ret
  bool inner = false;                           // --inner
  bool latency = false;                         // lines say how long ago the step before was
  uint64_t max_lines = UINT64_MAX;
  uint64_t max_blocks = UINT64_MAX;  // complete ones
  uint64_t min_latency_ns = 0;       // blocks that took less are not shown
  Timeline::Limits limits = {};
  Timeline::Forgetter forget = [](uint64_t, uint64_t) {};
  // Events that are not to be shown; what belongs to a recording and not to this reading of it.
  std::function<bool(const Event&)> is_wanted = [](const Event&) { return true; };
};

class View {
 public:
  virtual ~View() = default;

  // Appends to `out` what there is to show of a record; nothing once is_done().
  void take(std::span<const std::byte> bytes, std::string& out);

  bool is_done() const { return lines_ >= setup_.max_lines || blocks_ >= setup_.max_blocks; }
  uint64_t lines() const { return lines_; }
  uint64_t events() const { return events_; }  // that were taken
  uint64_t malformed() const { return malformed_; }

 protected:
  explicit View(ViewSetup setup) : setup_(std::move(setup)) {}
  // An event that passed is_wanted, with the stack that is to be shown.
  virtual void add(const Record& record, std::string& out) = 0;

  ViewSetup setup_;
  uint64_t lines_ = 0;
  uint64_t blocks_ = 0;  // complete ones

 private:
  bool admit(Event& event);

  Record record_;                  // the one that is being looked at
  std::vector<std::byte> memory_;  // its bytes, where they are not those that came
  uint64_t events_ = 0;
  uint64_t malformed_ = 0;
};

}  // namespace nettrace
