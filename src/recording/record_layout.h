// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// How long the records of a recording are, which another version of nettrace may have made.
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
  uint32_t size = 0;  // bytes, without the stack that may follow

  bool operator==(const RecordLayout&) const = default;
};

// Of the records that this version writes.
std::vector<RecordLayout> own_layouts();

// Whether its hits have what later versions appended: the caller, the mark, the namespace.
bool has_metadata(const std::vector<RecordLayout>& layouts);

// Makes records of another version as long as this one has them. Versions only append fields, to
// which 0 means that nothing is known.
class RecordFitter {
 public:
  explicit RecordFitter(const std::vector<RecordLayout>& recorded);

  // Empty: a kind of record that this version does not know. The bytes live until the next call, or
  // as long as `record` where nothing had to be done.
  std::span<const std::byte> fit(std::span<const std::byte> record);

 private:
  struct Difference {
    uint32_t kind;
    uint32_t recorded;  // bytes
    uint32_t own;       // bytes; 0: the kind is not known
  };
  std::vector<Difference> differences_;
  std::vector<std::byte> fitted_;
};

}  // namespace nettrace
