// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "place.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <net/if.h>
#include <sched.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "fd.h"
#include "text.h"

namespace nettrace {
namespace {

namespace fs = std::filesystem;

constexpr const char* named_namespaces = "/run/netns";  // where ip netns keeps them
constexpr const char* own_namespace = "/proc/self/ns/net";
constexpr size_t most_listed = 8;

struct Namespace {
  std::string path;
  uint32_t inode;
};

std::optional<Namespace> namespace_at(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return std::nullopt;
  return Namespace{.path = path, .inode = static_cast<uint32_t>(status.st_ino)};
}

// Sorted; none where the folder cannot be read.
std::vector<std::string> names_in(const char* folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    names.push_back(at->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<uint32_t> number_of(std::string_view word) {
  uint32_t number = 0;
  const auto [stop, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc() || stop != word.data() + word.size()) return std::nullopt;
  return number;
}

std::string namespace_of(std::string_view process) {
  return fmt::format("/proc/{}/ns/net", process);
}

// "did you mean b1?", else what there is.
std::string choices(std::string_view word, const std::vector<std::string>& names,
                    std::string_view what) {
  const std::vector<std::string_view> views(names.begin(), names.end());
  std::string remedy = did_you_mean(word, views);
  if (!remedy.empty() || names.empty()) return remedy;
  const size_t listed = std::min(names.size(), most_listed);
  return fmt::format("{} {}{}", what,
                     fmt::join(views.begin(), views.begin() + static_cast<ptrdiff_t>(listed), ", "),
                     listed < names.size() ? ", …" : "");
}

Error no_namespace(std::string_view word) {
  std::string remedy = choices(word, names_in(named_namespaces), "those with a name are");
  if (remedy.empty()) remedy = "give a process, an inode number, or . for this one";
  return usage_error(fmt::format("there is no network namespace {}", in_quotes(word)),
                     std::move(remedy));
}

Error no_process(uint32_t pid) {
  return usage_error(fmt::format("there is no process {}", pid), "ps -e lists them");
}

Result<Namespace> namespace_of_process(uint32_t pid) {
  const auto found = namespace_at(namespace_of(std::to_string(pid)));
  if (found) return *found;
  if (errno == ENOENT) return no_process(pid);
  return usage_error(
      fmt::format("the network namespace of process {} is hidden ({})", pid, std::strerror(errno)),
      "run as root, or give its inode number");
}

// One that neither has a name nor is any process's is found by nobody.
std::optional<Namespace> namespace_of_inode(uint32_t inode) {
  std::vector<std::string> paths = {own_namespace};
  for (const std::string& name : names_in(named_namespaces)) {
    paths.push_back(fmt::format("{}/{}", named_namespaces, name));
  }
  for (const std::string& name : names_in("/proc")) {
    if (number_of(name)) paths.push_back(namespace_of(name));
  }
  for (const std::string& path : paths) {
    auto found = namespace_at(path);
    if (found && found->inode == inode) return found;
  }
  return std::nullopt;
}

Result<Namespace> find_namespace(const Filter& filter) {
  const std::string& word = *filter.netns;
  if (word == ".") {
    const auto own = namespace_at(own_namespace);
    return own ? Result<Namespace>(*own) : no_namespace(word);
  }
  if (filter.netns_inode) {
    const auto found = namespace_of_inode(*filter.netns_inode);
    return found ? Result<Namespace>(*found) : no_namespace(word);
  }
  if (const auto named = namespace_at(fmt::format("{}/{}", named_namespaces, word))) return *named;
  if (const auto pid = number_of(word)) return namespace_of_process(*pid);
  return no_namespace(word);
}

std::vector<std::string> devices() {
  std::vector<std::string> names;
  struct if_nameindex* const list = if_nameindex();
  for (const auto* device = list; device && device->if_index != 0; ++device) {
    names.emplace_back(device->if_name);
  }
  if (list) if_freenameindex(list);
  return names;
}

// Only a thread enters the namespace, and ends there. Nothing: it may not be entered.
std::optional<std::vector<std::string>> devices_in(const Namespace& space) {
  std::optional<std::vector<std::string>> names;
  std::thread([&] {
    const Fd fd(open(space.path.c_str(), O_RDONLY | O_CLOEXEC));
    if (fd && setns(fd.get(), CLONE_NEWNET) == 0) names = devices();
  }).join();
  return names;
}

std::optional<Error> check_device(const std::optional<Namespace>& space, Filter& filter) {
  const std::string& name = *filter.device;
  const auto names = space && filter.netns != "." ? devices_in(*space) : devices();
  if (!names) {
    filter.warnings.push_back(
        fmt::format("whether namespace {} has an interface {} could not be looked up",
                    in_quotes(*filter.netns), in_quotes(name)));
    return std::nullopt;
  }
  if (std::find(names->begin(), names->end(), name) != names->end()) return std::nullopt;
  const std::string where = space ? " in namespace " + in_quotes(*filter.netns) : "";
  std::string remedy = choices(name, *names, "there are");
  if (!space)
    remedy += fmt::format("{}--netns has those of another namespace", remedy.empty() ? "" : "; ");
  return usage_error(fmt::format("there is no interface {}{}", in_quotes(name), where),
                     std::move(remedy));
}

// A thread's number is no process's, though /proc has a folder for it.
std::optional<Error> check_process(uint32_t pid) {
  if (pid == 0) return std::nullopt;
  std::ifstream status(fmt::format("/proc/{}/status", pid));
  if (!status) return no_process(pid);
  for (std::string line; std::getline(status, line);) {
    constexpr std::string_view key = "Tgid:\t";
    if (!line.starts_with(key)) continue;
    const std::string process = line.substr(key.size());
    if (process == std::to_string(pid)) break;
    return usage_error(fmt::format("{} is a thread of process {}", pid, process),
                       fmt::format("did you mean --pid {}?", process));
  }
  return std::nullopt;
}

}  // namespace

std::optional<Error> find_place(Filter& filter) {
  std::optional<Namespace> space;
  if (filter.netns) {
    const auto found = find_namespace(filter);
    if (!found) return found.error();
    space = *found;
    filter.netns_inode = space->inode;
  }
  if (filter.device) {
    if (auto error = check_device(space, filter)) return error;
  }
  return filter.pid ? check_process(*filter.pid) : std::nullopt;
}

}  // namespace nettrace
