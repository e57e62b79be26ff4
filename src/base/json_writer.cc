// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "base/json_writer.h"

#include <algorithm>

#include "base/append_format.h"
#include "base/clock.h"
#include "base/number_text.h"
#include "base/utf8.h"

namespace nettrace {
namespace {

constexpr size_t longest_escape = 6;                      // backslash, u, four digits
constexpr std::string_view replacement = "\xef\xbf\xbd";  // U+FFFD

// Characters that stand for themselves: nearly all. No function, so that the loop has no call.
constexpr auto is_plain = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; };

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
  if (out_.empty()) return;
  const char last = out_.back();
  if (last != '{' && last != '[' && last != ':' && last != '\n') out_ += ',';
}

// Makes a string of what stands behind `start`.
void JsonWriter::quote_from(size_t start) {
  const size_t size = out_.size() - start;
  if (std::all_of(out_.end() - static_cast<std::ptrdiff_t>(size), out_.end(), is_plain)) {
    out_.insert(start, 1, '"');
    out_ += '"';
    return;
  }
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
  out_ += '"';
  out_ += name;
  out_ += "\":";
  return *this;
}

void JsonWriter::null() {
  separate();
  out_ += "null";
}

void JsonWriter::number(uint64_t value) {
  separate();
  append_number(value, out_);
}

void JsonWriter::integer(int64_t value) {
  if (value >= 0) return number(static_cast<uint64_t>(value));
  separate();
  out_ += '-';
  append_number(0 - static_cast<uint64_t>(value), out_);
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
  append_number(ns / ns_per_s, out_);
  out_ += '.';
  append_number(ns % ns_per_s, 9, out_);
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
  out_ += "\"0x";
  append_hex(value, out_);
  out_ += '"';
}

void JsonWriter::text(std::string_view foreign) {
  separate();
  const size_t start = out_.size();
  out_ += foreign;
  quote_from(start);
}

}  // namespace nettrace
