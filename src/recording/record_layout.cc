// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "recording/record_layout.h"

#include <algorithm>
#include <cstring>

#include "event/sections.h"
#include "nettrace/record.h"
#include "recording/legacy_hit.h"

namespace nettrace {
namespace {

template <typename Layouts>
auto find_kind(Layouts& layouts, uint32_t kind) {
  return std::find_if(layouts.begin(), layouts.end(),
                      [kind](const auto& layout) { return layout.kind == kind; });
}

std::span<const std::byte> refused(std::span<const std::byte> record) {
  return record.first(sizeof(nt_head));
}

}  // namespace

RecordLayouts own_layouts() {
  RecordLayouts layouts{.records = {{NT_HIT, "hit", sizeof(nt_hit)},
                                    {NT_RETURN, "return", sizeof(nt_return)},
                                    {NT_JOIN, "join", sizeof(nt_tracking)},
                                    {NT_END, "end", sizeof(nt_tracking)},
                                    {NT_MERGED, "merged", sizeof(nt_tracking)}},
                        .sections = {}};
  for (const SectionInfo& section : all_sections) {
    layouts.sections.push_back({std::string(section.name), section.size});
  }
  return layouts;
}

bool has_metadata(const RecordLayouts& layouts) {
  const auto hit = find_kind(layouts.records, NT_HIT);
  if (layouts.sections.empty()) {
    return hit != layouts.records.end() && hit->size >= last_legacy_hit_bytes;
  }
  return std::any_of(layouts.sections.begin(), layouts.sections.end(),
                     [](const SectionLayout& section) { return section.name == "netns"; });
}

RecordFitter::RecordFitter(const RecordLayouts& recorded) : sections_(recorded.sections) {
  const RecordLayouts ours = own_layouts();
  for (const RecordLayout& layout : recorded.records) {
    if (layout.kind == NT_HIT) {
      hit_bytes_ = layout.size;
      continue;
    }
    const auto own = find_kind(ours.records, layout.kind);
    const size_t own_size = own == ours.records.end() ? 0 : own->size;
    if (own_size != layout.size) differences_.push_back({layout.kind, layout.size, own_size});
  }
  hits_differ_ = sections_ != ours.sections || hit_bytes_ != sizeof(nt_hit);
}

std::span<const std::byte> RecordFitter::fit(std::span<const std::byte> record) {
  nt_head head;
  if (record.size() < sizeof(head)) return record;
  std::memcpy(&head, record.data(), sizeof(head));
  if (head.kind == NT_HIT) return hits_differ_ ? fit_hit(record) : record;
  const auto found = find_kind(differences_, head.kind);
  return found == differences_.end() ? record : fit_kind(*found, record);
}

std::span<const std::byte> RecordFitter::fit_kind(const Kind& kind,
                                                  std::span<const std::byte> record) {
  if (kind.own == 0) return {};
  if (record.size() < kind.recorded) return refused(record);
  const auto known = record.first(std::min(kind.recorded, kind.own));
  fitted_.assign(known.begin(), known.end());
  fitted_.resize(kind.own);
  return fitted_;
}

std::span<const std::byte> RecordFitter::fit_hit(std::span<const std::byte> record) {
  if (record.size() < hit_bytes_ || hit_bytes_ < sizeof(nt_head)) return refused(record);
  if (sections_.empty()) {
    if (hit_bytes_ < first_legacy_hit_bytes) return refused(record);
    return from_legacy(record, hit_bytes_, fitted_) ? std::span<const std::byte>(fitted_)
                                                    : refused(record);
  }
  nt_hit hit{};
  std::memcpy(&hit, record.data(), std::min(hit_bytes_, sizeof(hit)));
  const SectionBits recorded = hit.sections;
  if (recorded >> sections_.size() != 0) return refused(record);
  fitted_.assign(sizeof(hit), std::byte{0});
  hit.sections = 0;
  // What this version has, in its own order, from wherever it was recorded.
  for (unsigned own = 0; own < NT_SECTION_COUNT; ++own) {
    size_t at = hit_bytes_;
    for (size_t bit = 0; bit < sections_.size(); ++bit) {
      if (!(recorded & 1U << bit)) continue;
      const SectionLayout& section = sections_[bit];
      if (record.size() - at < section.size) return refused(record);
      if (section.name == all_sections[own].name) {
        const size_t known = std::min<size_t>(section.size, all_sections[own].size);
        const auto bytes = record.subspan(at, known);
        fitted_.insert(fitted_.end(), bytes.begin(), bytes.end());
        fitted_.resize(fitted_.size() + all_sections[own].size - known);
        hit.sections |= bit_of(static_cast<nt_section>(own));
        break;
      }
      at += section.size;
    }
  }
  std::memcpy(fitted_.data(), &hit, sizeof(hit));
  return fitted_;
}

}  // namespace nettrace
