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

using attributes::bold, attributes::dim, attributes::plain;

constexpr size_t return_indent = 16;
constexpr size_t frame_indent = 8;

constexpr size_t max_time_text = dim.size() + TimeColumn::max_characters + 1 + plain.size() + 1;
constexpr size_t max_function_text =
    max_attribute_bytes + 1 + max_name_length + 1 + plain.size() + 2;

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

char* TextRenderer::put_time(uint64_t time_ns, char* to) {
  to = time_.put(time_ns, put_text(attribute(dim), to));
  *to++ = ':';
  to = put_text(attribute(plain), to);
  *to++ = ' ';
  return to;
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

// The same on each line of a leaf.
char* TextRenderer::put_function(const Line& line, char* to) {
  const uint32_t leaf = line.event->leaf;
  if (leaf >= functions_.size()) functions_.resize(leaf + 1);
  if (functions_[leaf].empty()) functions_[leaf] = function_column(line);
  return put_text(functions_[leaf], to);
}

// At most max_function_text.
std::string TextRenderer::function_column(const Line& line) const {
  const bool has_own = !style_.functions.empty();
  std::string column(attribute(has_own ? style_.functions[line.event->leaf] : bold));
  append_column(std::string_view(line.leaf->name).substr(0, max_name_length),
                std::min(style_.function_width, max_name_length), column);
  column += attribute(plain);
  column += ": ";
  return column;
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
  char time[max_time_text];
  out.append(time, put_time(merge.time_ns, time));
  append_format(out, "skb {:x} became a part of skb {:x}\n", merge.skb, merge.merged_into);
}

void TextRenderer::append_total(const Block& block, std::string& out) {
  append_format(out, "total: {:.3f}us\n", static_cast<double>(block.total_ns()) / ns_per_us);
}

// Put together in one place: an append costs more than most of the parts.
void TextRenderer::line(const Line& line, std::string& out) {
  char text[max_time_text + max_function_text + max_summary_text + 1];
  char* end = put_time(line.time_ns, text);
  if (!style_.columns.empty()) {
    out.append(text, end);
    append_columns(line, out);
    end = text;
  }
  end = put_summary(line.event->packet, put_function(line, end));
  *end++ = '\n';
  out.append(text, static_cast<size_t>(end - text));
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
