// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The sections of a hit (nettrace/sections.h): their sizes, and where each is in a record.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "nettrace/config.h"
#include "nettrace/record.h"

namespace nettrace {

struct SectionInfo {
  std::string_view name;  // as recordings call it
  uint16_t size;          // bytes
};

inline constexpr std::array<SectionInfo, NT_SECTION_COUNT> all_sections = {{
#define NT_SECTION_ROW(ID, name) {#name, sizeof(nt_##name)},
    NT_SECTIONS(NT_SECTION_ROW)
#undef NT_SECTION_ROW
}};

// The section whose struct this is.
template <typename Struct>
inline constexpr nt_section section_of = NT_SECTION_COUNT;
#define NT_SECTION_ROW(ID, name) \
  template <>                    \
  inline constexpr nt_section section_of<nt_##name> = NT_SECTION_##ID;
NT_SECTIONS(NT_SECTION_ROW)
#undef NT_SECTION_ROW

using SectionBits = uint16_t;

constexpr SectionBits bit_of(nt_section section) {
  return static_cast<SectionBits>(NT_SECTION_BIT(section));
}

// Sections that cost the kernel side too much to be in every recording.
inline constexpr SectionBits recorded_on_demand = bit_of(NT_SECTION_CALLER);

inline constexpr SectionBits every_section = (1U << NT_SECTION_COUNT) - 1;

// Of a hit with these sections, its head included.
constexpr size_t hit_bytes(SectionBits sections) {
  size_t bytes = sizeof(nt_hit);
  for (unsigned rest = sections; rest != 0; rest &= rest - 1) {
    bytes += all_sections[static_cast<size_t>(std::countr_zero(rest))].size;
  }
  return bytes;
}

// Bytes from a hit's beginning to where `section` is, or would be, among those of `sections`.
constexpr size_t section_offset(SectionBits sections, unsigned section) {
  return hit_bytes(static_cast<SectionBits>(sections & (NT_SECTION_BIT(section) - 1)));
}

// Where the kernel side puts each of these sections, the stack left out: constants of the load.
inline void lay_out(SectionBits sections, nt_config& config) {
  config.sections = sections;
  config.hit_bytes = static_cast<__u16>(hit_bytes(sections));
  for (unsigned section = 0; section < NT_SECTION_COUNT; ++section) {
    const bool is_there = (sections & NT_SECTION_BIT(section)) != 0;
    config.section_at[section] =
        is_there ? static_cast<__u16>(section_offset(sections, section)) : __u16{0};
  }
}

}  // namespace nettrace
