// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// tracer.json -> TracerTree. The first mistake becomes the error; parsing then continues, and
// build() discards the result.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>

#include "base/foreign_text.h"
#include "base/json_reader.h"
#include "tracer/pattern.h"
#include "tracer/tree.h"

namespace nettrace {
namespace {

using nlohmann::json;

// A level of groups is an object and an array; the leaf at the bottom is an object again, with a
// list of arguments.
constexpr JsonLimits tracer_limits = {
    .bytes = max_tree_bytes, .depth = 2 * max_tree_levels + 3, .values = 32 * max_leaves};

constexpr auto group_fields =
    std::to_array<std::string_view>({"name", "desc", "children", "visual", "hidden"});
constexpr auto leaf_fields =
    std::to_array<std::string_view>({"name", "desc", "skb", "pskb", "type", "tp", "is_end", "regex",
                                     "instead", "hidden", "args", "returns"});

constexpr auto argument_fields = std::to_array<std::string_view>({"arg", "as"});

constexpr std::pair<std::string_view, LeafType> leaf_types[] = {
    {"kprobe", LeafType::kprobe},
    {"kretprobe", LeafType::kretprobe},
    {"tracepoint", LeafType::tracepoint}};

constexpr size_t max_warnings = 16;

bool is_name(std::string_view text) {
  const auto is_allowed = [](char c) { return c > ' ' && c < 0x7f && c != ','; };
  return !text.empty() && text.size() <= max_name_length &&
         std::all_of(text.begin(), text.end(), is_allowed);
}

// "enum NAME", "NAME" or several words of a type such as "unsigned int".
bool is_c_type(std::string_view text) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == ' ';
  };
  return !text.empty() && text.size() <= max_name_length && text.front() != ' ' &&
         std::all_of(text.begin(), text.end(), is_allowed);
}

// "category:name", both of which are names of folders in tracefs.
bool is_tracepoint(std::string_view text) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  };
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  const auto category = text.substr(0, colon);
  const auto name = text.substr(colon + 1);
  return !category.empty() && !name.empty() &&
         std::all_of(category.begin(), category.end(), is_allowed) &&
         std::all_of(name.begin(), name.end(), is_allowed);
}

class Builder {
 public:
  explicit Builder(std::string_view source) : source_(source) {}

  Result<TracerTree> build(const json& root) {
    if (!root.is_object() || !root.contains("children")) {
      fail("the file must hold one group, with the name 'all' and children");
    } else {
      tree_.root = group(root, nullptr, "", 1);
      if (tree_.root.name != "all") fail("the outermost group must have the name 'all'");
    }
    if (tree_.leaves.empty()) fail("no leaves: nothing to trace");
    check_successors();
    if (error_) return std::move(*error_);
    return std::move(tree_);
  }

 private:
  // `module` is the nearest visual group's name, or empty.
  Group group(const json& node, const Group* parent, std::string module, size_t level) {
    Group result;
    result.name = name_of(node, parent);
    const std::string owner = "group " + in_quotes(result.name);
    if (parent == nullptr || parent->name != result.name) claim(result.name, true);
    if (level > max_tree_levels) fail(fmt::format("more than {} levels", max_tree_levels));
    warn_unknown(node, group_fields, owner);
    append_printable(text(node, "desc", owner), result.desc);
    result.hidden = flag(node, "hidden", owner);
    result.visual = flag(node, "visual", owner);
    if (result.visual) module = result.name;
    result.first_leaf = tree_.leaves.size();
    const json& children = node.at("children");
    if (!children.is_array()) fail_type(owner, "children", "an array", children);
    for (const json& child : children) {
      if (error_) break;
      add_child(child, result, module, level);
    }
    result.end_leaf = tree_.leaves.size();
    return result;
  }

  void add_child(const json& child, Group& parent, const std::string& module, size_t level) {
    if (child.is_object() && child.contains("children")) {
      parent.children.push_back({true, parent.groups.size()});
      parent.groups.push_back(group(child, &parent, module, level + 1));
      return;
    }
    Leaf result;
    if (child.is_string()) {
      result = short_leaf(child.get_ref<const std::string&>());
    } else if (child.is_object()) {
      result = leaf(child, parent);
    } else {
      fail_type("group " + in_quotes(parent.name), "a child", "an object or a string", child);
    }
    claim(result.name, false);
    result.module = module.empty() ? parent.name : module;
    parent.children.push_back({false, tree_.leaves.size()});
    tree_.leaves.push_back(std::move(result));
    if (tree_.leaves.size() > max_leaves) fail(fmt::format("more than {} leaves", max_leaves));
  }

  // "ip_rcv", or "napi_gro_receive:1" with the argument's index.
  Leaf short_leaf(std::string_view words) {
    const size_t colon = words.find(':');
    Leaf result;
    result.name = words.substr(0, colon);
    if (!is_name(result.name)) fail_name("leaf", result.name);
    if (colon == std::string_view::npos) return result;
    const auto digits = words.substr(colon + 1);
    uint8_t index = 0;
    const auto [end, error] = std::from_chars(digits.begin(), digits.end(), index);
    if (error != std::errc() || end != digits.end()) {
      fail(
          fmt::format("leaf {}: ':' must be followed by the index of an argument (a tracepoint is "
                      "written as an object with type and tp)",
                      in_quotes(words)));
    }
    result.skb_index = index;
    return result;
  }

  Leaf leaf(const json& node, const Group& parent) {
    Leaf result;
    result.name = name_of(node, &parent);
    const std::string owner = "leaf " + in_quotes(result.name);
    warn_unknown(node, leaf_fields, owner);
    (void)text(node, "desc", owner);  // for the file's readers
    result.type = type(node, owner);
    result.is_end = flag(node, "is_end", owner);
    result.hidden = flag(node, "hidden", owner);
    result.instead = text(node, "instead", owner);
    result.args = arguments(node, owner);
    result.returns = return_meaning(node, owner);
    if (result.type == LeafType::tracepoint) {
      read_tracepoint(node, owner, result);
    } else {
      read_function(node, owner, result);
    }
    return result;
  }

  void read_function(const json& node, const std::string& owner, Leaf& result) {
    warn_useless(node, "tp", owner, "on a function");
    if (node.contains("skb") && node.contains("pskb")) {
      fail(owner + ": give skb or pskb, not both");
    }
    result.skb_is_pointer_to_pointer = node.contains("pskb");
    result.skb_index = index(node, result.skb_is_pointer_to_pointer ? "pskb" : "skb", owner);
    result.regex = text(node, "regex", owner);
    if (!node.contains("regex")) return;
    const auto pattern = Pattern::compile(result.regex);
    if (!pattern) fail(fmt::format("{}: {}", owner, pattern.error().what));
    if (++regexes_ > max_regexes) fail(fmt::format("more than {} regexes", max_regexes));
  }

  void read_tracepoint(const json& node, const std::string& owner, Leaf& result) {
    warn_useless(node, "regex", owner, "on a tracepoint");
    warn_useless(node, "pskb", owner, "on a tracepoint");
    result.skb_field = text(node, "skb", owner);
    result.tracepoint = text(node, "tp", owner);
    if (!is_tracepoint(result.tracepoint)) {
      fail(owner + ": a tracepoint needs a tp such as \"skb:kfree_skb\"");
    }
  }

  // Fields, each checked for its type; a default where there is none.

  std::string name_of(const json& node, const Group* parent) {
    const std::string where =
        parent == nullptr ? "the outermost group" : "a child of group " + in_quotes(parent->name);
    if (!node.contains("name")) fail(where + " has no name");
    std::string name = text(node, "name", where);
    if (!is_name(name)) fail_name(where, name);
    return name;
  }

  std::string text(const json& node, const char* field, const std::string& owner) {
    const auto found = node.find(field);
    if (found == node.end()) return {};
    if (!found->is_string()) {
      fail_type(owner, field, "a string", *found);
      return {};
    }
    const auto& value = found->get_ref<const std::string&>();
    if (value.size() > max_field_length) {
      fail(fmt::format("{}: {} is longer than {} bytes", owner, field, max_field_length));
    }
    return value;
  }

  bool flag(const json& node, const char* field, const std::string& owner) {
    const auto found = node.find(field);
    if (found == node.end()) return false;
    if (found->is_boolean()) return found->get<bool>();
    fail_type(owner, field, "true or false", *found);
    return false;
  }

  std::optional<uint8_t> index(const json& node, const char* field, const std::string& owner) {
    const auto found = node.find(field);
    if (found == node.end()) return std::nullopt;
    constexpr uint64_t max_index = std::numeric_limits<uint8_t>::max();
    if (found->is_number_unsigned() && found->get<uint64_t>() <= max_index)
      return found->get<uint8_t>();
    fail_type(owner, field, "the index of an argument, from 0", *found);
    return std::nullopt;
  }

  // "args": [{"arg": 2, "as": "enum skb_drop_reason"}]
  std::vector<LeafArgument> arguments(const json& node, const std::string& owner) {
    std::vector<LeafArgument> result;
    const auto found = node.find("args");
    if (found == node.end()) return result;
    if (!found->is_array() || found->size() > max_leaf_arguments) {
      fail(fmt::format("{}: args must be a list of at most {} arguments", owner,
                       max_leaf_arguments));
      return result;
    }
    for (const json& item : *found) {
      if (!item.is_object() || !item.contains("arg") || !item.contains("as")) {
        fail(owner +
             ": each of args needs an arg and an as, such as "
             "{\"arg\": 2, \"as\": \"enum skb_drop_reason\"}");
        return result;
      }
      warn_unknown(item, argument_fields, owner);
      result.push_back({index(item, "arg", owner).value_or(0), text(item, "as", owner)});
      if (!is_c_type(result.back().type)) {
        fail(fmt::format("{}: as is {}, which is no C type such as enum skb_drop_reason or u32",
                         owner, in_quotes(result.back().type)));
      }
    }
    return result;
  }

  ReturnMeaning return_meaning(const json& node, const std::string& owner) {
    if (!node.contains("returns")) return ReturnMeaning::by_type;
    const std::string word = text(node, "returns", owner);
    std::string words;
    for (const auto& [name, value] : return_meanings) {
      if (name == word) return value;
      words += (words.empty() ? "" : ", ") + std::string(name);
    }
    fail(fmt::format("{}: returns is {}, but must be one of {}", owner, in_quotes(word), words));
    return ReturnMeaning::by_type;
  }

  LeafType type(const json& node, const std::string& owner) {
    if (!node.contains("type")) return LeafType::kprobe;
    const std::string word = text(node, "type", owner);
    for (const auto& [name, value] : leaf_types) {
      if (word == name) return value;
    }
    fail(fmt::format("{}: type must be kprobe, kretprobe or tracepoint, not {}", owner,
                     in_quotes(word)));
    return LeafType::kprobe;
  }

  // The tree as a whole.

  void claim(const std::string& name, bool is_group) {
    const auto [owner, is_new] = owners_.try_emplace(name, is_group);
    if (is_new) return;
    if (owner->second != is_group) {
      fail(fmt::format("{} is the name of a group and of a leaf", in_quotes(name)));
    } else {
      fail(fmt::format("{} {} is there twice", is_group ? "group" : "leaf", in_quotes(name)));
    }
  }

  void check_successors() {
    for (Leaf& leaf : tree_.leaves) {
      if (leaf.instead.empty()) continue;
      const auto owner = owners_.find(leaf.instead);
      const bool is_leaf = owner != owners_.end() && !owner->second;
      if (is_leaf && leaf.instead != leaf.name) continue;
      warn(fmt::format("leaf {}: {} is no other leaf that could be used instead",
                       in_quotes(leaf.name), in_quotes(leaf.instead)));
      leaf.instead.clear();
    }
  }

  // Warnings and errors.

  void warn_unknown(const json& node, std::span<const std::string_view> fields,
                    const std::string& owner) {
    for (const auto& [field, value] : node.items()) {
      if (std::find(fields.begin(), fields.end(), field) != fields.end()) continue;
      if (tree_.warnings.size() >= max_warnings || !unknown_.insert(field).second) continue;
      warn(fmt::format("{}: the field {} is not known and does nothing", owner, in_quotes(field)));
    }
  }

  void warn_useless(const json& node, const char* field, const std::string& owner,
                    const char* where) {
    if (node.contains(field)) warn(fmt::format("{}: {} does nothing {}", owner, field, where));
  }

  void warn(const std::string& what) {
    if (tree_.warnings.size() < max_warnings) {
      tree_.warnings.push_back(fmt::format("{}: {}", source_, what));
    }
  }

  void fail_name(const std::string& where, std::string_view name) {
    fail(
        fmt::format("{}: {} is not a name: 1 to {} printable ASCII characters without blanks and "
                    "commas",
                    where, in_quotes(name), max_name_length));
  }
  void fail_type(const std::string& owner, const char* field, const char* expected,
                 const json& value) {
    const bool is_short = value.is_number() || value.is_boolean();
    fail(fmt::format("{}: {} must be {}, not {}", owner, field, expected,
                     is_short ? value.dump() : value.type_name()));
  }
  void fail(const std::string& what) {
    if (!error_) error_ = usage_error(fmt::format("{}: {}", source_, what));
  }

  std::string_view source_;
  TracerTree tree_;
  std::optional<Error> error_;
  std::unordered_map<std::string, bool> owners_;  // of every name: is it a group?
  std::set<std::string> unknown_;                 // fields that a warning names
  size_t regexes_ = 0;
};

}  // namespace

Result<TracerTree> parse_tracer_tree(std::string_view json_text, std::string_view source) {
  const auto root = read_json(json_text, source, tracer_limits);
  if (!root) return root.error();
  return Builder(source).build(*root);
}

}  // namespace nettrace
