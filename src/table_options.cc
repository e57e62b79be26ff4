// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "table_options.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "duration.h"

namespace nettrace {
namespace {

constexpr uint64_t shortest_interval_ns = 100'000'000;

// What shows or keeps packets does not go with counting them.
std::optional<Error> check_counting(const CommandLine& line) {
  const std::pair<bool, std::string_view> for_packets[] = {
      {line.timeline, "--timeline"},
      {line.returns, "--ret"},
      {line.stack || line.force_stack, "--stack"},
      {!line.stack_tracers.empty(), "--stack-tracer"},
      {!line.columns.empty(), "-o"},
      {line.detail, "--detail"},
      {line.latency, "--latency"},
      {line.min_latency.has_value(), "--min-latency"},
      {line.count.has_value(), "-c"},
      {line.limit.has_value(), "--limit"},
      {line.write_file.has_value(), "-w"},
      {line.read_file.has_value(), "-r"},
      {line.buffer_size.has_value(), "--buffer-size"}};
  for (const auto& [given, name] : for_packets) {
    if (!given) continue;
    return usage_error(fmt::format("--count-only has no packets for {}", name),
                       fmt::format("leave out --count-only or {}", name));
  }
  return std::nullopt;
}

std::optional<Error> check_summary(const CommandLine& line) {
  if (line.count_only) {
    return usage_error("--count-only and --summary are two different tables", "ask for one");
  }
  if (!line.latency) return usage_error("--summary is of latencies", "add --latency");
  const std::pair<bool, std::string_view> for_lines[] = {
      {line.timeline, "--timeline"},
      {line.returns, "--ret"},
      {line.stack || line.force_stack, "--stack"},
      {!line.stack_tracers.empty(), "--stack-tracer"},
      {!line.columns.empty(), "-o"},
      {line.detail, "--detail"},
      {line.limit.has_value(), "--limit"}};
  for (const auto& [given, name] : for_lines) {
    if (!given) continue;
    return usage_error(fmt::format("--summary shows no packets, so {} does not go with it", name),
                       fmt::format("leave out --summary or {}", name));
  }
  return std::nullopt;
}

std::optional<Error> read_min_latency(const CommandLine& line, Options& options) {
  std::optional<uint64_t> least_ns;
  if (auto error = read_duration("--min-latency", line.min_latency, least_ns)) return error;
  options.least_latency_ns = least_ns.value_or(0);
  if (least_ns && line.read_file && !line.timeline && !line.summary) {
    return usage_error("how long a packet of a recording took is known at its end only",
                       "add --timeline, or --latency --summary");
  }
  if (options.least_latency_ns >= NT_MOST_LATENCY_NS) {
    return usage_error(fmt::format("--min-latency {} is too long", *line.min_latency),
                       "--min-latency takes 2h or less");
  }
  return std::nullopt;
}

}  // namespace

std::optional<Error> read_table_options(const CommandLine& line, Options& options) {
  options.count_only = line.count_only;
  options.summary = line.summary;
  if (line.summary) {
    if (auto error = check_summary(line)) return error;
  }
  if (line.count_only) {
    if (auto error = check_counting(line)) return error;
  }
  if (line.interval && !line.count_only && !line.summary) {
    return usage_error("--interval is for the tables of --count-only and --summary",
                       "add one of the two");
  }
  if (line.interval && line.read_file) {
    return usage_error("a recording is read in one go, without --interval",
                       "leave out one of the two");
  }
  if (auto error = read_duration("--interval", line.interval, options.interval_ns)) return error;
  if (options.interval_ns.value_or(shortest_interval_ns) < shortest_interval_ns) {
    return usage_error(fmt::format("--interval {} is too short", *line.interval),
                       "--interval takes 100ms or more");
  }
  return read_min_latency(line, options);
}

}  // namespace nettrace
