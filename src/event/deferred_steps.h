// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// With --min-latency, the kernel side sends the steps of a packet once it has taken long enough: in
// one record (struct nt_deferred), before the packet's first hit. This expands it into the records
// that it stands for, with the packet as that first hit shows it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/bounded_map.h"
#include "event/source.h"

namespace nettrace {

class DeferredSteps {
 public:
  using RecordCallback = EventSource::RecordCallback;

  // Hands on every record but an nt_deferred; before a hit come its packet's deferred steps.
  void take(std::span<const std::byte> record, const RecordCallback& callback);

 private:
  void store(std::span<const std::byte> record);

  static constexpr size_t max_tracked = 4096;

  // An nt_deferred, by tracking id; empty once it was handed on.
  BoundedMap<uint64_t, std::vector<std::byte>> steps_{max_tracked};
};

}  // namespace nettrace
