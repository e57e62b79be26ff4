// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "cli/recording_options.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "base/size.h"
#include "base/text.h"
#include "cli/option_conflict.h"

namespace nettrace {
namespace {

constexpr uint64_t file_size_unit = 1'000'000;  // as tcpdump's -C counts

std::optional<Error> read_size(const std::string& word, uint64_t& bytes) {
  const auto size = parse_size(word, file_size_unit);
  if (!size) {
    return usage_error(fmt::format("{} is not a size", in_quotes(word)),
                       "-C takes a number of million bytes, or one with k, m or g: 64m");
  }
  bytes = *size;
  return std::nullopt;
}

std::optional<Error> read_rotation(const CommandLine& line, RotationLimits& limits) {
  if (line.file_size && !line.write_file) {
    return usage_error("-C is for the files of -w", "add -w FILE");
  }
  if (line.file_count && !line.file_size) {
    return usage_error("-W counts the files that -C makes", "add -C SIZE");
  }
  if (line.file_size && line.write_file == "-") {
    return usage_error("standard output cannot be divided into files",
                       "give -w a file's name, or leave out -C");
  }
  if (line.file_size) {
    if (auto error = read_size(*line.file_size, limits.bytes)) return error;
  }
  if (!line.file_count) return std::nullopt;
  const std::string& word = *line.file_count;
  const char* const end = word.data() + word.size();
  const auto [stop, error] = std::from_chars(word.data(), end, limits.files);
  if (error != std::errc() || stop != end || limits.files == 0) {
    return usage_error(fmt::format("{} is not a number of files", in_quotes(word)),
                       "-W takes a number from 1");
  }
  return std::nullopt;
}

// Other columns than those that have to be asked for when they are recorded.
bool shows_columns(const CommandLine& line) {
  return std::any_of(line.columns.begin(), line.columns.end(), [](const std::string& name) {
    const Field* const field = find_field(name);
    return field == nullptr || !(sections_of(*field) & recorded_on_demand);
  });
}

// What -w writes can be shown in any form later.
std::optional<Error> check_writing(const CommandLine& line) {
  if (line.read_file) {
    return usage_error("-w writes a recording and -r reads one", "leave one of the two out");
  }
  const auto name = first_given({{line.timeline, "--timeline"},
                                 {line.json, "--json"},
                                 {line.detail, "--detail"},
                                 {line.latency, "--latency"},
                                 {line.time.has_value(), "--time"},
                                 {shows_columns(line), "-o"}});
  if (!name) return std::nullopt;
  return usage_error(fmt::format("-w shows nothing, so {} does not go with it", *name),
                     fmt::format("give {} when the recording is read", *name));
}

std::optional<Error> check_reading(const CommandLine& line) {
  const bool asks_tree =
      std::find(line.tracers.begin(), line.tracers.end(), "?") != line.tracers.end();
  const auto name = first_given({{line.tracer_file.has_value(), "--tracer-file"},
                                 {line.duration.has_value(), "--duration"},
                                 {line.backend.has_value(), "--backend"},
                                 {line.buffer_size.has_value(), "--buffer-size"},
                                 {line.btf_file.has_value(), "--btf"},
                                 {line.check, "--check"},
                                 {asks_tree, "-t ?"}});
  if (!name) return std::nullopt;
  return usage_error(fmt::format("{} is for the running kernel, not for a recording", *name),
                     fmt::format("leave out -r or {}", *name));
}

std::string filter_text(const FilterWords& words, const std::optional<std::string>& min_latency) {
  const std::pair<std::string_view, const std::optional<std::string>*> all[] = {
      {"-p", &words.proto},      {"--saddr", &words.saddr},
      {"--daddr", &words.daddr}, {"--addr", &words.addr},
      {"--sport", &words.sport}, {"--dport", &words.dport},
      {"--port", &words.port},   {"--tcp-flags", &words.tcp_flags},
      {"--netns", &words.netns}, {"--if", &words.device},
      {"--pid", &words.pid},     {"--mark", &words.mark},
      {"--len", &words.len}};
  std::string text;
  for (const auto& [option, word] : all) {
    if (*word) text += fmt::format("{}{} {}", text.empty() ? "" : " ", option, **word);
  }
  if (min_latency) text += fmt::format("{}--min-latency {}", text.empty() ? "" : " ", *min_latency);
  if (words.inner) text += text.empty() ? "--inner" : " --inner";
  for (const std::string& word : words.expression) {
    text += fmt::format("{}{}", text.empty() ? "" : " ", word);
  }
  return text;
}

}  // namespace

std::optional<Error> read_recording_options(const CommandLine& line, Options& options) {
  options.json = line.json;
  options.write_file = line.write_file;
  options.read_file = line.read_file;
  options.filter_text = filter_text(line.filter, line.min_latency);
  if (line.json && line.time) {
    return usage_error("--time is for lines of text: JSON has seconds since boot",
                       "leave one of the two out");
  }
  if (line.write_file) {
    if (auto error = check_writing(line)) return error;
  }
  if (line.read_file) {
    if (auto error = check_reading(line)) return error;
  }
  return read_rotation(line, options.rotation);
}

}  // namespace nettrace
