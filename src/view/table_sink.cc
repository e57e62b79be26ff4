// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "view/table_sink.h"

#include <utility>

#include "render/json_renderer.h"

namespace nettrace {

TableSink::TableSink(TableSetup setup)
    : setup_(std::move(setup)), screen_(setup_.in_place), shown_ns_(setup_.begin_ns) {
  output_.buffer() = std::move(setup_.greeting);
}

uint64_t TableSink::due_ns() const {
  return setup_.interval_ns ? shown_ns_ + *setup_.interval_ns : UINT64_MAX;
}

void TableSink::show_losses(const Losses& losses, uint64_t malformed) {
  if (setup_.format == Format::json) append_losses(losses, malformed, output_.buffer());
  screen_.leave();
}

void TableSink::show_summary(const Losses& losses, uint64_t malformed) {
  if (setup_.format == Format::json) append_summary(losses, malformed, 0, output_.buffer());
}

}  // namespace nettrace
