// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Kernel functions that -t names and the tree lacks become leaves of the tree.
#pragma once

#include <string>
#include <vector>

#include "tracer/tree.h"

namespace nettrace {

// Of the running kernel.
struct FunctionNames {
  std::vector<std::string> with_skb;  // those that BTF gives an skb, sorted, each once
  // Of those asked about by name:
  std::vector<std::string> without_skb;
  std::vector<std::string> undescribed;  // in the symbol table, but not in BTF
};

// Whether the kernel's functions must be known to say what the words mean.
bool names_functions(const TracerTree& tree, const std::vector<std::string>& words);
// The words that name one function each, which the tree lacks.
std::vector<std::string> function_words(const TracerTree& tree,
                                        const std::vector<std::string>& words);

// The tree with one more group, of the functions that the words name or match, those that they
// exclude as well. Its leaves come last: the others keep their numbers. A word for which there is
// nothing is a usage error.
Result<TracerTree> add_function_leaves(TracerTree tree, const std::vector<std::string>& words,
                                       const FunctionNames& functions);

}  // namespace nettrace
