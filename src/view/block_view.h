// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A block for each packet, when it has gone.
#pragma once

#include <cstdint>
#include <string>

#include "view/timeline.h"
#include "view/view.h"

namespace nettrace {

class BlockView : public View, private BlockConsumer {
 public:
  // `consumer` gets the blocks that are to be shown, and lives as long as the view.
  BlockView(ViewSetup setup, BlockConsumer& consumer);

  void pass_time(uint64_t now_ns, std::string& out) { timeline_.pass_time(now_ns, out); }
  // pass_time() has something to do then.
  uint64_t due_ns() const { return timeline_.due_ns(); }
  // Records were lost in this span of time.
  void lose(uint64_t from_ns, uint64_t to_ns) { timeline_.lose(from_ns, to_ns); }
  // Shows the blocks that are still held back: tracing is over.
  void finish(std::string& out) { timeline_.finish(out); }

  uint64_t blocks() const { return blocks_; }  // complete ones
  uint64_t unfinished_blocks() const { return unfinished_; }

 private:
  void add(const Record& record, std::string& out) override;
  void block(const Block& block, std::string& out) override;

  BlockConsumer& consumer_;
  Timeline timeline_;
  uint64_t unfinished_ = 0;
};

}  // namespace nettrace
