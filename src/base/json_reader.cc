// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Reads the text twice: a first pass builds nothing and refuses, the second builds what is known to
// be harmless.
#include "base/json_reader.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/foreign_text.h"

namespace nettrace {
namespace {

using nlohmann::json;

constexpr size_t max_message = 160;  // the library quotes the offending token, however long

// The library's words without its own "[id] parse error at line 1, column 2: ".
std::string reason_of(const std::string& library_message) {
  std::string_view reason = library_message;
  if (const auto id = reason.find("] "); id != std::string_view::npos) reason.remove_prefix(id + 2);
  if (reason.starts_with("parse error at ")) {
    if (const auto place = reason.find(": "); place != std::string_view::npos)
      reason.remove_prefix(place + 2);
  }
  std::string printable;
  append_printable(reason.substr(0, max_message), printable);
  return printable;
}

// The first pass. Its methods are the events of the library's parser; false ends the parse.
class Guard : public nlohmann::json_sax<json> {
 public:
  Guard(std::string_view text, const JsonLimits& limits) : text_(text), limits_(limits) {}

  bool null() override { return count(); }
  bool boolean(bool) override { return count(); }
  bool number_integer(json::number_integer_t) override { return count(); }
  bool number_unsigned(json::number_unsigned_t) override { return count(); }
  bool number_float(json::number_float_t, const std::string&) override { return count(); }
  bool string(std::string&) override { return count(); }
  bool binary(json::binary_t&) override { return count(); }
  bool start_object(size_t) override { return open(); }
  bool start_array(size_t) override { return open(); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(std::string& name) override {
    if (keys_.back().insert(name).second) return true;
    return refuse(fmt::format("the field {} is given twice", in_quotes(name)));
  }

  bool parse_error(size_t position, const std::string& token,
                   const json::exception& error) override {
    offset_ = std::min(position == 0 ? 0 : position - 1, text_.size());
    // The library points at a token's end; of a string, people look for the start.
    const bool is_string = token.size() > 1 && token.starts_with('"') && token.ends_with('"');
    if (is_string && token.size() <= offset_ + 1) offset_ -= token.size() - 1;
    located_ = true;
    return refuse(reason_of(error.what()));
  }

  Error error(std::string_view source) const {
    if (!located_) return usage_error(fmt::format("{}: {}", source, reason_));
    const auto before = text_.substr(0, offset_);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const auto newline = before.rfind('\n');
    const auto column = offset_ - (newline == std::string_view::npos ? 0 : newline + 1) + 1;
    return usage_error(fmt::format("{}:{}:{}: {}", source, line, column, reason_));
  }

 private:
  bool count() {
    if (++values_ <= limits_.values) return true;
    return refuse(fmt::format("more than {} values", limits_.values));
  }
  bool open() {
    keys_.emplace_back();
    if (keys_.size() <= limits_.depth) return count();
    return refuse(fmt::format("more than {} levels of brackets", limits_.depth));
  }
  bool close() {
    keys_.pop_back();
    return true;
  }
  bool refuse(std::string reason) {
    reason_ = std::move(reason);
    return false;
  }

  std::string_view text_;
  const JsonLimits& limits_;
  std::vector<std::set<std::string>> keys_;  // of every object that is open
  size_t values_ = 0;
  size_t offset_ = 0;
  bool located_ = false;
  std::string reason_;
};

}  // namespace

Result<json> read_json(std::string_view text, std::string_view source, const JsonLimits& limits) {
  if (text.size() > limits.bytes) {
    return usage_error(fmt::format("{}: longer than {} bytes", source, limits.bytes));
  }
  Guard guard(text, limits);
  if (!json::sax_parse(text, &guard)) return guard.error(source);
  return json::parse(text, nullptr, /*allow_exceptions=*/false);
}

}  // namespace nettrace
