// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A line: time, columns, function, packet. Below it, indented, its return value and its stack.
#include "render/text_renderer.h"

#include <algorithm>

#include "base/append_format.h"
#include "base/clock.h"
#include "base/digits.h"
#include "base/utf8.h"

namespace nettrace {
namespace {

constexpr size_t return_indent = 16;
constexpr size_t frame_indent = 8;

using attributes::bold, attributes::dim, attributes::plain;

}  // namespace

std::string_view TextRenderer::attribute(std::string_view attribute) const {
  return style_.colour ? attribute : "";
}

std::string_view TextRenderer::attribute(Outcome outcome) const {
  switch (outcome) {
    case Outcome::accepted:
      return attribute(attributes::good);
    case Outcome::dropped:
      return attribute(attributes::bad);
    case Outcome::unknown:
      return {};
  }
  return {};  // not reached
}

void TextRenderer::append_time(uint64_t time_ns, std::string& out) {
  char text[dim.size() + TimeColumn::max_characters + 1 + plain.size() + 1];
  char* end = time_.put(time_ns, put_text(attribute(dim), text));
  *end++ = ':';
  end = put_text(attribute(plain), end);
  *end++ = ' ';
  out.append(text, static_cast<size_t>(end - text));
}

void TextRenderer::append_columns(const Line& line, std::string& out) {
  const Cells cells{.event = line.event,
                    .leaf = line.leaf,
                    .symbols = &symbols(),
                    .namespaces = &style_.namespaces,
                    .since_ns = line.since_ns,
                    .arguments = style_.arguments};
  for (size_t i = 0; i < style_.columns.size(); ++i) {
    const size_t start = out.size();
    style_.columns[i]->append(cells, out);
    if (!style_.grows) continue;
    const size_t width = count_characters(std::string_view(out).substr(start));
    widths_[i] = std::max(widths_[i], width);
    out.insert(out.size() - 1, widths_[i] - width, ' ');  // before the bracket
  }
}

// As append_column(), for a name that is short, printable ASCII: the tree's are.
void TextRenderer::append_function(const Line& line, std::string& out) const {
  char text[max_attribute_bytes + 1 + max_name_length + 1 + plain.size() + 2];
  const bool has_own = !style_.functions.empty();
  char* end = put_text(attribute(has_own ? style_.functions[line.event->leaf] : bold), text);
  *end++ = '[';
  char* const column_end = end + std::min(style_.function_width, max_name_length);
  end = put_text(std::string_view(line.leaf->name).substr(0, max_name_length), end);
  while (end < column_end) *end++ = ' ';
  *end++ = ']';
  end = put_text(": ", put_text(attribute(plain), end));
  out.append(text, static_cast<size_t>(end - text));
}

void TextRenderer::append_return(const ReturnType& type, uint64_t value, std::string& out) const {
  const std::string_view colour = attribute(outcome(type, value));
  out.append(return_indent, ' ');
  append_format(out, "return value:{}{:x}", colour, narrow(type, value));
  const size_t start = out.size();
  out += " (";
  if (style_.meanings) append_meaning(type, value, out);
  if (out.size() == start + 2) {
    out.resize(start);
  } else {
    out += ')';
  }
  if (!colour.empty()) out += plain;
  out += '\n';
}

const SymbolTable& TextRenderer::symbols() const {
  static const SymbolTable none;
  return symbols_ ? *symbols_ : none;
}

void TextRenderer::append_stack(std::span<const std::byte> stack, std::string& out) const {
  for (size_t i = 0; i < frame_count(stack); ++i) {
    out.append(frame_indent, ' ');
    out += attribute(dim);
    append_frame(symbols(), frame_at(stack, i), out);
    out += attribute(plain);
    out += '\n';
  }
}

void TextRenderer::append_merge(const SkbMerge& merge, std::string& out) {
  append_time(merge.time_ns, out);
  append_format(out, "skb {:x} became a part of skb {:x}\n", merge.skb, merge.merged_into);
}

void TextRenderer::append_total(const Block& block, std::string& out) {
  append_format(out, "total: {:.3f}us\n", static_cast<double>(block.total_ns()) / ns_per_us);
}

void TextRenderer::line(const Line& line, std::string& out) {
  append_time(line.time_ns, out);
  append_columns(line, out);
  append_function(line, out);
  append_summary(line.event->packet, out);
  out += '\n';
  if (line.returned) append_return(*line.return_type, *line.returned, out);
  if (!line.event->stack.empty()) append_stack(line.event->stack, out);
}

void TextRenderer::block(const Block& block, std::string& out) {
  out += attribute(bold);
  append_format(out, "<------------------- skb: {:x} ---------------------->", block.skb);
  out += attribute(plain);
  out += '\n';
  time_.restart();
  auto merge = block.merges.begin();
  for (const Line& shown : block.lines) {
    for (; merge != block.merges.end() && merge->time_ns < shown.time_ns; ++merge) {
      append_merge(*merge, out);
    }
    line(shown, out);
  }
  for (; merge != block.merges.end(); ++merge) append_merge(*merge, out);
  if (style_.totals && !block.lines.empty()) append_total(block, out);
  if (block.lossy) out += "(events were lost meanwhile: it may lack some)\n";
  if (block.end != Block::End::complete) {
    append_format(out, "(unfinished: {})\n", explain(block.end));
  }
  out += '\n';
}

}  // namespace nettrace
