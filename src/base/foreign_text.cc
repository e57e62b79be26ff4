// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "base/foreign_text.h"

#include <algorithm>

#include "base/eight.h"
#include "base/utf8.h"

namespace nettrace {
namespace {

constexpr size_t max_quoted_bytes = 80;

}  // namespace

void append_printable(std::string_view foreign, std::string& out) {
  if (!eight::any(foreign, eight::has_unprintable)) {
    out += foreign;
    return;
  }
  while (!foreign.empty()) {
    const size_t length = utf8_length(foreign);
    const std::string_view character = foreign.substr(0, std::max<size_t>(length, 1));
    if (length == 0 || is_control(character)) {
      out += '?';
    } else {
      out += character;
    }
    foreign.remove_prefix(character.size());
  }
}

std::string in_quotes(std::string_view foreign) {
  std::string out = "'";
  const bool cut = foreign.size() > max_quoted_bytes;
  append_printable(foreign.substr(0, max_quoted_bytes), out);
  return out + (cut ? "...'" : "'");
}

}  // namespace nettrace
