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

#include "base/json_writer.h"
#include "event/argument.h"
#include "event/event.h"
#include "event/symbol_table.h"
#include "tracer/tree.h"

namespace nettrace {

// Names of network namespaces by inode number, valid until the next one is asked for; empty: none.
using NamespaceNamer = std::function<std::string_view(uint32_t inode)>;

// What a line shows in its columns.
struct Cells {
  const Event* event;                          // never null
  const Leaf* leaf;                            // never null
  const SymbolTable* symbols;                  // never null
  const NamespaceNamer* namespaces = nullptr;  // null, or empty: they have no names
  std::optional<int64_t> since_ns = {};        // the packet's step before
  const LeafArguments* arguments = nullptr;    // null: no leaf lists any
};

struct Column {
  std::string_view name;  // as in --output
  std::string_view help;
  bool in_detail;                     // --detail shows it
  std::optional<nt_section> section;  // that hits need for it
  bool needs_tracking;                // skbs are tracked for it: the view knows their last step
  // Appends "[...]"; allocates nothing once `out` has grown.
  void (*append)(const Cells& line, std::string& out);
  // Its keys and values in a JSON event; null: every event has them.
  void (*write)(const Cells& line, JsonWriter& json);
};

// In --detail's order.
std::span<const Column> all_columns();
const Column* find_column(std::string_view name);

inline SectionBits sections_of(const Column& column) {
  return column.section ? bit_of(*column.section) : SectionBits{0};
}

// {"address": "0x…", "symbol": …, "offset": …, "module": …}
void write_frame(const SymbolTable& symbols, uint64_t address, JsonWriter& json);

// "[text   ]": foreign text made printable, filled with blanks up to `width` characters.
void append_column(std::string_view text, size_t width, std::string& out);

}  // namespace nettrace
