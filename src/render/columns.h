// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The output columns, each once: text, help and completion walk this table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "event/event.h"
#include "event/symbol_table.h"
#include "tracer/tree.h"

namespace nettrace {

// What the kernel side has to put into records for it.
// `steps`: packets are followed, and the view knows when they were seen last.
enum class RecordField { nothing, device, task, netns, mark, caller, steps };

// Names of network namespaces by inode number, valid until the next one is asked for; empty: none.
using NamespaceNamer = std::function<std::string_view(uint32_t inode)>;

// What a line shows in its columns.
struct Cells {
  const Event* event;                          // never null
  const Leaf* leaf;                            // never null
  const SymbolTable* symbols;                  // never null
  const NamespaceNamer* namespaces = nullptr;  // null, or empty: they have no names
  std::optional<int64_t> since_ns = {};        // the packet's step before
};

struct Field {
  std::string_view name;  // as in --output
  std::string_view help;
  bool in_detail;  // --detail shows it
  RecordField needs;
  // Appends "[...]"; allocates nothing once `out` has grown.
  void (*append)(const Cells& line, std::string& out);
};

// In --detail's order.
std::span<const Field> all_fields();
const Field* find_field(std::string_view name);

// It costs too much to be in every recording.
inline bool is_recorded_on_demand(RecordField needs) { return needs == RecordField::caller; }

// "[text   ]": foreign text made printable, filled with blanks up to `width` characters.
void append_column(std::string_view text, size_t width, std::string& out);

}  // namespace nettrace
