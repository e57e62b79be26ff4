// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What sinks that show a table have in common: on standard output, each so often and whole at the
// end, as text or JSON, on a terminal each table over the one before.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "event/sink.h"
#include "io/output.h"
#include "io/table_screen.h"
#include "render/display_model.h"
#include "render/time_column.h"

namespace nettrace {

struct TableSetup {
  std::optional<uint64_t> interval_ns = {};  // a table each so often, beside the one at the end
  bool in_place = false;                     // standard output is a terminal
  Format format = Format::text;
  TimeColumn time = TimeColumn();
  std::string greeting = {};  // the first thing written; may be empty
  uint64_t begin_ns = 0;      // CLOCK_MONOTONIC
};

class TableSink : public Sink, public TimedDisplay {
 public:
  explicit TableSink(TableSetup setup);

  TimedDisplay* timed() override { return this; }
  uint64_t due_ns() const override;
  Result<bool> flush() override { return output_.flush(); }
  bool has_shown() const override { return screen_.has_shown(); }

 protected:
  uint64_t begin_ns() const { return setup_.begin_ns; }
  uint64_t shown_ns() const { return shown_ns_; }  // when the last table was, or the begin
  // The table of what was so far.
  template <typename Table>
  void show(const Table& table, uint64_t now_ns) {
    shown_ns_ = now_ns;
    show(table, TableScreen::Size::fitting);
  }
  // The last one.
  template <typename Table>
  void show_whole(const Table& table) {
    show(table, TableScreen::Size::whole);
  }
  void show_losses(const Losses& losses, uint64_t malformed);
  void show_summary(const Losses& losses, uint64_t malformed);

 private:
  template <typename Table>
  void show(const Table& table, TableScreen::Size size) {
    const auto write = [&](size_t max_lines, std::string& out) {
      setup_.format == Format::json ? append_json(table, out)
                                    : append_text(table, max_lines, setup_.time, out);
    };
    screen_.show(size, write, output_.buffer());
  }

  TableSetup setup_;
  TableScreen screen_;
  uint64_t shown_ns_;
  Output output_;
};

}  // namespace nettrace
