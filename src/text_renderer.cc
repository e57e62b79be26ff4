// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A line: time, columns, function, packet.
#include "text_renderer.h"

#include <fmt/format.h>

#include <iterator>

#include "text.h"

namespace nettrace {
namespace {

// Terminal attributes (ECMA-48); the text between them is the same as without.
constexpr std::string_view dim = "\033[2m";
constexpr std::string_view bold = "\033[1m";
constexpr std::string_view plain = "\033[0m";

constexpr uint64_t ns_per_s = 1'000'000'000;
constexpr uint64_t ns_per_us = 1'000;

void append_time(uint64_t time_ns, std::string& out) {
  fmt::format_to(std::back_inserter(out), "{}.{:06}:", time_ns / ns_per_s,
                 time_ns % ns_per_s / ns_per_us);
}

}  // namespace

void append_line(const TextStyle& style, const Event& event, const Leaf& leaf, std::string& out) {
  if (style.colour) out += dim;
  append_time(event.time_ns, out);
  if (style.colour) out += plain;
  out += ' ';
  for (const Field* column : style.columns) column->append(event, leaf, out);
  if (style.colour) out += bold;
  append_column(leaf.name, 24, out);
  if (style.colour) out += plain;
  out += ": ";
  append_summary(event.packet, out);
  out += '\n';
}

}  // namespace nettrace
