// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// How the records of a recording are laid out, which another version of nettrace may have made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace nettrace {

struct RecordLayout {
  uint32_t kind = 0;  // enum nt_record_kind
  std::string name;   // for people
  uint32_t size = 0;  // bytes; of a hit, without its sections

  bool operator==(const RecordLayout&) const = default;
};

struct SectionLayout {
  std::string name;   // as in nettrace/sections.h
  uint32_t size = 0;  // bytes

  bool operator==(const SectionLayout&) const = default;
};

struct RecordLayouts {
  std::vector<RecordLayout> records;
  std::vector<SectionLayout> sections;  // of hits, by their bit; none: version 1 of the format

  bool operator==(const RecordLayouts&) const = default;
};

inline constexpr size_t max_sections = 16;  // nt_hit.sections has so many bits

// Of the records that this version writes.
RecordLayouts own_layouts();

// Whether hits may have marks and network namespaces: the first recordings have neither.
bool has_metadata(const RecordLayouts& layouts);

// Makes records of another version what this one has. Versions only append fields, to which 0 means
// that nothing is known, and sections.
class RecordFitter {
 public:
  explicit RecordFitter(const RecordLayouts& recorded);

  // Empty: a kind of record that this version does not know. The bytes live until the next call, or
  // as long as `record` where nothing had to be done. What is damaged comes back as bytes that
  // decode() refuses.
  std::span<const std::byte> fit(std::span<const std::byte> record);

 private:
  struct Kind {
    uint32_t kind;
    size_t recorded;  // bytes
    size_t own;       // bytes; 0: this version does not know the kind
  };
  std::span<const std::byte> fit_kind(const Kind& kind, std::span<const std::byte> record);
  std::span<const std::byte> fit_hit(std::span<const std::byte> record);

  std::vector<Kind> differences_;  // kinds but hits
  std::vector<SectionLayout> sections_;
  size_t hit_bytes_ = 0;  // as recorded
  bool hits_differ_ = false;
  std::vector<std::byte> fitted_;
};

}  // namespace nettrace
