// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "view/line_view.h"

#include <variant>

namespace nettrace {

void LineView::add(const Record& record, std::string& out) {
  if (const auto* event = std::get_if<Event>(&record)) {
    add_event(*event, out);
  } else if (const auto* result = std::get_if<Return>(&record)) {
    add_return(*result, out);
  }
}

void LineView::add_event(const Event& event, std::string& out) {
  if (event.call != 0) {
    Event again = event;
    if (!event.at_return) again.stack = {};  // it stands under the first line
    calls_.add(event.call, OwnedEvent(again));
  }
  if (event.at_return) return;
  show({.event = &event, .leaf = &setup_.tree->leaves[event.leaf], .time_ns = event.time_ns}, out);
}

void LineView::add_return(const Return& result, std::string& out) {
  const OwnedEvent* const call = calls_.find(result.call);
  if (call == nullptr) return;  // the hit was lost, and counted
  const Event& event = call->get();
  Line line{.event = &event, .leaf = &setup_.tree->leaves[event.leaf], .time_ns = result.time_ns};
  const ReturnType& type = (*setup_.return_types)[event.leaf];
  if (setup_.returns && type.kind != ReturnType::Kind::nothing) {
    line.return_type = &type;
    line.returned = result.value;
  }
  if (event.at_return || line.returned) show(line, out);
  calls_.erase(result.call);
}

void LineView::show(Line line, std::string& out) {
  const uint64_t tracking_id = line.event->tracking_id;
  if (setup_.latency && tracking_id != 0) line.since_ns = steps_.take(tracking_id, line.time_ns);
  renderer_.line(line, out);
  ++lines_;
}

}  // namespace nettrace
