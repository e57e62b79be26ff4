// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "view/view.h"

#include <variant>

#include "packet/tunnel.h"

namespace nettrace {

void View::take(std::span<const std::byte> bytes, std::string& out) {
  if (is_done()) return;
  if (setup_.inner) bytes = without_tunnels(bytes, memory_);
  if (decode(bytes, record_)) {
    ++malformed_;
  } else if (auto* event = std::get_if<Event>(&record_)) {
    if (event->leaf >= setup_.tree->leaves.size()) {
      ++malformed_;
    } else if (setup_.is_wanted(*event)) {
      if (!setup_.stacks[event->leaf]) event->stack = {};
      ++events_;
      add(*event, bytes, out);
    }
  } else if (const auto* result = std::get_if<Return>(&record_)) {
    add(*result, out);
  } else {
    add(std::get<TrackingChange>(record_), out);
  }
}

}  // namespace nettrace
