// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "cli/table_options.h"

#include <fmt/core.h>

#include <vector>

#include "base/duration.h"
#include "cli/option_conflict.h"

namespace nettrace {
namespace {

constexpr uint64_t shortest_interval_ns = 100'000'000;

// What shows packets, which a table does not.
std::vector<Given> for_packets(const CommandLine& line) {
  return {{line.timeline, "--timeline"},
          {line.returns, "--ret"},
          {line.stack || line.force_stack, "--stack"},
          {!line.stack_tracers.empty(), "--stack-tracer"},
          {!line.columns.empty(), "-o"},
          {line.detail, "--detail"},
          {line.limit.has_value(), "--limit"}};
}

// What tells packets apart or keeps them, for which counting has no events.
std::vector<Given> for_events(const CommandLine& line) {
  return {{line.latency, "--latency"},        {line.min_latency.has_value(), "--min-latency"},
          {line.count.has_value(), "-c"},     {line.write_file.has_value(), "-w"},
          {line.read_file.has_value(), "-r"}, {line.buffer_size.has_value(), "--buffer-size"}};
}

std::optional<Error> check_counting(const CommandLine& line) {
  auto name = first_given(for_packets(line));
  if (!name) name = first_given(for_events(line));
  if (!name) return std::nullopt;
  return usage_error(fmt::format("--count-only counts in the kernel and has nothing for {}", *name),
                     fmt::format("leave out --count-only or {}", *name));
}

std::optional<Error> check_summary(const CommandLine& line) {
  if (line.count_only) {
    return usage_error("--count-only and --summary are two different tables", "ask for one");
  }
  if (!line.latency) return usage_error("--summary is of latencies", "add --latency");
  const auto name = first_given(for_packets(line));
  if (!name) return std::nullopt;
  return usage_error(fmt::format("--summary shows no packets, so {} does not go with it", *name),
                     fmt::format("leave out --summary or {}", *name));
}

std::optional<Error> read_min_latency(const CommandLine& line, Options& options) {
  std::optional<uint64_t> min_ns;
  if (auto error = read_duration("--min-latency", line.min_latency, min_ns)) return error;
  options.min_latency_ns = min_ns.value_or(0);
  if (min_ns && line.read_file && !line.timeline && !line.summary) {
    return usage_error("how long a packet of a recording took is known at its end only",
                       "add --timeline, or --latency --summary");
  }
  if (options.min_latency_ns >= NT_MAX_LATENCY_NS) {
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
