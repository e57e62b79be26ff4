// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "view/view.h"

#include <variant>

#include "event/inner_packet.h"

namespace nettrace {

void View::take(std::span<const std::byte> bytes, std::string& out) {
  if (is_done()) return;
  if (setup_.inner) bytes = without_tunnels(bytes, memory_);
  if (decode(bytes, record_)) {
    ++malformed_;
    return;
  }
  auto* const event = std::get_if<Event>(&record_);
  if (event == nullptr || admit(*event)) add(record_, out);
}

bool View::admit(Event& event) {
  if (event.leaf >= setup_.tree->leaves.size()) {
    ++malformed_;
    return false;
  }
  if (!setup_.is_wanted(event)) return false;
  if (!setup_.stacks[event.leaf]) event.stack = {};
  ++events_;
  return true;
}

}  // namespace nettrace
