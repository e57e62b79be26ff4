// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// TracerTree -> the text of a tracer.json.
#include <fmt/core.h>

#include "base/json_writer.h"
#include "tracer/tree.h"

namespace nettrace {
namespace {

void write_text(JsonWriter& json, const char* key, const std::string& text) {
  if (!text.empty()) json.key(key).text(text);
}

void write_flag(JsonWriter& json, const char* key, bool flag) {
  if (flag) json.key(key).boolean(true);
}

void write_args(JsonWriter& json, const std::vector<LeafArgument>& args) {
  if (args.empty()) return;
  json.key("args").open('[');
  for (const LeafArgument& argument : args) {
    json.open('{');
    json.key("arg").number(argument.index);
    json.key("as").text(argument.type);
    json.close('}');
  }
  json.close(']');
}

void write_returns(JsonWriter& json, ReturnMeaning meaning) {
  for (const auto& [word, value] : return_meanings) {
    if (value == meaning) json.key("returns").text(word);
  }
}

// A string says no more than a name and the index of the skb; ':' divides the two.
bool fits_in_a_string(const Leaf& leaf) {
  return leaf.type == LeafType::kprobe && !leaf.skb_is_pointer_to_pointer && leaf.regex.empty() &&
         leaf.instead.empty() && leaf.args.empty() && leaf.returns == ReturnMeaning::by_type &&
         !leaf.is_end && !leaf.hidden && leaf.name.find(':') == std::string::npos;
}

void write_leaf(JsonWriter& json, const Leaf& leaf) {
  if (fits_in_a_string(leaf)) {
    json.text(leaf.skb_index ? fmt::format("{}:{}", leaf.name, *leaf.skb_index) : leaf.name);
    return;
  }
  json.open('{');
  json.key("name").text(leaf.name);
  if (leaf.type == LeafType::kretprobe) json.key("type").text("kretprobe");
  if (leaf.type == LeafType::tracepoint) {
    json.key("type").text("tracepoint");
    json.key("tp").text(leaf.tracepoint);
    write_text(json, "skb", leaf.skb_field);
  }
  if (leaf.skb_index) {
    json.key(leaf.skb_is_pointer_to_pointer ? "pskb" : "skb").number(*leaf.skb_index);
  }
  write_text(json, "regex", leaf.regex);
  write_text(json, "instead", leaf.instead);
  write_args(json, leaf.args);
  write_returns(json, leaf.returns);
  write_flag(json, "is_end", leaf.is_end);
  write_flag(json, "hidden", leaf.hidden);
  json.close('}');
}

void write_group(JsonWriter& json, const TracerTree& tree, const Group& group) {
  json.open('{');
  json.key("name").text(group.name);
  write_text(json, "desc", group.desc);
  write_flag(json, "visual", group.visual);
  write_flag(json, "hidden", group.hidden);
  json.key("children").open('[');
  for (const auto& [is_group, index] : group.children) {
    if (is_group) {
      write_group(json, tree, group.groups[index]);
    } else {
      write_leaf(json, tree.leaves[index]);
    }
  }
  json.close(']');
  json.close('}');
}

}  // namespace

std::string write_tracer_tree(const TracerTree& tree) {
  std::string text;
  JsonWriter json(text);
  write_group(json, tree, tree.root);
  json.flush();
  return text;
}

}  // namespace nettrace
