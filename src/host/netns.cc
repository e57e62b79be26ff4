// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "host/netns.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/nsfs.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <unordered_set>

#include "base/fd.h"
#include "host/container.h"

namespace nettrace {
namespace {

namespace fs = std::filesystem;

constexpr ino_t first_pid_namespace = 0xEFFFFFFC;  // PROC_PID_INIT_INO, include/linux/proc_ns.h
constexpr const char* named = "/run/netns";        // where ip netns keeps them

std::vector<std::string> names_in(const char* folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    names.push_back(at->path().filename().string());
  }
  return names;
}

}  // namespace

std::optional<Namespace> namespace_at(const std::string& path) {
  const Fd fd(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (!fd || ioctl(fd.get(), NS_GET_NSTYPE) != CLONE_NEWNET || fstat(fd.get(), &status) != 0) {
    return std::nullopt;
  }
  return Namespace{.path = path, .inode = static_cast<uint32_t>(status.st_ino)};
}

std::string path_of_name(std::string_view name) { return fmt::format("{}/{}", named, name); }

std::string path_of_process(std::string_view process) {
  return fmt::format("/proc/{}/ns/net", process);
}

std::vector<std::string> named_namespaces() {
  std::vector<std::string> names = names_in(named);
  std::sort(names.begin(), names.end());
  return names;
}

bool sees_all_processes() {
  struct stat status {};
  return stat("/proc/self/ns/pid", &status) != 0 || status.st_ino == first_pid_namespace;
}

std::vector<std::string> processes() {
  std::vector<std::string> numbers = names_in("/proc");
  std::erase_if(numbers, [](const std::string& name) {
    return name.find_first_not_of("0123456789") != std::string::npos;
  });
  std::sort(numbers.begin(), numbers.end(), [](const std::string& one, const std::string& other) {
    return one.size() != other.size() ? one.size() < other.size() : one < other;
  });
  return numbers;
}

std::string name_of_process(std::string_view process) {
  std::ifstream file(fmt::format("/proc/{}/comm", process));
  std::string name;
  std::getline(file, name);
  return name;
}

std::vector<Namespace> all_namespaces() {
  std::vector<std::string> paths = {own_namespace};
  for (const std::string& name : named_namespaces()) paths.push_back(path_of_name(name));
  for (const std::string& process : processes()) paths.push_back(path_of_process(process));
  std::vector<Namespace> spaces;
  std::unordered_set<uint32_t> inodes;
  for (const std::string& path : paths) {
    const auto space = namespace_at(path);
    if (space && inodes.insert(space->inode).second) spaces.push_back(*space);
  }
  return spaces;
}

std::string container_of_process(std::string_view process) {
  std::ifstream file(fmt::format("/proc/{}/cgroup", process));
  const std::string text(std::istreambuf_iterator<char>(file), {});
  return std::string(container_of(text));
}

}  // namespace nettrace
