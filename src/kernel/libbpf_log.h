// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What libbpf and the verifier say goes to nobody unless -v asks for it.
#pragma once

#include <string>
#include <vector>

namespace nettrace {

// From now on libbpf prints nothing; the first lines of what it says are kept.
void keep_libbpf_log();

// The same of what another one says; from any thread.
void keep_log_lines(const std::vector<std::string>& lines);

// What was said since the last call.
std::vector<std::string> take_libbpf_log();

}  // namespace nettrace
