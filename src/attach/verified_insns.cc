// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "attach/verified_insns.h"

#include <charconv>

namespace nettrace {

// "processed 1234 insns (limit 1000000) …", print_verification_stats() of the kernel's verifier.c.
uint64_t verified_insns(std::string_view log) {
  constexpr std::string_view begin = "processed ";
  const size_t at = log.find(begin);
  uint64_t count = 0;
  if (at == std::string_view::npos) return 0;
  const std::string_view rest = log.substr(at + begin.size());
  std::from_chars(rest.data(), rest.data() + rest.size(), count);
  return count;
}

}  // namespace nettrace
