// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Events as the seed's lines.
#pragma once

#include <string>
#include <vector>

#include "event.h"
#include "fields.h"
#include "tracer_tree.h"

namespace nettrace {

struct TextStyle {
  std::vector<const Field*> columns;  // between the time and the function
  bool colour = false;
};

// Appends one line with its newline; allocates nothing once `out` has grown.
void append_line(const TextStyle& style, const Event& event, const Leaf& leaf, std::string& out);

}  // namespace nettrace
