// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Events, packets and the summary as JSON, one object a line. docs/nettrace.schema.json describes
// them.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "event/source.h"
#include "event/symbol_table.h"
#include "render/columns.h"
#include "render/display_model.h"

namespace nettrace {

class JsonWriter;

class JsonRenderer : public Renderer {
 public:
  // `symbols` outlives the renderer; without it, a stack is shown as addresses.
  // `columns`: that were asked for, of which a few are not in every event.
  // `arguments` outlives it, too; null: no leaf lists any.
  explicit JsonRenderer(const SymbolTable* symbols, std::vector<const Column*> columns = {},
                        NamespaceNamer namespaces = {}, const LeafArguments* arguments = nullptr)
      : symbols_(symbols),
        columns_(std::move(columns)),
        namespaces_(std::move(namespaces)),
        arguments_(arguments) {}

  void line(const Line& line, std::string& out) override;
  void block(const Block& block, std::string& out) override;

 private:
  void write_event(const Line& line, JsonWriter& json);
  const std::string& function_members(const Line& line);
  void write_columns(const Line& line, JsonWriter& json) const;
  const SymbolTable& symbols() const;

  const SymbolTable* symbols_;
  std::vector<const Column*> columns_;
  NamespaceNamer namespaces_;
  const LeafArguments* arguments_;
  std::vector<std::string> functions_;  // their members, by leaf; empty: not shown yet
};

// The last line. `printed`: events; `malformed`: records that could not be decoded.
void append_summary(const Losses& losses, uint64_t malformed, uint64_t printed, std::string& out);
// Between the lines, where something was lost: what was so far.
void append_losses(const Losses& losses, uint64_t malformed, std::string& out);

}  // namespace nettrace
