// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Tree + selection + kernel facts -> what to attach where, and what is missing and why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "facts.h"
#include "tracer_tree.h"

namespace nettrace {

struct Attachment {
  enum class Kind { function, tracepoint };

  Kind kind = Kind::function;
  uint32_t leaf = 0;      // index into TracerTree::leaves; travels in the cookie
  std::string symbol;     // the kernel's name of the function; of a tracepoint without category
  uint8_t skb_index = 0;  // position of the skb (or of the pointer to it) among the arguments
  bool skb_is_pointer_to_pointer = false;
  std::optional<uint8_t> sock_index = {};  // of a struct sock, which knows what a packet without
                                           // headers cannot tell
};

struct MissingLeaf {
  uint32_t leaf = 0;
  std::string reason;   // completes "NAME is ...": "not in this kernel"
  std::string instead;  // a traceable leaf that does its work here; may be empty
};

struct AttachPlan {
  std::vector<Attachment> attachments;  // a function is in it once
  std::vector<MissingLeaf> missing;     // in the selection's order
};

// Functions that one leaf's regex may take, and arguments of a function that a probe can read
// (those in registers on x86_64; nettrace.bpf.c has a program for each).
inline constexpr size_t max_functions_per_leaf = 64;
inline constexpr uint8_t readable_arguments = 6;

// A leaf stands for the function of its name; with a regex, for every real function that the regex
// matches (foo as well as foo.constprop.0: callers are split between them), or where it matches
// none, for the function of its name. A function goes to the selected leaf that bears its name,
// else to the first whose regex matches it. Where the kernel's BTF describes the function, BTF
// decides where the skb is, and the leaf's own position only which one, if there are several. A
// name that several functions bear is not traced: the kernel would probe one of them.
AttachPlan make_plan(const TracerTree& tree, const Selection& selection, const KernelFacts& facts);

// The lines for standard error: one that counts what is missing, one for each missing leaf that the
// user named; every reason with verbose.
std::vector<std::string> describe_missing(const TracerTree& tree, const Selection& selection,
                                          const AttachPlan& plan, bool verbose);

// Names to look for in the kernel, each once: those of the leaves and of their successors. The
// kernel's facts are read for these only.
struct Questions {
  std::vector<std::string> functions;
  std::vector<std::string> patterns;     // leaves' regexes
  std::vector<std::string> tracepoints;  // "category:name"
};
Questions questions(const TracerTree& tree, const std::vector<size_t>& leaves);

}  // namespace nettrace
