// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A line for each event, as it comes.
#pragma once

#include <string>

#include "base/bounded_map.h"
#include "event/event_copy.h"
#include "view/steps.h"
#include "view/view.h"

namespace nettrace {

class LineView : public View {
 public:
  // `renderer` lives as long as the view.
  LineView(ViewSetup setup, Renderer& renderer) : View(std::move(setup)), renderer_(renderer) {}

 private:
  void add(const Record& record, std::string& out) override;
  void add_event(const Event& event, std::string& out);
  void add_return(const Return& result, std::string& out);
  void show(Line line, std::string& out);

  static constexpr size_t max_open_calls = 65536;

  Renderer& renderer_;
  Steps steps_;
  // Events whose return is awaited, by their call: the packet is shown again as it was. A return
  // that was lost must not keep its call for ever.
  BoundedMap<uint64_t, OwnedEvent> calls_{max_open_calls};
};

}  // namespace nettrace
