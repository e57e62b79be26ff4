// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Arbitrary bytes in place of a record.
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "check_line.h"
#include "event.h"
#include "frame.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto record = nettrace::decode(std::as_bytes(std::span(data, size)));
  if (!record) return 0;
  if (const auto* event = std::get_if<nettrace::Event>(&*record)) {
    nettrace::fuzz::check_line(*event);
    nt_record hit;
    std::memcpy(&hit, event->record.data(), sizeof(hit));
    for (const bool with_tags : {false, true}) (void)nettrace::Frame(hit, with_tags);
  }
  return 0;
}
