// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Completion of nettrace's command line in shells, made of the table of options.
#pragma once

#include <string>

namespace nettrace {

// Each is the file that the shell reads: /usr/share/bash-completion/completions/nettrace,
// /usr/share/zsh/vendor-completions/_nettrace, /usr/share/fish/vendor_completions.d/nettrace.fish.
std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

}  // namespace nettrace
