// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The engines agree on one thing: the last part of the path that has 64 hexadecimal digits in a row
// names the container ("/docker/ID", "/libpod-ID.scope/container", "/cri-containerd-ID.scope").
#include "host/container.h"

#include <algorithm>

namespace nettrace {
namespace {

constexpr std::string_view hexadecimal = "0123456789abcdef";
constexpr size_t id_digits = 64;
constexpr size_t short_digits = 12;

}  // namespace

std::string_view container_of(std::string_view cgroup) {
  std::string_view found;
  for (size_t at = cgroup.find_first_of(hexadecimal); at != std::string_view::npos;) {
    const size_t end = std::min(cgroup.find_first_not_of(hexadecimal, at), cgroup.size());
    if (end - at == id_digits) found = cgroup.substr(at, short_digits);
    at = cgroup.find_first_of(hexadecimal, end);
  }
  return found;
}

bool is_container_id(std::string_view word) {
  return word.size() >= short_digits && word.size() <= id_digits &&
         word.find_first_not_of(hexadecimal) == std::string_view::npos;
}

}  // namespace nettrace
