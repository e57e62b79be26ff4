// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "base/json_writer.h"

#include <algorithm>

#include "base/append_format.h"
#include "base/clock.h"
#include "base/text.h"

namespace nettrace {
namespace {

constexpr size_t longest_escape = 6;                      // backslash, u, four digits
constexpr std::string_view replacement = "\xef\xbf\xbd";  // U+FFFD

// `character` is one of UTF-8, or a byte that is none.
void append_escaped(std::string_view character, bool is_utf8, std::string& out) {
  if (!is_utf8) {
    out += replacement;
  } else if (is_control(character)) {  // its code point is its last byte
    append_format(out, "\\u{:04x}", static_cast<unsigned char>(character.back()));
  } else {
    if (character == "\"" || character == "\\") out += '\\';
    out += character;
  }
}

}  // namespace

// A comma, unless the value is the first in its brackets, that of a key, or the first of a line.
void JsonWriter::separate() {
  constexpr std::string_view none_behind = "{[:\n";
  if (!out_.empty() && none_behind.find(out_.back()) == std::string_view::npos) out_ += ',';
}

// Makes a string of what stands behind `start`.
void JsonWriter::quote_from(size_t start) {
  const size_t size = out_.size() - start;
  out_.reserve(out_.size() + size * longest_escape + 2);  // so that `raw` stays where it is
  std::string_view raw(out_.data() + start, size);
  out_ += '"';
  while (!raw.empty()) {
    const size_t length = utf8_length(raw);
    const std::string_view character = raw.substr(0, std::max<size_t>(length, 1));
    append_escaped(character, length != 0, out_);
    raw.remove_prefix(character.size());
  }
  out_ += '"';
  out_.erase(start, size);
}

void JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_format(out_, "\"{}\":", name);
  return *this;
}

void JsonWriter::null() {
  separate();
  out_ += "null";
}

void JsonWriter::number(uint64_t value) {
  separate();
  append_format(out_, "{}", value);
}

void JsonWriter::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
}

void JsonWriter::number_or_null(std::optional<uint64_t> value) {
  if (value) {
    number(*value);
  } else {
    null();
  }
}

void JsonWriter::seconds(uint64_t ns) {
  separate();
  append_format(out_, "{}.{:09}", ns / ns_per_s, ns % ns_per_s);
}

void JsonWriter::microseconds(int64_t ns) {
  const uint64_t size = ns < 0 ? 0 - static_cast<uint64_t>(ns) : static_cast<uint64_t>(ns);
  separate();
  if (ns < 0) out_ += '-';
  append_number(size / ns_per_us, out_);
  out_ += '.';
  append_number(size % ns_per_us, 3, out_);
}

void JsonWriter::hex(uint64_t value) {
  separate();
  append_format(out_, "\"0x{:x}\"", value);
}

void JsonWriter::text(std::string_view foreign) {
  separate();
  const size_t start = out_.size();
  out_ += foreign;
  quote_from(start);
}

}  // namespace nettrace
