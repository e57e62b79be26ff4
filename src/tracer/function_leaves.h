// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Adds leaves to the tree for kernel functions that -t selects and the tree lacks.
#pragma once

#include <string>
#include <vector>

#include "tracer/tree.h"

namespace nettrace {

// Functions of the running kernel.
struct FunctionNames {
  std::vector<std::string> with_skb;  // those that take an skb, says BTF; sorted, each once
  // Of function_words():
  std::vector<std::string> without_skb;
  std::vector<std::string> undescribed;  // in the symbol table, but not in BTF
};

// Whether add_function_leaves() needs the kernel's functions for these words.
bool names_functions(const TracerTree& tree, const std::vector<std::string>& words);
// The words that name one function each, which the tree lacks.
std::vector<std::string> function_words(const TracerTree& tree,
                                        const std::vector<std::string>& words);

// Appends one group of the functions that the words select or exclude. Its leaves come last, so
// that the others keep their numbers. A word that selects nothing is a usage error.
Result<TracerTree> add_function_leaves(TracerTree tree, const std::vector<std::string>& words,
                                       const FunctionNames& functions);

}  // namespace nettrace
