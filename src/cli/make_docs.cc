// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Writes the files that derive from the table of options: the manual page and the shells'
// completions. usage: make_docs man|bash|zsh|fish
#include <cstdio>
#include <string>
#include <string_view>

#include "cli/completion.h"
#include "cli/man_page.h"

int main(int argc, char** argv) {
  struct Kind {
    std::string_view name;
    std::string (*make)();
  };
  constexpr Kind kinds[] = {{"man", nettrace::man_page},
                            {"bash", nettrace::bash_completion},
                            {"zsh", nettrace::zsh_completion},
                            {"fish", nettrace::fish_completion}};
  for (const auto& [name, make] : kinds) {
    if (argc != 2 || name != argv[1]) continue;
    const std::string text = make();
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? 0 : 1;
  }
  std::fputs("usage: make_docs man|bash|zsh|fish\n", stderr);
  return 2;
}
