// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Events and leaves for tests of what is above packet/.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "event/event.h"
#include "support/record_builder.h"
#include "tracer/tree.h"

namespace nettrace::test {

inline Leaf leaf_named(std::string name, std::string module = "ip-in") {
  Leaf leaf;
  leaf.name = std::move(name);
  leaf.module = std::move(module);
  return leaf;
}

// What a record without a mistake says; it points into the record.
inline Event event_of(const nt_record& record) {
  return std::get<Event>(*decode(bytes_of(record)));
}

}  // namespace nettrace::test
