// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "cli/option_readers.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <utility>

#include "base/duration.h"
#include "base/foreign_text.h"
#include "base/near_names.h"
#include "base/size.h"

namespace nettrace {
namespace {

constexpr uint64_t min_ring_bytes = 4096;  // a page
constexpr uint64_t max_ring_bytes = 1 << 30;
constexpr uint64_t min_interval_ns = 100'000'000;
constexpr uint64_t file_size_unit = 1'000'000;  // as tcpdump's -C counts

// From 1.
template <typename Number>
std::optional<Number> parse_positive(const std::string& word) {
  Number number = 0;
  const char* const end = word.data() + word.size();
  const auto [stop, error] = std::from_chars(word.data(), end, number);
  if (error != std::errc() || stop != end || number == 0) return std::nullopt;
  return number;
}

std::optional<Error> read_positive(std::string_view option, const std::string& word,
                                   std::optional<uint64_t>& count) {
  count = parse_positive<uint64_t>(word);
  if (count) return std::nullopt;
  return usage_error(fmt::format("{} is not a count", in_quotes(word)),
                     fmt::format("{} takes a number from 1", option));
}

// Stores the value, or passes the error on.
template <typename T, typename Value>
std::optional<Error> store(Result<Value> value, T& to) {
  if (!value) return value.error();
  to = std::move(*value);
  return std::nullopt;
}

void add_column(const Column* column, Options& options) {
  auto& columns = options.columns;
  if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
}

Error unknown_column(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Column& field : all_columns()) names.push_back(field.name);
  std::string remedy = did_you_mean(name, names);
  if (!remedy.empty()) remedy += " ";
  return usage_error(fmt::format("{} is not an output column", in_quotes(name)),
                     fmt::format("{}the columns are {}", remedy, fmt::join(names, ", ")));
}

}  // namespace

std::optional<Error> read_count(std::string_view option, const std::string& word,
                                Options& options) {
  return read_positive(option, word, options.count);
}

std::optional<Error> read_limit(std::string_view option, const std::string& word,
                                Options& options) {
  return read_positive(option, word, options.limit);
}

std::optional<Error> read_trace_duration(std::string_view option, const std::string& word,
                                         Options& options) {
  return store(parse_duration(option, word), options.duration_ns);
}

std::optional<Error> read_idle_timeout(std::string_view option, const std::string& word,
                                       Options& options) {
  return store(parse_duration(option, word), options.idle_timeout_ns);
}

std::optional<Error> read_interval(std::string_view option, const std::string& word,
                                   Options& options) {
  if (auto error = store(parse_duration(option, word), options.interval_ns)) return error;
  if (*options.interval_ns >= min_interval_ns) return std::nullopt;
  return usage_error(fmt::format("{} {} is too short", option, word),
                     fmt::format("{} takes 100ms or more", option));
}

std::optional<Error> read_min_latency(std::string_view option, const std::string& word,
                                      Options& options) {
  if (auto error = store(parse_duration(option, word), options.min_latency_ns)) return error;
  if (options.min_latency_ns < NT_MAX_LATENCY_NS) return std::nullopt;
  return usage_error(fmt::format("{} {} is too long", option, word),
                     fmt::format("{} takes 2h or less", option));
}

std::optional<Error> read_file_size(std::string_view option, const std::string& word,
                                    Options& options) {
  const auto size = parse_size(word, file_size_unit);
  if (!size) {
    return usage_error(
        fmt::format("{} is not a size", in_quotes(word)),
        fmt::format("{} takes a number of million bytes, or one with k, m or g: 64m", option));
  }
  options.rotation.bytes = *size;
  return std::nullopt;
}

std::optional<Error> read_file_count(std::string_view option, const std::string& word,
                                     Options& options) {
  const auto files = parse_positive<uint32_t>(word);
  if (!files) {
    return usage_error(fmt::format("{} is not a number of files", in_quotes(word)),
                       fmt::format("{} takes a number from 1", option));
  }
  options.rotation.files = *files;
  return std::nullopt;
}

std::optional<Error> read_ring_size(std::string_view option, const std::string& word,
                                    Options& options) {
  const auto bytes = parse_size(word, 1);
  if (!bytes || *bytes < min_ring_bytes || *bytes > max_ring_bytes) {
    return usage_error(
        fmt::format("{} is not a size for the ring buffer", in_quotes(word)),
        fmt::format("{} takes 4k to 1g: a whole number of bytes, or of k, m or g", option));
  }
  options.ring_bytes = static_cast<uint32_t>(std::bit_ceil(*bytes));
  return std::nullopt;
}

std::optional<Error> read_backend(std::string_view, const std::string& word, Options& options) {
  return store(parse_backend(word), options.backend);
}

std::optional<Error> read_time_form(std::string_view, const std::string& word, Options& options) {
  return store(parse_time_form(word), options.time);
}

std::optional<Error> read_colour(std::string_view, const std::string& word, Options& options) {
  return store(parse_colour_when(word), options.colour);
}

std::optional<Error> read_column(std::string_view, const std::string& word, Options& options) {
  const Column* const column = find_column(word);
  if (column == nullptr) return unknown_column(word);
  add_column(column, options);
  return std::nullopt;
}

void add_detail_columns(Options& options) {
  for (const Column& field : all_columns()) {
    if (field.in_detail) add_column(&field, options);
  }
}

void add_latency_column(Options& options) {
  const Column* const latency = find_column("latency");
  std::erase(options.columns, latency);
  options.columns.insert(options.columns.begin(), latency);
}

std::string column_help() {
  std::string lines;
  for (const Column& field : all_columns()) {
    lines += fmt::format("\n  {:<8}{}", field.name, field.help);
  }
  return lines;
}

std::string detail_columns() {
  std::string names;
  for (const Column& field : all_columns()) {
    if (field.in_detail) names += fmt::format("{}{}", names.empty() ? "" : ",", field.name);
  }
  return names;
}

void add_all_functions(Options& options) { options.tracers.emplace_back("*"); }

}  // namespace nettrace
