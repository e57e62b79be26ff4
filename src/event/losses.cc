// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "event/losses.h"

#include <fmt/core.h>

namespace nettrace {
namespace {

constexpr LossCause causes[] = {
    {&Losses::ring_full, "ring_full", "events for want of room in the ring buffer"},
    {&Losses::rest_full, "rest_full", "returns, copies and ends of packets likewise"},
    {&Losses::tracked_full, "lives_full", "of too many packets at a time"},
    {&Losses::calls_full, "calls_full", "returns of too many calls at a time"},
    {&Losses::steps_full, "steps_full", "early steps of packets, too many or two at once"},
    {&Losses::missed, "missed", "skipped by the kernel, as they happened inside another one"},
};

}  // namespace

std::span<const LossCause> loss_causes() { return causes; }

std::string describe(const Losses& losses, uint64_t damaged) {
  std::string parts;
  const auto add = [&](uint64_t count, std::string_view words) {
    if (count > 0) parts += fmt::format("{}{} {}", parts.empty() ? "" : ", ", count, words);
  };
  for (const LossCause& cause : causes) add(losses.*cause.count, cause.words);
  add(damaged, "damaged");
  std::string text = fmt::format("{} lost", losses.total() + damaged);
  return parts.empty() ? text : fmt::format("{} ({})", text, parts);
}

std::optional<std::string> LossWatch::look(const Losses& losses) {
  const uint64_t total = losses.total();
  if (total <= reported_) return std::nullopt;
  reported_ = total;
  std::string line = describe(losses) + " so far";
  if (losses.in_ring() > 0) line += "; a narrower filter or a larger --buffer-size helps";
  return line;
}

}  // namespace nettrace
