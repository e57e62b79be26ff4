// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "base/json_writer.h"

#include <algorithm>

#include "base/clock.h"
#include "base/digits.h"
#include "base/eight.h"
#include "base/utf8.h"

namespace nettrace {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";  // U+FFFD

// Characters that stand for themselves: nearly all.
bool is_plain(std::string_view text) {
  return !eight::any(text, [](uint64_t bytes) {
    return eight::has_unprintable(bytes) || eight::has(bytes, '"') || eight::has(bytes, '\\');
  });
}

}  // namespace

void JsonWriter::flush() {
  out_.append(pieces_, size_);
  size_ = 0;
}

void JsonWriter::put_escaped(std::string_view foreign) {
  while (!foreign.empty()) {
    const size_t length = utf8_length(foreign);
    const std::string_view character = foreign.substr(0, std::max<size_t>(length, 1));
    if (length == 0) {
      put(replacement);
    } else if (is_control(character)) {  // its code point is its last byte
      put("\\u00");
      digits::put_hex_pair(static_cast<uint8_t>(character.back()), room(2));
      size_ += 2;
    } else {
      if (character == "\"" || character == "\\") put("\\");
      put(character);
    }
    foreign.remove_prefix(character.size());
  }
}

// Of what stands in the string behind `start`, with the opening quote before it.
void JsonWriter::end_text(size_t start) {
  if (!is_plain(std::string_view(out_).substr(start))) {
    const std::string foreign(out_, start);
    out_.resize(start);
    put_escaped(foreign);
  }
  put("\"");
}

void JsonWriter::text(std::string_view foreign) {
  char* const at = put_text("\"", begin_value());
  if (foreign.size() <= max_piece - 2 && is_plain(foreign)) {
    return end_value(put_text("\"", put_text(foreign, at)));
  }
  end_value(at);
  flush();
  const size_t start = out_.size();
  out_ += foreign;
  end_text(start);
}

void JsonWriter::integer(int64_t value) {
  if (value >= 0) return number(static_cast<uint64_t>(value));
  char* const at = begin_value();
  *at = '-';
  end_value(put_number(0 - static_cast<uint64_t>(value), at + 1));
}

void JsonWriter::number_or_null(std::optional<uint64_t> value) { value ? number(*value) : null(); }

void JsonWriter::seconds(uint64_t ns) {
  char* at = put_number(ns / ns_per_s, begin_value());
  *at++ = '.';
  put_digits(static_cast<uint32_t>(ns % ns_per_s), 9, at);
  end_value(at + 9);
}

void JsonWriter::microseconds(int64_t ns) {
  const uint64_t size = ns < 0 ? 0 - static_cast<uint64_t>(ns) : static_cast<uint64_t>(ns);
  char* at = begin_value();
  if (ns < 0) *at++ = '-';
  at = put_number(size / ns_per_us, at);
  *at++ = '.';
  put_digits(static_cast<uint32_t>(size % ns_per_us), 3, at);
  end_value(at + 3);
}

void JsonWriter::hex(uint64_t value) {
  char* const end = put_hex(value, put_text("\"0x", begin_value()));
  *end = '"';
  end_value(end + 1);
}

}  // namespace nettrace
