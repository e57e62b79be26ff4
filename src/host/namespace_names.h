// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What people call a network namespace, by its inode number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bounded_map.h"

namespace nettrace {

class NamespaceNames {
 public:
  // Looks at all processes: their namespaces are hidden once privileges are gone.
  NamespaceNames();

  // A name of ip netns, a container's short identifier, or PID:COMMAND of the first process in it;
  // empty: there is none. Valid until the next call.
  std::string_view find(uint32_t inode);

 private:
  struct Entry {
    std::string name;
    std::string path;  // that shows that the name still holds
    uint64_t looked_ns;
  };
  static constexpr size_t max_entries = 4096;

  static bool holds(const Entry& entry, uint32_t inode);
  void add_named(uint64_t now_ns);
  void add_processes(uint64_t now_ns);
  void add(uint32_t inode, Entry entry);

  BoundedMap<uint32_t, Entry> entries_{max_entries};
};

}  // namespace nettrace
