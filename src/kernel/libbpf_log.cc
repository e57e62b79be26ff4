// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "kernel/libbpf_log.h"

#include <bpf/libbpf.h>

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>

namespace nettrace {
namespace {

constexpr size_t max_log_lines = 2000;  // the verifier's log alone can be megabytes

std::mutex log_mutex;  // programs are loaded by several threads

std::vector<std::string>& log() {
  static std::vector<std::string> lines;
  return lines;
}

void keep_line(std::string_view line) {
  const std::lock_guard lock(log_mutex);
  if (log().size() < max_log_lines) log().emplace_back(line);
}

int keep_log(libbpf_print_level level, const char* format, va_list arguments) {
  if (level == LIBBPF_DEBUG) return 0;
  char* text = nullptr;
  const int length = vasprintf(&text, format, arguments);
  if (length < 0) return 0;
  const std::unique_ptr<char, decltype(&free)> owner(text, free);
  std::string_view rest(text, static_cast<size_t>(length));
  while (!rest.empty()) {
    const size_t end = rest.find('\n');
    keep_line(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return 0;
}

}  // namespace

void keep_libbpf_log() { libbpf_set_print(keep_log); }

void keep_log_lines(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) keep_line(line);
}

std::vector<std::string> take_libbpf_log() {
  const std::lock_guard lock(log_mutex);
  return std::exchange(log(), {});
}

}  // namespace nettrace
