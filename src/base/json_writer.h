// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// JSON, appended to a string piece by piece. Whatever bytes a text has, the result is valid (RFC
// 8259) and harmless for a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nettrace {

// Puts the commas; that brackets match and keys are unique is up to the caller. Allocates nothing
// once the string has grown.
class JsonWriter {
 public:
  // What is in `out` already is empty or ends with a newline.
  explicit JsonWriter(std::string& out) : out_(out) {}

  void open(char bracket);
  void close(char bracket) { out_ += bracket; }
  JsonWriter& key(std::string_view name);  // of letters and '_' only

  void null();
  void number(uint64_t value);
  void integer(int64_t value);
  void boolean(bool value);
  void number_or_null(std::optional<uint64_t> value);
  void seconds(uint64_t ns);      // nine digits behind the point
  void microseconds(int64_t ns);  // three digits behind the point
  void hex(uint64_t value);       // "0xffff8887b6260800": many readers' numbers have 53 bits
  void text(std::string_view foreign);
  // What `append` appends to a string; null where that is nothing.
  template <typename Append>
  void text_or_null(Append append) {
    separate();
    const size_t start = out_.size();
    append(out_);
    if (out_.size() == start) {
      out_ += "null";
    } else {
      quote_from(start);
    }
  }

 private:
  void separate();
  void quote_from(size_t start);

  std::string& out_;
};

}  // namespace nettrace
