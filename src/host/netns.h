// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The network namespaces of this machine: those that ip netns named, and those of its processes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nettrace {

struct Namespace {
  std::string path;
  uint32_t inode;
};

inline constexpr const char* own_namespace = "/proc/self/ns/net";

// Nothing, and errno: there is none, or it is hidden. A name whose namespace is gone leaves a plain
// file, which is none.
std::optional<Namespace> namespace_at(const std::string& path);
std::string path_of_name(std::string_view name);
std::string path_of_process(std::string_view process);

// Sorted; none where the folder cannot be read.
std::vector<std::string> named_namespaces();
// By number; in a container without the host's /proc, its own.
std::vector<std::string> processes();
bool sees_all_processes();
// "ping"; empty where it may not be read.
std::string name_of_process(std::string_view process);
// Each once, this process's own first. One that has neither a name nor a process is found by
// nobody.
std::vector<Namespace> all_namespaces();
// Short identifier of the container that a process is in; empty: it is in none.
std::string container_of_process(std::string_view process);

}  // namespace nettrace
