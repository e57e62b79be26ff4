// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "packet_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "text.h"
#include "tracer_words.h"

namespace nettrace {
namespace {

constexpr uint64_t ns_per_ms = 1'000'000;
constexpr uint64_t ns_per_s = 1'000'000'000;
constexpr uint64_t shortest_interval_ns = 100 * ns_per_ms;

struct Unit {
  std::string_view name;
  uint64_t ns;
};
constexpr Unit units[] = {{"ms", ns_per_ms},
                          {"s", ns_per_s},
                          {"m", 60 * ns_per_s},
                          {"h", 3600 * ns_per_s},
                          {"", ns_per_s}};

std::optional<Error> read_count(std::string_view option, const std::optional<std::string>& word,
                                std::optional<uint64_t>& count) {
  if (!word) return std::nullopt;
  uint64_t number = 0;
  const char* const end = word->data() + word->size();
  const auto [stop, error] = std::from_chars(word->data(), end, number);
  if (error != std::errc() || stop != end || number == 0) {
    return usage_error(fmt::format("{} is not a count", in_quotes(*word)),
                       fmt::format("{} takes a number from 1", option));
  }
  count = number;
  return std::nullopt;
}

std::optional<Error> read_time(std::string_view option, const std::optional<std::string>& word,
                               std::optional<uint64_t>& ns) {
  if (!word) return std::nullopt;
  constexpr double most_ns = 1e18;  // some 30 years
  double number = 0;
  const char* const end = word->data() + word->size();
  const auto [stop, error] = std::from_chars(word->data(), end, number, std::chars_format::fixed);
  const std::string_view rest(stop, static_cast<size_t>(end - stop));
  const auto unit = std::find_if(std::begin(units), std::end(units),
                                 [&](const Unit& known) { return known.name == rest; });
  const double wanted_ns = unit == std::end(units) ? 0 : number * static_cast<double>(unit->ns);
  if (error != std::errc() || !(wanted_ns >= 1 && wanted_ns <= most_ns)) {  // NaN is neither
    return usage_error(
        fmt::format("{} is not a time", in_quotes(*word)),
        fmt::format("{} takes seconds, or a number with ms, s, m or h: 30s", option));
  }
  ns = static_cast<uint64_t>(wanted_ns);
  return std::nullopt;
}

// What shows or keeps packets does not go with counting them.
std::optional<Error> read_counting(const CommandLine& line, Options& options) {
  options.count_only = line.count_only;
  if (line.interval && !line.count_only) {
    return usage_error("--interval is for the tables of --count-only", "add --count-only");
  }
  const std::pair<bool, std::string_view> for_packets[] = {
      {line.timeline, "--timeline"},
      {line.returns, "--ret"},
      {line.stack || line.force_stack, "--stack"},
      {!line.stack_tracers.empty(), "--stack-tracer"},
      {!line.columns.empty(), "-o"},
      {line.detail, "--detail"},
      {line.latency, "--latency"},
      {line.limit.has_value(), "--limit"},
      {line.write_file.has_value(), "-w"},
      {line.read_file.has_value(), "-r"},
      {line.buffer_size.has_value(), "--buffer-size"}};
  for (const auto& [given, name] : for_packets) {
    if (!given || !line.count_only) continue;
    return usage_error(fmt::format("--count-only has no packets for {}", name),
                       fmt::format("leave out --count-only or {}", name));
  }
  if (auto error = read_time("--interval", line.interval, options.interval_ns)) return error;
  if (options.interval_ns.value_or(shortest_interval_ns) < shortest_interval_ns) {
    return usage_error(fmt::format("--interval {} is too short", *line.interval),
                       "--interval takes 100ms or more");
  }
  return std::nullopt;
}

std::optional<Error> read_stacks(const CommandLine& line, Options& options) {
  options.stack_tracers = line.stack_tracers;
  const bool all = std::any_of(options.tracers.begin(), options.tracers.end(), is_everything);
  const bool all_stacks =
      std::any_of(line.stack_tracers.begin(), line.stack_tracers.end(), is_everything);
  if (line.stack && !line.stack_tracers.empty()) {
    return usage_error("--stack and --stack-tracer contradict each other",
                       "--stack is for all functions, --stack-tracer for some: leave one out");
  }
  if (line.force_stack && line.stack_tracers.empty()) {
    options.stack_tracers = options.tracers;
    return std::nullopt;
  }
  const bool costs = !line.read_file;  // the stacks of a recording are there already
  if (((line.stack && all) || all_stacks) && !line.force_stack && costs) {
    return usage_error("stacks of all functions slow the machine down",
                       "choose functions with -t or --stack-tracer, or insist with --force-stack");
  }
  if (line.stack) options.stack_tracers = options.tracers;
  return std::nullopt;
}

}  // namespace

std::optional<Error> read_packet_options(const CommandLine& line, Options& options) {
  options.timeline = line.timeline;
  options.skb_mode = line.skb_mode;
  options.returns = line.returns;
  if (line.count && !line.timeline) {
    return usage_error("-c counts packets, which only --timeline tells apart",
                       line.write_file ? "end after so many events with --limit"
                                       : "add --timeline, or end after so many lines with --limit");
  }
  if (line.idle_timeout && !line.timeline) {
    return usage_error("--idle-timeout is for the packets of --timeline", "add --timeline");
  }
  if (auto error = read_count("-c", line.count, options.count)) return error;
  if (auto error = read_count("--limit", line.limit, options.limit)) return error;
  if (auto error = read_time("--duration", line.duration, options.duration_ns)) return error;
  std::optional<uint64_t> idle;
  if (auto error = read_time("--idle-timeout", line.idle_timeout, idle)) return error;
  if (idle) options.idle_timeout_ns = *idle;
  if (auto error = read_counting(line, options)) return error;
  return read_stacks(line, options);
}

}  // namespace nettrace
