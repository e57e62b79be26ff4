// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What must hold for the text and the JSON of any record.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "render/json_renderer.h"
#include "render/text_renderer.h"

namespace nettrace::fuzz {

inline void require(bool holds) {
  if (!holds) std::abort();
}

// Lines that a terminal can be shown.
inline void require_lines(std::string_view text, size_t lines) {
  require(text.back() == '\n');
  require(static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
            return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
          })) == lines);
}

inline const SymbolTable& symbols() {
  static const SymbolTable table = [] {
    SymbolTable some;
    some.add(0x1000, "function", "");
    some.add(0xffffffff81000000, "\"\\\033\xff", "\xc2");
    some.sort();
    return some;
  }();
  return table;
}

// The kind and the value that a return of the event's call would have had.
inline ReturnType return_type_of(const Event& event) {
  constexpr auto kinds = static_cast<unsigned>(ReturnType::Kind::enumeration) + 1;
  return {.kind = static_cast<ReturnType::Kind>(event.section<nt_task>().pid % kinds),
          .bytes = static_cast<uint8_t>(event.cpu),
          .names = {{0, "\"\\\033\xff"}}};
}

// With every column, what the function returned, and as a block.
inline void check_text(const Line& line, const Block& block) {
  static TextRenderer renderer(
      [] {
        TextStyle all;
        for (const Column& column : all_columns()) all.columns.push_back(&column);
        return all;
      }(),
      &symbols());
  constexpr size_t longest_line = 400;
  const size_t frames = frame_count(line.event->stack);

  std::string text;
  renderer.line(line, text);
  require_lines(text, 2 + frames);
  require(text.size() < longest_line * (2 + frames));
  text.clear();
  renderer.block(block, text);
  require_lines(text, 6 + frames);  // header, absorption, why it is unfinished, an empty line
}

inline void check_json(const Line& line, const Block& block) {
  static JsonRenderer renderer(&symbols());
  std::string json;
  renderer.line(line, json);
  require_lines(json, 1);
  require(nlohmann::json::accept(json));
  json.clear();
  renderer.block(block, json);
  require_lines(json, 1);
  require(nlohmann::json::accept(json));
}

// A view hands on events of leaves that its tree has, and no others.
inline void check_line(Event event) {
  event.leaf = 0;
  static const Leaf leaf{.name = "function", .module = "module"};
  const ReturnType type = return_type_of(event);
  const Line line{.event = &event,
                  .leaf = &leaf,
                  .time_ns = event.time_ns,
                  .return_type = &type,
                  .returned = event.call};
  const SkbMerge merge{.time_ns = event.call, .skb = event.tracking_id, .merged_into = event.skb};
  const Block block{.tracking_id = event.tracking_id,
                    .skb = event.skb,
                    .lines = {&line, 1},
                    .merges = {&merge, 1},
                    .end = Block::End::silent};
  check_text(line, block);
  check_json(line, block);
}

}  // namespace nettrace::fuzz
