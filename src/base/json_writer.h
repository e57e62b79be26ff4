// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// JSON, appended to a string piece by piece. Whatever bytes a text has, the result is valid (RFC
// 8259) and harmless for a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/digits.h"

namespace nettrace {

// Puts the commas; that brackets match and keys are unique is up to the caller. Allocates nothing
// once the string has grown. The string has all of it once the writer is gone or flush() was
// called: pieces are collected here, as each would take a string three times as many instructions.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}
  ~JsonWriter() { flush(); }
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  void open(char bracket) {
    value({&bracket, 1});
    needs_comma_ = false;
  }
  void close(char bracket) {
    put({&bracket, 1});
    needs_comma_ = true;
  }
  JsonWriter& key(std::string_view name) {  // of letters and '_' only, at most max_piece
    char* const at = put_text("\"", begin_value());
    end_value(put_text("\":", put_text(name, at)));
    needs_comma_ = false;
    return *this;
  }
  // Behind the last bracket.
  void end_line() {
    put("\n");
    needs_comma_ = false;
    flush();
  }
  void flush();

  void null() { value("null"); }
  void boolean(bool is_true) { is_true ? value("true") : value("false"); }
  void number(uint64_t value) { end_value(put_number(value, begin_value())); }
  void integer(int64_t value);
  void number_or_null(std::optional<uint64_t> value);
  void seconds(uint64_t ns);      // nine digits behind the point
  void microseconds(int64_t ns);  // three digits behind the point
  void hex(uint64_t value);       // "0xffff8887b6260800": many readers' numbers have 53 bits
  void text(std::string_view foreign);
  // What `append` appends to a string; null where that is nothing.
  template <typename Append>
  void text_or_null(Append append) {
    value("\"");
    flush();
    const size_t start = out_.size();
    append(out_);
    if (out_.size() > start) return end_text(start);
    out_.pop_back();  // the quote
    put("null");
  }
  // The same of a text of nettrace's own: printable ASCII without quotes and backslashes. `put`
  // writes it to where max_own_text bytes have room, and returns the end.
  template <typename Put>
  void own_text_or_null(Put put) {
    char* const at = begin_value(max_own_text + 2);
    char* const end = put(put_text("\"", at));
    end_value(end == at + 1 ? put_text("null", at) : put_text("\"", end));
  }
  static constexpr size_t max_own_text = 512;
  // Members of an object that another writer wrote.
  void members(std::string_view written) {
    end_value(begin_value());
    put(written);
  }

 private:
  // Where so many bytes may be written.
  char* room(size_t bytes) {
    if (sizeof(pieces_) - size_ < bytes) flush();
    return pieces_ + size_;
  }
  void put(std::string_view text) {
    if (text.size() > max_own_text) {
      flush();
      out_ += text;
    } else {
      end_value(put_text(text, room(text.size())));
    }
  }
  // Room for a value behind the comma that it may need; end_value() says where the value ended.
  char* begin_value(size_t bytes = max_piece) {
    char* const at = room(1 + bytes);
    *at = ',';
    return at + (std::exchange(needs_comma_, true) ? 1 : 0);
  }
  void end_value(const char* end) { size_ = static_cast<size_t>(end - pieces_); }
  // At most max_piece.
  void value(std::string_view text) { end_value(put_text(text, begin_value())); }
  void put_escaped(std::string_view foreign);
  void end_text(size_t start);

  static constexpr size_t max_piece = 64;

  std::string& out_;
  size_t size_ = 0;           // of the pieces
  bool needs_comma_ = false;  // before the next key or value
  char pieces_[1024];
};

}  // namespace nettrace
