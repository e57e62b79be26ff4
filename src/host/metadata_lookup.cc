// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "host/metadata_lookup.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <net/if.h>
#include <sched.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/fd.h"
#include "base/foreign_text.h"
#include "base/near_names.h"
#include "host/container.h"
#include "host/netns.h"

namespace nettrace {
namespace {

constexpr size_t max_listed = 8;
constexpr const char* for_containers = "a container sees all with --pid=host";

std::optional<uint32_t> number_of(std::string_view word) {
  uint32_t number = 0;
  const auto [stop, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc() || stop != word.data() + word.size()) return std::nullopt;
  return number;
}

// "did you mean b1?", else what there is.
std::string choices(std::string_view word, const std::vector<std::string>& names,
                    std::string_view what) {
  const std::vector<std::string_view> views(names.begin(), names.end());
  std::string remedy = did_you_mean(word, views);
  if (!remedy.empty() || names.empty()) return remedy;
  const size_t listed = std::min(names.size(), max_listed);
  return fmt::format("{} {}{}", what,
                     fmt::join(views.begin(), views.begin() + static_cast<ptrdiff_t>(listed), ", "),
                     listed < names.size() ? ", …" : "");
}

Error no_namespace(std::string_view word) {
  std::string remedy = choices(word, named_namespaces(), "those with a name are");
  if (!sees_all_processes()) remedy = for_containers;
  if (remedy.empty()) remedy = "give a process, an inode number, or . for this one";
  return usage_error(fmt::format("there is no network namespace {}", in_quotes(word)),
                     std::move(remedy));
}

Error no_process(uint32_t pid) {
  if (!sees_all_processes()) {
    return usage_error(fmt::format("process {} is not seen from here", pid), for_containers);
  }
  const std::vector<std::string> all = processes();
  const std::vector<std::string_view> candidates(all.begin(), all.end());
  std::vector<std::string> near;
  for (const std::string& other : nearest(std::to_string(pid), candidates)) {
    std::string name;
    append_printable(name_of_process(other), name);
    near.push_back(fmt::format("{} ({})", other, name));
  }
  return usage_error(
      fmt::format("there is no process {}", pid),
      near.empty() ? "ps -e lists them" : fmt::format("near ones are {}", fmt::join(near, ", ")));
}

Result<Namespace> namespace_of_process(uint32_t pid) {
  const auto found = namespace_at(path_of_process(std::to_string(pid)));
  if (found) return *found;
  if (errno == ENOENT) return no_process(pid);
  return usage_error(
      fmt::format("the network namespace of process {} is hidden ({})", pid, std::strerror(errno)),
      "run as root, or give its inode number");
}

std::optional<Namespace> namespace_of_inode(uint32_t inode) {
  for (const Namespace& space : all_namespaces()) {
    if (space.inode == inode) return space;
  }
  return std::nullopt;
}

std::optional<Namespace> namespace_of_container(std::string_view id) {
  for (const std::string& process : processes()) {
    const std::string container = container_of_process(process);
    if (!container.empty() && id.starts_with(container))
      return namespace_at(path_of_process(process));
  }
  return std::nullopt;
}

Result<Namespace> find_namespace(Filter& filter) {
  const std::string& word = *filter.netns;
  if (word == ".") {
    const auto own = namespace_at(own_namespace);
    return own ? Result<Namespace>(*own) : no_namespace(word);
  }
  if (filter.netns_inode) {
    if (const auto found = namespace_of_inode(*filter.netns_inode)) return *found;
    if (sees_all_processes()) return no_namespace(word);
    filter.warnings.push_back(fmt::format(
        "whether there is a namespace {} is not seen from here; {}", word, for_containers));
    return Namespace{.path = {}, .inode = *filter.netns_inode};
  }
  const bool is_path = word.find('/') != std::string::npos;
  if (const auto named = namespace_at(is_path ? word : path_of_name(word))) return *named;
  if (const auto pid = number_of(word)) return namespace_of_process(*pid);
  if (is_container_id(word)) {
    if (const auto found = namespace_of_container(word)) return *found;
  }
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

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<Error> check_device_in(const Namespace& space, Filter& filter) {
  const std::string& name = *filter.device;
  const auto names = filter.netns == "." ? devices() : devices_in(space);
  if (!names) {
    filter.warnings.push_back(
        fmt::format("whether namespace {} has an interface {} could not be looked up",
                    in_quotes(*filter.netns), in_quotes(name)));
    return std::nullopt;
  }
  if (holds(*names, name)) return std::nullopt;
  return usage_error(fmt::format("there is no interface {} in namespace {}", in_quotes(name),
                                 in_quotes(*filter.netns)),
                     choices(name, *names, "there are"));
}

std::optional<Error> check_device_anywhere(Filter& filter) {
  const std::string& name = *filter.device;
  std::vector<std::string> all = devices();
  if (holds(all, name)) return std::nullopt;
  for (const Namespace& space : all_namespaces()) {
    const auto names = devices_in(space);
    if (!names) continue;
    if (holds(*names, name)) return std::nullopt;
    all.insert(all.end(), names->begin(), names->end());
  }
  if (!sees_all_processes()) {
    filter.warnings.push_back(
        fmt::format("whether there is an interface {} is not seen from here; {}", in_quotes(name),
                    for_containers));
    return std::nullopt;
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return usage_error(fmt::format("there is no interface {} in any namespace", in_quotes(name)),
                     choices(name, all, "there are"));
}

// A thread's number is no process's, though /proc has a folder for it.
std::optional<Error> check_process(Filter& filter) {
  const uint32_t pid = *filter.pid;
  if (pid == 0) return std::nullopt;
  if (!sees_all_processes()) {
    filter.warnings.push_back(
        fmt::format("--pid {} is the number that the host knows it by; {}", pid, for_containers));
    return std::nullopt;
  }
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

std::optional<Error> find_metadata(Filter& filter) {
  std::optional<Namespace> space;
  if (filter.netns) {
    const auto found = find_namespace(filter);
    if (!found) return found.error();
    space = *found;
    filter.netns_inode = space->inode;
  }
  if (filter.device) {
    auto error = space ? check_device_in(*space, filter) : check_device_anywhere(filter);
    if (error) return error;
  }
  return filter.pid ? check_process(filter) : std::nullopt;
}

}  // namespace nettrace
