// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "recording/record_layout.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "nettrace/record.h"

namespace nettrace {

std::vector<RecordLayout> own_layouts() {
  return {{NT_HIT, "hit", sizeof(nt_record)},
          {NT_RETURN, "return", sizeof(nt_return)},
          {NT_JOIN, "join", sizeof(nt_tracking)},
          {NT_END, "end", sizeof(nt_tracking)},
          {NT_MERGED, "taken", sizeof(nt_tracking)}};
}

bool has_metadata(const std::vector<RecordLayout>& layouts) {
  constexpr size_t needed = offsetof(nt_record, netns) + sizeof(nt_record::netns);
  return std::any_of(layouts.begin(), layouts.end(), [](const RecordLayout& layout) {
    return layout.kind == NT_HIT && layout.size >= needed;
  });
}

RecordFitter::RecordFitter(const std::vector<RecordLayout>& recorded) {
  const auto ours = own_layouts();
  for (const RecordLayout& layout : recorded) {
    const auto own = std::find_if(ours.begin(), ours.end(),
                                  [&](const RecordLayout& our) { return our.kind == layout.kind; });
    const uint32_t own_size = own == ours.end() ? 0 : own->size;
    if (own_size != layout.size) differences_.push_back({layout.kind, layout.size, own_size});
  }
}

std::span<const std::byte> RecordFitter::fit(std::span<const std::byte> record) {
  if (differences_.empty() || record.size() < sizeof(nt_head)) return record;
  nt_head head;
  std::memcpy(&head, record.data(), sizeof(head));
  const auto found =
      std::find_if(differences_.begin(), differences_.end(),
                   [&](const Difference& difference) { return difference.kind == head.kind; });
  if (found == differences_.end()) return record;
  if (found->own == 0) return {};
  if (record.size() < found->recorded) return record;  // it is damaged: decode() will tell
  const auto known = record.first(std::min(found->recorded, found->own));
  const auto stack = record.subspan(found->recorded);
  fitted_.assign(known.begin(), known.end());
  fitted_.resize(found->own);
  fitted_.insert(fitted_.end(), stack.begin(), stack.end());
  return fitted_;
}

}  // namespace nettrace
