// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The kernel gives the number of a namespace that is gone to the next one, so names are looked at
// again now and then.
#include "host/namespace_names.h"

#include <fmt/format.h>
#include <unistd.h>

#include <utility>

#include "base/clock.h"
#include "host/netns.h"

namespace nettrace {
namespace {

constexpr uint64_t trusted_ns = 5'000'000'000;

std::string folder_of(const std::string& process) { return fmt::format("/proc/{}", process); }

std::string name_of(const std::string& process) {
  std::string container = container_of_process(process);
  if (!container.empty()) return container;
  return fmt::format("{}:{}", process, name_of_process(process));
}

}  // namespace

NamespaceNames::NamespaceNames() {
  const uint64_t now_ns = monotonic_ns();
  add_named(now_ns);
  add_processes(now_ns);
}

std::string_view NamespaceNames::find(uint32_t inode) {
  const uint64_t now_ns = monotonic_ns();
  Entry* entry = entries_.find(inode);
  if (entry == nullptr || now_ns - entry->looked_ns > trusted_ns) {
    if (entry == nullptr || !holds(*entry, inode)) {
      add(inode, {.name = {}, .path = {}, .looked_ns = now_ns});
      add_named(now_ns);
    }
    entry = entries_.find(inode);
    if (entry == nullptr) return {};  // more names than are kept
    entry->looked_ns = now_ns;
  }
  return entry->name;
}

bool NamespaceNames::holds(const Entry& entry, uint32_t inode) {
  if (entry.path.starts_with("/proc")) return access(entry.path.c_str(), F_OK) == 0;
  const auto found = namespace_at(entry.path);
  return found && found->inode == inode;
}

void NamespaceNames::add_named(uint64_t now_ns) {
  for (std::string& name : named_namespaces()) {
    const auto found = namespace_at(path_of_name(name));
    if (found) add(found->inode, {std::move(name), found->path, now_ns});
  }
}

// Only the first one of a namespace is asked for its name.
void NamespaceNames::add_processes(uint64_t now_ns) {
  for (const std::string& process : processes()) {
    const auto found = namespace_at(path_of_process(process));
    if (!found || entries_.find(found->inode) != nullptr) continue;
    add(found->inode, {name_of(process), folder_of(process), now_ns});
  }
}

void NamespaceNames::add(uint32_t inode, Entry entry) {
  if (Entry* const known = entries_.find(inode)) {
    *known = std::move(entry);
  } else {
    entries_.add(inode, std::move(entry));
  }
}

}  // namespace nettrace
