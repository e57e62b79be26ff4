// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Each leaf finds its functions among the kernel's, then the skb among each one's arguments.
#include "plan/attach_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/result.h"
#include "plan/backend.h"
#include "plan/tracking_hooks.h"
#include "tracer/pattern.h"

namespace nettrace {
namespace {

// Tracepoints are traced all the same.
constexpr const char* no_probes = "out of reach: this kernel has neither kprobes nor fentry";

// Why a leaf cannot be traced; completes "NAME is ...".
Error reason(std::string text) { return trace_error(std::move(text)); }

std::optional<uint8_t> readable(std::optional<uint8_t> index) {
  return index && *index < readable_arguments ? index : std::nullopt;
}

struct SkbArgument {
  uint8_t index = 0;
  bool is_pointer_to_pointer = false;
};

// What BTF says, as near as possible to what the leaf says.
std::optional<SkbArgument> skb_by_btf(const Leaf& leaf, const Function& function) {
  if (leaf.skb_index) {
    const auto& all = function.skb_indexes;
    if (std::find(all.begin(), all.end(), *leaf.skb_index) != all.end()) {
      return SkbArgument{*leaf.skb_index, false};
    }
    if (function.skbp_index == leaf.skb_index) return SkbArgument{*leaf.skb_index, true};
  }
  const bool prefer_pointer = leaf.skb_is_pointer_to_pointer || !function.skb_index;
  if (prefer_pointer && function.skbp_index) return SkbArgument{*function.skbp_index, true};
  if (function.skb_index) return SkbArgument{*function.skb_index, false};
  return std::nullopt;
}

// Copies of an inline function are in the symbol table, but not traceable. Mostly they are not in
// BTF either (unlike foo.constprop.0, which is not and can be traced); where they are, the global
// function that does the work gives them away.
bool is_inlined(const Leaf& leaf, std::string_view name, const Function& function,
                const KernelFacts& facts) {
  if (!function.local) return false;
  const auto successor = facts.functions.find(leaf.instead);
  if (successor != facts.functions.end() && !successor->second.local) return true;
  return function.module.empty() && !function.in_btf && name.find('.') == std::string_view::npos;
}

std::optional<Error> no_way_to(const Function& function, const Features& features) {
  if (!attaches_functions(features)) return reason(no_probes);
  if (function.btf_id != 0 || !attaches_by_btf_alone(features)) return std::nullopt;
  return reason("not described by this kernel's BTF, and there are no kprobes to do without");
}

Result<SkbArgument> find_skb(const Leaf& leaf, std::string_view name, const Function& function,
                             const KernelFacts& facts) {
  if (is_inlined(leaf, name, function, facts)) return reason("inlined in this kernel");
  if (function.closed) return reason("closed to probes in this kernel");
  if (function.copies > 1) {
    return reason(
        fmt::format("ambiguous: {} functions of this kernel bear its name", function.copies));
  }
  if (auto obstacle = no_way_to(function, facts.features)) return *obstacle;
  std::optional<SkbArgument> skb;
  if (function.in_btf) {
    skb = skb_by_btf(leaf, function);
    if (!skb && function.large_argument) {
      return reason("out of reach: an argument of more than 8 bytes comes before its skb");
    }
    if (!skb) return reason("not called with an skb in this kernel");
  } else {
    if (!leaf.skb_index) {
      return reason("not described by this kernel's BTF: its leaf needs an skb index");
    }
    skb = SkbArgument{*leaf.skb_index, leaf.skb_is_pointer_to_pointer};
  }
  if (skb->index < readable_arguments) return *skb;
  return reason(fmt::format("out of reach: its skb is argument {}, and probes read the first {}",
                            skb->index + 1, readable_arguments));
}

using Attachments = std::vector<Attachment>;
using FunctionEntry = FunctionMap::value_type;
using Owners = std::unordered_map<std::string_view, size_t>;  // function -> leaf

Result<Attachments> attach_tracepoint(const TracerTree& tree, size_t index,
                                      const KernelFacts& facts) {
  const Leaf& leaf = tree.leaves[index];
  const auto found = facts.tracepoints.find(leaf.tracepoint);
  if (found == facts.tracepoints.end()) return reason(std::string(not_in_kernel));
  const auto& fields = found->second.fields;
  if (!leaf.skb_field.empty() && !fields.empty() &&
      std::find(fields.begin(), fields.end(), leaf.skb_field) == fields.end()) {
    return reason(fmt::format("lacking a field {} in this kernel (it has {})", leaf.skb_field,
                              fmt::join(fields, ", ")));
  }
  const auto& skb = found->second.skb_arg;
  if (!skb) return reason("not called with an skb that this kernel's BTF describes");
  const std::string name = leaf.tracepoint.substr(leaf.tracepoint.find(':') + 1);
  return Attachments{{.target = {.kind = Target::Kind::tracepoint, .name = name},
                      .leaf = static_cast<uint32_t>(index),
                      .skb_index = *skb,
                      .sock_index = found->second.sock_arg}};
}

// The real functions that the leaf's regex matches and no other leaf owns; may be none, and `why`
// then says more than that the kernel has none.
Result<std::vector<const FunctionEntry*>> regex_matches(const TracerTree& tree, size_t index,
                                                        const KernelFacts& facts,
                                                        const Owners& owners, std::string& why) {
  std::vector<const FunctionEntry*> matches;
  const auto pattern = Pattern::compile(tree.leaves[index].regex);
  if (!pattern) return reason("not traceable: " + pattern.error().what);
  for (const FunctionEntry& function : facts.functions) {
    if (!pattern->matches(function.first)) continue;
    const auto owner = owners.find(function.first);
    if (is_compiler_fragment(function.first)) {
      why = fmt::format("not in this kernel, only a piece of it ({})", function.first);
    } else if (owner != owners.end() && owner->second != index) {
      why = "covered by leaf " + tree.leaves[owner->second].name;
    } else {
      matches.push_back(&function);
    }
  }
  if (matches.size() <= max_functions_per_leaf) return matches;
  return reason(fmt::format("too wide: its regex matches {} functions, more than {}",
                            matches.size(), max_functions_per_leaf));
}

// The kernel's functions that the leaf stands for, at least one.
Result<std::vector<const FunctionEntry*>> functions_of(const TracerTree& tree, size_t index,
                                                       const KernelFacts& facts,
                                                       const Owners& owners) {
  const Leaf& leaf = tree.leaves[index];
  std::string why_none(not_in_kernel);
  if (!leaf.regex.empty()) {
    auto matches = regex_matches(tree, index, facts, owners, why_none);
    if (!matches || !matches->empty()) return matches;
  }
  const auto exact = facts.functions.find(leaf.name);
  if (exact == facts.functions.end()) return reason(why_none);
  return std::vector<const FunctionEntry*>{&*exact};
}

// Never an empty list. The functions in it are the leaf's own from now on.
Result<Attachments> attach(const TracerTree& tree, size_t index, const KernelFacts& facts,
                           Owners& owners) {
  const Leaf& leaf = tree.leaves[index];
  if (leaf.type == LeafType::tracepoint) return attach_tracepoint(tree, index, facts);
  const auto functions = functions_of(tree, index, facts, owners);
  if (!functions) return functions.error();
  Attachments attachments;
  std::optional<Error> first_error;
  for (const auto* entry : *functions) {
    const auto& [name, function] = *entry;
    const auto skb = find_skb(leaf, name, function, facts);
    if (skb) {
      owners[name] = index;
      attachments.push_back({.target = function_target(name, function),
                             .leaf = static_cast<uint32_t>(index),
                             .skb_index = skb->index,
                             .skb_is_pointer_to_pointer = skb->is_pointer_to_pointer,
                             .sock_index = readable(function.sock_index),
                             .flow_index = readable(function.flow_index)});
    } else if (!first_error) {
      first_error = skb.error();
    }
  }
  if (attachments.empty()) return *first_error;
  return attachments;
}

const std::vector<Parameter>& parameters_of(const Leaf& leaf, const KernelFacts& facts,
                                            const Target& target) {
  static const std::vector<Parameter> none;
  switch (target.kind) {
    case Target::Kind::kernel_function:
    case Target::Kind::module_function:
      return facts.functions.find(target.name)->second.parameters;
    case Target::Kind::tracepoint:
      return facts.tracepoints.find(leaf.tracepoint)->second.parameters;
  }
  return none;  // not reached
}

// Where the arguments that the leaf lists are in what this attachment is called with, and what BTF
// calls them; those that BTF does not find there are left out.
std::vector<Parameter> listed_parameters(const Leaf& leaf, const KernelFacts& facts,
                                         const Attachment& attachment,
                                         std::vector<std::string>& missing) {
  const bool reads_all = !is_function(attachment.target);
  const auto& all = parameters_of(leaf, facts, attachment.target);
  std::vector<Parameter> listed;
  for (const LeafArgument& argument : leaf.args) {
    const auto has_type = [&](const Parameter& parameter) {
      return parameter.type == argument.type && (reads_all || parameter.index < readable_arguments);
    };
    auto found = std::find_if(all.begin(), all.end(), [&](const Parameter& parameter) {
      return has_type(parameter) && parameter.index == argument.index;
    });
    if (found == all.end()) found = std::find_if(all.begin(), all.end(), has_type);
    if (found != all.end()) {
      listed.push_back(*found);
    } else {
      missing.push_back(fmt::format("{} has no argument of the type {} in this kernel",
                                    attachment.target.name, argument.type));
    }
  }
  return listed;
}

// A leaf may stand for several functions: their arguments are listed only where they are alike, as
// the kernel side looks them up by leaf.
void list_arguments(const TracerTree& tree, const KernelFacts& facts, AttachPlan& plan) {
  std::map<uint32_t, std::vector<Parameter>> by_leaf;
  std::set<uint32_t> differing;
  for (const Attachment& attachment : plan.attachments) {
    const Leaf& leaf = tree.leaves[attachment.leaf];
    if (leaf.args.empty()) continue;
    auto listed = listed_parameters(leaf, facts, attachment, plan.missing_arguments);
    const auto [entry, is_new] = by_leaf.try_emplace(attachment.leaf, listed);
    if (!is_new && entry->second != listed) differing.insert(attachment.leaf);
  }
  for (const uint32_t leaf : differing) {
    plan.missing_arguments.push_back(fmt::format(
        "{} stands for functions whose arguments differ, and shows none", tree.leaves[leaf].name));
  }
  for (Attachment& attachment : plan.attachments) {
    const auto found = by_leaf.find(attachment.leaf);
    if (found == by_leaf.end() || differing.contains(attachment.leaf)) continue;
    if (found->second.empty()) continue;
    plan.arguments.resize(tree.leaves.size());
    auto& arguments = plan.arguments[attachment.leaf];
    arguments.clear();
    for (const Parameter& parameter : found->second) {
      attachment.args.push_back(parameter.index);
      arguments.push_back({parameter.name, facts.types.find(parameter.type)->second});
    }
  }
}

// Finds the leaf to use where another one is missing.
class Successors {
 public:
  Successors(const TracerTree& tree, const KernelFacts& facts)
      : tree_(tree), facts_(facts), traceable_(tree.leaves.size()) {
    for (size_t i = 0; i < tree.leaves.size(); ++i) by_name_.emplace(tree.leaves[i].name, i);
  }

  // The next traceable leaf in the chain of successors; empty: there is none.
  std::string of(size_t leaf) {
    constexpr int longest_chain = 8;  // it may also be a ring
    for (int i = 0; i < longest_chain; ++i) {
      const auto next = by_name_.find(tree_.leaves[leaf].instead);
      if (next == by_name_.end()) return {};
      leaf = next->second;
      if (is_traceable(leaf)) return tree_.leaves[leaf].name;
    }
    return {};
  }

 private:
  bool is_traceable(size_t leaf) {
    Owners none;
    if (!traceable_[leaf]) traceable_[leaf] = bool(attach(tree_, leaf, facts_, none));
    return *traceable_[leaf];
  }

  const TracerTree& tree_;
  const KernelFacts& facts_;
  std::unordered_map<std::string_view, size_t> by_name_;
  std::vector<std::optional<bool>> traceable_;  // by leaf, once asked
};

// The leaf knows what an int means; where this kernel's function returns something else, such as
// enum skb_drop_reason, its type says more.
ReturnType::Kind kind_of(ReturnMeaning meaning) {
  switch (meaning) {
    case ReturnMeaning::by_type:
    case ReturnMeaning::number:
      return ReturnType::Kind::number;
    case ReturnMeaning::error:
      return ReturnType::Kind::error;
    case ReturnMeaning::transmit:
      return ReturnType::Kind::transmit;
    case ReturnMeaning::tc_action:
      return ReturnType::Kind::tc_action;
    case ReturnMeaning::xdp_action:
      return ReturnType::Kind::xdp_action;
    case ReturnMeaning::receive:
      return ReturnType::Kind::receive;
    case ReturnMeaning::verdict:
      return ReturnType::Kind::verdict;
    case ReturnMeaning::conntrack:
      return ReturnType::Kind::conntrack;
  }
  return ReturnType::Kind::number;  // not reached
}

bool is_integer(const ReturnType& type) {
  using Kind = ReturnType::Kind;
  const bool is_pointer = type.kind == Kind::other && type.bytes == 8;
  return !is_pointer && (type.kind == Kind::number || type.kind == Kind::other ||
                         type.kind == Kind::verdict || type.kind == Kind::receive);
}

// Whether the function's return is probed, and what it returns.
void decide_return(const TracerTree& tree, const KernelFacts& facts, const PlanOptions& options,
                   Attachment& attachment, ReturnType& type) {
  if (!is_function(attachment.target)) return;
  using Kind = ReturnType::Kind;
  type = facts.functions.find(attachment.target.name)->second.returns;
  const ReturnMeaning meaning = tree.leaves[attachment.leaf].returns;
  if (meaning != ReturnMeaning::by_type && is_integer(type)) type.kind = kind_of(meaning);
  attachment.at_return = tree.leaves[attachment.leaf].type == LeafType::kretprobe;
  attachment.returns = attachment.at_return || (options.returns && type.kind != Kind::nothing) ||
                       (options.returned_copies && type.kind == Kind::skb);
}

}  // namespace

AttachPlan make_plan(const TracerTree& tree, const Selection& selection, const KernelFacts& facts,
                     const PlanOptions& options) {
  Owners owners;
  for (const size_t leaf : selection.leaves) {
    if (tree.leaves[leaf].type != LeafType::tracepoint) owners[tree.leaves[leaf].name] = leaf;
  }
  Successors successors(tree, facts);
  AttachPlan plan;
  for (const size_t leaf : selection.leaves) {
    auto attachments = attach(tree, leaf, facts, owners);
    if (attachments) {
      std::move(attachments->begin(), attachments->end(), std::back_inserter(plan.attachments));
    } else {
      plan.missing.push_back(
          {static_cast<uint32_t>(leaf), attachments.error().what, successors.of(leaf)});
    }
  }
  list_arguments(tree, facts, plan);
  plan.return_types.resize(tree.leaves.size());
  for (Attachment& attachment : plan.attachments) {
    decide_return(tree, facts, options, attachment, plan.return_types[attachment.leaf]);
    attachment.stack = attachment.leaf < options.stacks.size() && options.stacks[attachment.leaf];
  }
  if (options.track_skbs) add_hooks(facts, plan);
  return plan;
}

}  // namespace nettrace
