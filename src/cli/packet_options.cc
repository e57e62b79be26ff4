// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "cli/packet_options.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "base/duration.h"
#include "base/text.h"
#include "tracer/words.h"

namespace nettrace {
namespace {

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
  const bool by_packets = line.timeline || line.summary;
  if (line.count && !by_packets) {
    return usage_error("-c counts packets, which only --timeline and --summary tell apart",
                       line.write_file ? "end after so many events with --limit"
                                       : "add --timeline, or end after so many lines with --limit");
  }
  if (line.idle_timeout && !by_packets) {
    return usage_error("--idle-timeout is for the packets of --timeline and --summary",
                       "add --timeline");
  }
  if (auto error = read_count("-c", line.count, options.count)) return error;
  if (auto error = read_count("--limit", line.limit, options.limit)) return error;
  if (auto error = read_duration("--duration", line.duration, options.duration_ns)) return error;
  std::optional<uint64_t> idle;
  if (auto error = read_duration("--idle-timeout", line.idle_timeout, idle)) return error;
  if (idle) options.idle_timeout_ns = *idle;
  return read_stacks(line, options);
}

}  // namespace nettrace
