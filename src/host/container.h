// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Which container a process is in, as docker, podman, containerd and CRI-O name its cgroup.
#pragma once

#include <string_view>

namespace nettrace {

// The short identifier, 12 hexadecimal digits as `docker ps` and `podman ps` show; empty: none.
// `cgroup`: the text of /proc/PID/cgroup, which the result points into.
std::string_view container_of(std::string_view cgroup);

// A short identifier, or any longer part of one up to the whole.
bool is_container_id(std::string_view word);

}  // namespace nettrace
