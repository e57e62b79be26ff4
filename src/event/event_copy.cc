// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "event/event_copy.h"

#include <cstring>
#include <type_traits>

namespace nettrace {
namespace {

// Each view into the record.
template <typename AnyEvent, typename Visitor>
void visit_views(AnyEvent& event, const Visitor& visit) {
  visit(event.ifname);
  visit(event.comm);
  visit(event.stack);
}

}  // namespace

size_t pointed_bytes(const Event& event) {
  size_t bytes = 0;
  visit_views(event, [&](const auto& view) { bytes += view.size(); });
  return bytes;
}

Event copy_event(const Event& event, std::byte* memory) {
  Event copy = event;
  copy.record = {};
  visit_views(copy, [&](auto& view) {
    if (view.empty()) return;
    std::memcpy(memory, view.data(), view.size());
    using View = std::remove_reference_t<decltype(view)>;
    view = View(reinterpret_cast<typename View::const_pointer>(memory), view.size());
    memory += view.size();
  });
  return copy;
}

}  // namespace nettrace
