// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "base/start_times.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/clock.h"

namespace nettrace {
namespace {

Timed* innermost = nullptr;

std::string row(std::string_view what, uint64_t ns) {
  return fmt::format("{:>10.1f}  {}", static_cast<double>(ns) / static_cast<double>(ns_per_ms),
                     what);
}

}  // namespace

void StartTimes::add(const std::string& what, uint64_t ns) {
  const auto found =
      std::find_if(rows_.begin(), rows_.end(), [&](const auto& row) { return row.first == what; });
  if (found == rows_.end()) {
    rows_.emplace_back(what, ns);
  } else {
    found->second += ns;
  }
}

std::vector<std::string> StartTimes::lines(uint64_t now_ns) const {
  const uint64_t total = now_ns - begin_ns_;
  uint64_t counted = 0;
  std::vector<std::string> lines = {"the start took, in ms:"};
  for (const auto& [what, ns] : rows_) {
    lines.push_back(row(what, ns));
    counted += ns;
  }
  lines.push_back(row("other", total - std::min(counted, total)));
  lines.push_back(row("total", total));
  return lines;
}

StartTimes& start_times() {
  static StartTimes times(monotonic_ns());
  return times;
}

Timed::Timed(std::string what)
    : what_(std::move(what)), begin_ns_(monotonic_ns()), outer_(std::exchange(innermost, this)) {}

Timed::~Timed() {
  const uint64_t ns = monotonic_ns() - begin_ns_;
  innermost = outer_;
  if (outer_ != nullptr) outer_->within_ns_ += ns;
  start_times().add(what_, ns - within_ns_);
}

}  // namespace nettrace
