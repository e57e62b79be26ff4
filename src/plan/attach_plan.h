// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Tree + selection + kernel facts -> what to attach where, and what is missing and why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "event/argument.h"
#include "nettrace/record.h"
#include "plan/facts.h"
#include "plan/target.h"
#include "tracer/tree.h"

namespace nettrace {

struct Attachment {
  Target target = {};
  nt_subject_kind subject = NT_SUBJECT_SKB;
  uint32_t leaf = 0;      // index into TracerTree::leaves; of a hook: enum nt_hook
  uint8_t skb_index = 0;  // position of the skb (or of the pointer to it) among the arguments
  bool skb_is_pointer_to_pointer = false;
  std::optional<uint8_t> sock_index = {};  // of a struct sock, which knows what a packet without
                                           // headers cannot tell
  std::optional<uint8_t> flow_index = {};  // of a struct flowi4 or flowi6, by which the transport
                                           // header will be written
  std::vector<uint8_t> args = {};          // positions of the arguments that its leaf lists
  bool returns = false;                    // its return is probed, too
  bool at_return = false;                  // with `returns`: the line is that of the return
  bool stack = false;                      // with the stack of its callers
  bool ends = false;                       // the skb ends here: after the line, its tracking does
  bool is_hook = false;                    // keeps skb tracking right, shows nothing
};

// A module that is not loaded cannot be asked.
inline constexpr std::string_view not_in_kernel = "not in this kernel or a loaded module";

struct MissingLeaf {
  uint32_t leaf = 0;
  std::string reason;   // completes "NAME is ...": "not in this kernel"
  std::string instead;  // a traceable leaf that does its work here; may be empty
};

// Of a function where packets are copied, merged or freed.
struct MissingHook {
  std::string_view symbol;
  std::string_view purpose;  // "copies of packets"
  std::string_view reason;   // "this kernel has no function"
};

struct AttachPlan {
  std::vector<Attachment> attachments;  // a function is in it once, hooks apart
  std::vector<MissingLeaf> missing;     // in the selection's order
  std::vector<Attachment> hooks;        // with PlanOptions::track_skbs
  std::vector<MissingHook> missing_hooks;
  std::vector<ReturnType> return_types;        // by leaf
  LeafArguments arguments;                     // empty: no leaf lists any
  std::vector<std::string> missing_arguments;  // that leaves list, a line each: "f has no …"
};

// What the trace shows besides the hits.
struct PlanOptions {
  bool track_skbs = false;
  bool returns = false;           // --ret
  bool returned_copies = false;   // at least the returns of functions that return an skb
  std::vector<bool> stacks = {};  // by leaf; may be shorter: the rest has none
};

// Functions that one leaf's regex may take, and arguments of a function that a probe can read
// (those in registers on x86_64).
inline constexpr size_t max_functions_per_leaf = 64;
inline constexpr uint8_t readable_arguments = 6;

// A leaf stands for the function of its name; with a regex, for every real function that the regex
// matches (foo as well as foo.constprop.0: callers are split between them), or where it matches
// none, for the function of its name. A function goes to the selected leaf that bears its name,
// else to the first whose regex matches it. Where the kernel's BTF describes the function, BTF
// decides where the skb is, and the leaf's own position only which one, if there are several. A
// name that several functions bear is not traced: the kernel would probe one of them.
AttachPlan make_plan(const TracerTree& tree, const Selection& selection, const KernelFacts& facts,
                     const PlanOptions& options = {});

}  // namespace nettrace
