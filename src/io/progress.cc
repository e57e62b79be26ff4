// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "io/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/clock.h"
#include "io/status_line.h"

namespace nettrace {
namespace {

constexpr uint64_t noticeable_ns = 300'000'000;
constexpr uint64_t between_ns = 100'000'000;
constexpr size_t bar_width = 40;

}  // namespace

std::string progress_bar(const std::string& what, size_t done, size_t total) {
  const size_t filled = total == 0 ? bar_width : bar_width * std::min(done, total) / total;
  return fmt::format("{} [{:<{}}] {} of {}", what, std::string(filled, '#'), bar_width, done,
                     total);
}

Progress::Progress(std::string what, size_t total)
    : what_(std::move(what)), total_(total), next_ns_(monotonic_ns() + noticeable_ns) {}

Progress::~Progress() { erase_status(); }

void Progress::step(size_t steps) {
  const std::lock_guard lock(mutex_);
  done_ += steps;
  const uint64_t now_ns = monotonic_ns();
  if (now_ns < next_ns_) return;
  next_ns_ = now_ns + between_ns;
  show_status(progress_bar(what_, done_, total_));
}

}  // namespace nettrace
