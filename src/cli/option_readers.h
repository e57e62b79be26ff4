// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What the words of single options mean. An error names the option and says what it takes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/options.h"

namespace nettrace {

std::optional<Error> read_count(std::string_view option, const std::string& word, Options& options);
std::optional<Error> read_limit(std::string_view option, const std::string& word, Options& options);
std::optional<Error> read_trace_duration(std::string_view option, const std::string& word,
                                         Options& options);
std::optional<Error> read_idle_timeout(std::string_view option, const std::string& word,
                                       Options& options);
std::optional<Error> read_interval(std::string_view option, const std::string& word,
                                   Options& options);
std::optional<Error> read_min_latency(std::string_view option, const std::string& word,
                                      Options& options);
std::optional<Error> read_file_size(std::string_view option, const std::string& word,
                                    Options& options);
std::optional<Error> read_file_count(std::string_view option, const std::string& word,
                                     Options& options);
std::optional<Error> read_ring_size(std::string_view option, const std::string& word,
                                    Options& options);
std::optional<Error> read_backend(std::string_view option, const std::string& word,
                                  Options& options);
std::optional<Error> read_time_form(std::string_view option, const std::string& word,
                                    Options& options);
std::optional<Error> read_colour(std::string_view option, const std::string& word,
                                 Options& options);

// The columns: -o, --detail and --latency, read in this order; each column is shown once.
std::optional<Error> read_column(std::string_view option, const std::string& word,
                                 Options& options);
void add_detail_columns(Options& options);
void add_latency_column(Options& options);  // in front
std::string column_help();                  // a line for each
std::string detail_columns();               // "id,if,..."

void add_all_functions(Options& options);
template <Options::Mode mode>
void set_mode(Options& options) {
  options.mode = mode;
}

}  // namespace nettrace
