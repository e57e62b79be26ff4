// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Events as the original nettrace's lines.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "event/symbol_table.h"
#include "render/colour.h"
#include "render/columns.h"
#include "render/display_model.h"
#include "render/time_column.h"

namespace nettrace {

struct TextStyle {
  std::vector<const Column*> columns = {};  // between the time and the function
  bool colour = false;
  std::vector<std::string_view> functions = {};  // their attributes, by leaf; empty: all alike
  size_t function_width = 24;                    // at least
  bool grows = false;                        // columns are as wide as the widest before them was
  bool meanings = true;                      // say what return values mean
  bool totals = false;                       // how long each packet of --timeline took
  NamespaceNamer namespaces = {};            // empty: they have no names
  const LeafArguments* arguments = nullptr;  // outlives the renderer; null: no leaf lists any
  TimeForm time = TimeForm::boot;
  int64_t realtime_offset_ns = 0;  // for the time of day: CLOCK_REALTIME minus CLOCK_MONOTONIC
};

class TextRenderer : public Renderer {
 public:
  // `symbols` outlives the renderer; without it, a stack is shown as addresses.
  TextRenderer(TextStyle style, const SymbolTable* symbols)
      : style_(std::move(style)),
        symbols_(symbols),
        time_(style_.time, style_.realtime_offset_ns),
        widths_(style_.columns.size()) {}

  // Return value and stack follow on lines of their own.
  void line(const Line& line, std::string& out) override;
  void block(const Block& block, std::string& out) override;

 private:
  char* put_time(uint64_t time_ns, char* to);
  void append_columns(const Line& line, std::string& out);
  char* put_function(const Line& line, char* to);
  std::string function_column(const Line& line) const;
  void append_return(const ReturnType& type, uint64_t value, std::string& out) const;
  void append_stack(std::span<const std::byte> stack, std::string& out) const;
  static void append_total(const Block& block, std::string& out);
  void append_merge(const SkbMerge& merge, std::string& out);
  const SymbolTable& symbols() const;
  // Itself, or nothing where there is no colour.
  std::string_view attribute(std::string_view attribute) const;
  std::string_view attribute(Outcome outcome) const;

  TextStyle style_;
  const SymbolTable* symbols_;
  TimeColumn time_;                     // knows the line before
  std::vector<size_t> widths_;          // of the columns, with style_.grows
  std::vector<std::string> functions_;  // their columns, by leaf; empty: not shown yet
};

}  // namespace nettrace
