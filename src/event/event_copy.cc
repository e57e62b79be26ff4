// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "event/event_copy.h"

#include <cstring>

#include "event/sections.h"

namespace nettrace {
namespace {

// The packet's headers were parsed when it came, and a stack that nobody shows was taken away.
SectionBits kept_sections(const Event& event) {
  SectionBits kept = event.sections;
  kept &= static_cast<SectionBits>(~bit_of(NT_SECTION_PACKET));
  if (event.stack.empty()) kept &= static_cast<SectionBits>(~bit_of(NT_SECTION_STACK));
  return kept;
}

}  // namespace

size_t pointed_bytes(const Event& event) {
  const SectionBits kept = kept_sections(event);
  return kept == 0 ? 0 : hit_bytes(kept);
}

Event copy_event(const Event& event, std::byte* memory) {
  Event copy = event;
  copy.sections = kept_sections(event);
  copy.stack = {};
  copy.record = {};
  if (copy.sections == 0) return copy;
  copy.record = {memory, hit_bytes(copy.sections)};
  std::memcpy(memory, event.record.data(), sizeof(nt_hit));
  for (unsigned section = 0; section < NT_SECTION_COUNT; ++section) {
    if (!(copy.sections & 1U << section)) continue;
    std::memcpy(memory + section_offset(copy.sections, section),
                event.record.data() + section_offset(event.sections, section),
                all_sections[section].size);
  }
  if (!event.stack.empty()) {
    const size_t frames =
        section_offset(copy.sections, NT_SECTION_STACK) + offsetof(nt_stack, frames);
    copy.stack = copy.record.subspan(frames, event.stack.size());
  }
  return copy;
}

}  // namespace nettrace
