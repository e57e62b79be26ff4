// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// With --min-latency, the kernel side tells what happened to a packet when it has taken long
// enough: all of that in one record (struct nt_deferred), before the packet's first hit. This makes
// of it the records that it stands for, with what that first hit says of the packet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/bounded_map.h"

namespace nettrace {

class DeferredSteps {
 public:
  using RecordCallback = std::function<void(std::span<const std::byte>)>;

  // Hands on every record but an nt_deferred; before a hit come its packet's deferred steps.
  void take(std::span<const std::byte> record, const RecordCallback& callback);

 private:
  void keep(std::span<const std::byte> record);

  static constexpr size_t max_tracked = 4096;

  // An nt_deferred, by tracking id; empty once it was handed on.
  BoundedMap<uint64_t, std::vector<std::byte>> steps_{max_tracked};
};

}  // namespace nettrace
