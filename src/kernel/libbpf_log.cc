// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "kernel/libbpf_log.h"

#include <bpf/libbpf.h>

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>

namespace nettrace {
namespace {

constexpr size_t max_log_lines = 2000;  // the verifier's log alone can be megabytes

std::vector<std::string>& log() {
  static std::vector<std::string> lines;
  return lines;
}

int keep_log(libbpf_print_level level, const char* format, va_list arguments) {
  if (level == LIBBPF_DEBUG || log().size() >= max_log_lines) return 0;
  char* text = nullptr;
  const int length = vasprintf(&text, format, arguments);
  if (length < 0) return 0;
  const std::unique_ptr<char, decltype(&free)> owner(text, free);
  std::string_view rest(text, static_cast<size_t>(length));
  while (!rest.empty() && log().size() < max_log_lines) {
    const size_t end = rest.find('\n');
    log().emplace_back(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return 0;
}

}  // namespace

void keep_libbpf_log() { libbpf_set_print(keep_log); }
std::vector<std::string> take_libbpf_log() { return std::exchange(log(), {}); }

}  // namespace nettrace
