// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Arbitrary bytes in place of a record.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "check_line.h"
#include "event/event.h"
#include "event/inner_packet.h"
#include "filter/rebuilt_frame.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  const auto record = nettrace::decode(bytes);
  if (!record) return 0;
  std::vector<std::byte> memory;
  if (!nettrace::decode(nettrace::without_tunnels(bytes, memory))) __builtin_trap();
  if (const auto* event = std::get_if<nettrace::Event>(&*record)) {
    nettrace::fuzz::check_line(*event);
    const auto packet = event->section<nt_packet>();
    for (const bool with_tags : {false, true}) (void)nettrace::RebuiltFrame(packet, with_tags);
  }
  return 0;
}
