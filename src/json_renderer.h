// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Events, packets and the summary as JSON, one object a line. docs/nettrace.schema.json describes
// them.
#pragma once

#include <cstdint>
#include <string>

#include "event_source.h"
#include "shown.h"
#include "stack.h"

namespace nettrace {

class JsonRenderer : public Renderer {
 public:
  // `symbols` outlives the renderer; without it, a stack is shown as addresses.
  explicit JsonRenderer(const SymbolTable* symbols) : symbols_(symbols) {}

  void line(const Line& line, std::string& out) const override;
  void block(const Block& block, std::string& out) const override;

 private:
  const SymbolTable* symbols_;
};

// The last line. `printed`: events; `malformed`: records that could not be decoded.
void append_summary(const Losses& losses, uint64_t malformed, uint64_t printed, std::string& out);
// Between the lines, where something was lost: what was so far.
void append_losses(const Losses& losses, uint64_t malformed, std::string& out);

}  // namespace nettrace
