// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// tracer.json as a tree: what can be traced, in which group, and how.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "nettrace/config.h"
#include "nettrace/sections.h"

namespace nettrace {

enum class LeafType { kprobe, kretprobe, tracepoint };

// What the number that a function returns means ("returns"), which C's int does not say.
enum class ReturnMeaning {
  by_type,  // BTF says it all
  number,
  error,
  transmit,
  tc_action,
  xdp_action,
  receive,
  verdict,
  conntrack,
};
// As in tracer.json.
inline constexpr std::array<std::pair<std::string_view, ReturnMeaning>, 8> return_meanings = {{
    {"number", ReturnMeaning::number},
    {"errno", ReturnMeaning::error},
    {"NET_XMIT", ReturnMeaning::transmit},
    {"NET_RX", ReturnMeaning::receive},
    {"TC_ACT", ReturnMeaning::tc_action},
    {"XDP", ReturnMeaning::xdp_action},
    {"NF", ReturnMeaning::verdict},
    {"conntrack", ReturnMeaning::conntrack},
}};

// An argument that a leaf lists ("args"), to be shown with it.
struct LeafArgument {
  uint8_t index = 0;  // from 0; BTF decides where it knows better
  std::string type;   // as in C: "enum skb_drop_reason"

  bool operator==(const LeafArgument&) const = default;
};

inline constexpr size_t max_leaf_arguments = NT_MAX_ARGS;

// A kernel function or tracepoint.
struct Leaf {
  std::string name;
  LeafType type = LeafType::kprobe;
  std::optional<uint8_t> skb_index;  // argument that is the skb, from 0; BTF decides where it knows
  bool skb_is_pointer_to_pointer = false;  // that argument is a struct sk_buff **
  std::string skb_field;           // tracepoints: the field that holds the skb; empty: BTF tells
  std::string tracepoint;          // "skb:kfree_skb"
  std::string regex;               // what the kernel may call it; empty: `name`
  std::vector<LeafArgument> args;  // at most max_leaf_arguments
  ReturnMeaning returns = ReturnMeaning::by_type;
  std::string instead;  // the leaf that does this one's work where it is missing; may be empty
  bool is_end = false;  // frees the skb
  bool hidden = false;  // not shown by -t ?
  std::string module;   // text of the module column: the nearest visual group's name, else the
                        // enclosing group's
};

struct Group {
  struct Child {
    bool is_group = false;
    size_t index = 0;  // into `groups`, or into TracerTree::leaves
  };

  std::string name;
  std::string desc;
  bool hidden = false;          // not shown by -t ?
  bool visual = false;          // names the module column of the leaves below it
  size_t first_leaf = 0;        // its leaves, those of its groups included, are
  size_t end_leaf = 0;          // TracerTree::leaves[first_leaf .. end_leaf)
  std::vector<Group> groups;    // the direct ones
  std::vector<Child> children;  // groups and leaves in the file's order
};

struct TracerTree {
  Group root;                         // always named "all"
  std::vector<Leaf> leaves;           // in the file's order
  std::vector<std::string> warnings;  // unknown fields and such, each a line
};

// Bounds of a tree; a file beyond one of them is an error.
inline constexpr size_t max_tree_bytes = 8 << 20;
inline constexpr size_t max_tree_levels = 64;
inline constexpr size_t max_leaves = size_t{1} << NT_COOKIE_LEAF_BITS;
inline constexpr size_t max_regexes = 256;       // each is held against every kernel symbol
inline constexpr size_t max_name_length = 128;   // printable ASCII without blanks and commas
inline constexpr size_t max_field_length = 256;  // bytes of any other text

// Each name belongs to one leaf or one group only, so that -t is never ambiguous; but a group may
// have its parent's name, and -t then means the outer one.
// `source` names the text in messages: a path, or "the built-in tracer.json". Errors are usage
// errors.
Result<TracerTree> parse_tracer_tree(std::string_view json_text, std::string_view source);

// The text from which parse_tracer_tree() makes the same tree, with the same numbers of its leaves.
// Recordings hold it, because their records name leaves by number.
std::string write_tracer_tree(const TracerTree& tree);

// Leaves (indexes into tree.leaves, in the file's order, each once) that a -t list selects: groups
// and leaves by name, leaves by globs. Words with a "!" in front exclude leaves in the same ways.
struct Selection {
  std::vector<size_t> leaves;
  std::vector<size_t> named;  // those that a word names exactly, in the file's order
};
// An unknown name is a usage error that says which ones are near; so is a glob without a match.
Result<Selection> select(const TracerTree& tree, const std::vector<std::string>& words);

// By leaf: whether it is selected and the words select it. A word that selects none of the selected
// leaves is a usage error.
Result<std::vector<bool>> select_stacks(const TracerTree& tree, const Selection& selection,
                                        const std::vector<std::string>& words);

// The output of -t ?, in the original nettrace's format. `missing` has one entry a leaf: an empty
// string where the kernel has it, else a short mark. It is empty where the kernel is unknown.
std::string print_tree(const TracerTree& tree, const std::vector<std::string>& missing);

}  // namespace nettrace
