// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Events whose return is awaited are kept as bytes, so that the packet can be shown again as it
// was.
#include "base/bounded_map.h"
#include "view/steps.h"
#include "view/view.h"

namespace nettrace {
namespace {

constexpr size_t max_open_calls = 65536;

class LineView : public View {
 public:
  explicit LineView(ViewSetup setup) : View(std::move(setup)) {}

  void pass_time(uint64_t, std::string&) override {}
  void finish(std::string&) override {}

 private:
  void add(const Event& event, std::span<const std::byte> bytes, std::string& out) override {
    if (event.call != 0) calls_.add(event.call, {bytes.begin(), bytes.end()});
    if (event.at_return) return;
    show({.event = &event, .leaf = &setup_.tree->leaves[event.leaf], .time_ns = event.time_ns},
         out);
  }

  void add(const Return& result, std::string& out) override {
    const auto* const call = calls_.find(result.call);
    if (call == nullptr) return;  // the hit was lost, and counted
    const auto record = decode(*call);
    Event event = std::get<Event>(*record);
    if (!event.at_return || !setup_.stacks[event.leaf])
      event.stack = {};  // it stands under the first line
    Line line{.event = &event, .leaf = &setup_.tree->leaves[event.leaf], .time_ns = result.time_ns};
    const ReturnType& type = (*setup_.return_types)[event.leaf];
    if (setup_.returns && type.kind != ReturnType::Kind::nothing) {
      line.return_type = &type;
      line.returned = result.value;
    }
    if (event.at_return || line.returned) show(line, out);
    calls_.erase(result.call);
  }

  void add(const TrackingChange&, std::string&) override {}

  void show(Line line, std::string& out) {
    const uint64_t tracking_id = line.event->tracking_id;
    if (setup_.latency && tracking_id != 0) line.since_ns = steps_.take(tracking_id, line.time_ns);
    setup_.renderer->line(line, out);
    ++lines_;
  }

  Steps steps_;
  // A return that was lost must not keep its call for ever.
  BoundedMap<uint64_t, std::vector<std::byte>> calls_{max_open_calls};
};

}  // namespace

std::unique_ptr<View> make_line_view(ViewSetup setup) {
  return std::make_unique<LineView>(std::move(setup));
}

}  // namespace nettrace
