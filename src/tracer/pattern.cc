// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// One pass of recursive descent over the regex builds its position automaton.
#include "tracer/pattern.h"

#include <fmt/core.h>

#include <cctype>
#include <optional>
#include <string>

#include "base/foreign_text.h"

namespace nettrace {
namespace {

using ByteSet = std::bitset<256>;

// The end of a symbol is matched as if it were this byte, which no symbol contains.
constexpr unsigned char end_of_symbol = 0;

ByteSet only(unsigned char byte) { return ByteSet().set(byte); }
ByteSet all_but(const ByteSet& bytes) { return ~(bytes | only(end_of_symbol)); }
ByteSet range(unsigned char from, unsigned char to) {
  ByteSet bytes;
  for (unsigned byte = from; byte <= to; ++byte) bytes.set(byte);
  return bytes;
}

}  // namespace

// The first mistake in the regex sets error_ and ends the parse.
class Pattern::Compiler {
 public:
  explicit Compiler(std::string_view regex) : rest_(regex) {}

  Result<Pattern> compile() {
    if (!rest_.empty() && rest_.front() == '^') rest_.remove_prefix(1);
    const Part whole = alternatives();
    if (!rest_.empty()) fail("')' without '('");
    if (error_) return usage_error(*error_);
    pattern_.matches_empty_ = whole.may_be_empty;
    pattern_.first_ = whole.first;
    pattern_.last_ = whole.last;
    return std::move(pattern_);
  }

 private:
  // A part of the regex, as the rest of it sees it.
  struct Part {
    bool may_be_empty = true;
    Positions first;
    Positions last;
  };

  Part alternatives() {
    Part part = sequence();
    while (take('|')) {
      const Part other = sequence();
      part.may_be_empty = part.may_be_empty || other.may_be_empty;
      part.first |= other.first;
      part.last |= other.last;
    }
    return part;
  }

  Part sequence() {
    Part part;
    while (!rest_.empty() && rest_.front() != '|' && rest_.front() != ')') {
      const Part next = repeated();
      connect(part.last, next.first);
      if (part.may_be_empty) part.first |= next.first;
      part.last = next.may_be_empty ? part.last | next.last : next.last;
      part.may_be_empty = part.may_be_empty && next.may_be_empty;
    }
    return part;
  }

  Part repeated() {
    Part part = atom();
    while (!rest_.empty()) {
      if (take('?')) {
        part.may_be_empty = true;
      } else if (take('*')) {
        part.may_be_empty = true;
        connect(part.last, part.first);
      } else if (take('+')) {
        connect(part.last, part.first);
      } else {
        break;
      }
    }
    return part;
  }

  Part atom() {
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    switch (byte) {
      case '(': {
        const Part part = alternatives();
        if (!take(')')) fail("'(' without ')'");
        return part;
      }
      case '[':
        return position(bracket());
      case '.':
        return position(all_but({}));
      case '$':
        return position(only(end_of_symbol));
      case '\\':
        return position(escape());
      case '*':
      case '+':
      case '?':
        fail(fmt::format("nothing before '{:c}' to repeat", byte));
        return {};
      case '{':
        fail("counted repetitions are not supported");
        return {};
      case '^':
        fail("'^' is allowed at the start only");
        return {};
      default:
        return position(only(byte));
    }
  }

  // After '\'.
  ByteSet escape() {
    if (rest_.empty()) {
      fail("'\\' at the end");
      return {};
    }
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    if (byte == 'd') return range('0', '9');
    if (byte == 'w') return range('a', 'z') | range('A', 'Z') | range('0', '9') | only('_');
    if (std::ispunct(byte) == 0) fail("'\\' is allowed before punctuation, d and w only");
    return only(byte);
  }

  // After '['. A ']' that comes first is literal.
  ByteSet bracket() {
    const bool negated = take('^');
    ByteSet bytes;
    for (bool is_first = true; is_first || !take(']'); is_first = false) {
      if (rest_.empty()) {
        fail("'[' without ']'");
        return {};
      }
      if (rest_.starts_with("[:")) {
        fail("classes such as [:alpha:] are not supported");
        return {};
      }
      bytes |= bracket_item();
    }
    return negated ? all_but(bytes) : bytes;
  }

  ByteSet bracket_item() {
    const auto from = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    if (from == '\\') return escape();
    const bool is_range = rest_.size() >= 2 && rest_[0] == '-' && rest_[1] != ']';
    if (!is_range) return only(from);
    const auto to = static_cast<unsigned char>(rest_[1]);
    rest_.remove_prefix(2);
    if (to < from) fail(fmt::format("the range {:c}-{:c} is empty", from, to));
    return range(from, to);
  }

  // Adds one position. A regex has no more positions than characters.
  Part position(const ByteSet& bytes) {
    Part part{false, {}, {}};
    const size_t index = pattern_.follow_.size();
    pattern_.follow_.emplace_back();
    part.first.set(index);
    part.last.set(index);
    for (size_t byte = 0; byte < bytes.size(); ++byte) pattern_.accept_[byte][index] = bytes[byte];
    return part;
  }

  void connect(const Positions& from, const Positions& to) {
    for (size_t i = 0; i < pattern_.follow_.size(); ++i) {
      if (from[i]) pattern_.follow_[i] |= to;
    }
  }

  bool take(char character) {
    if (rest_.empty() || rest_.front() != character) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void fail(std::string reason) {
    if (!error_) error_ = std::move(reason);
    rest_ = {};
  }

  std::string_view rest_;
  Pattern pattern_;
  std::optional<std::string> error_;
};

Result<Pattern> Pattern::compile(std::string_view regex) {
  if (regex.empty()) return usage_error("the regex is empty");
  if (regex.size() > max_length) {
    return usage_error(fmt::format("the regex is longer than {} characters", max_length));
  }
  auto pattern = Compiler(regex).compile();
  if (pattern) return pattern;
  return usage_error(
      fmt::format("the regex {} is not valid: {}", in_quotes(regex), pattern.error().what));
}

bool Pattern::matches(std::string_view symbol) const {
  if (matches_empty_) return true;
  Positions possible = first_;
  for (const char byte : symbol) {
    const Positions here = possible & accept_[static_cast<unsigned char>(byte)];
    if (here.none()) return false;
    if ((here & last_).any()) return true;
    possible.reset();
    for (size_t i = here._Find_first(); i < follow_.size(); i = here._Find_next(i)) {
      possible |= follow_[i];
    }
  }
  return (possible & accept_[end_of_symbol] & last_).any();
}

bool is_compiler_fragment(std::string_view symbol) {
  if (symbol.starts_with("__pfx_") || symbol.starts_with("__cfi_")) return true;
  for (size_t dot = symbol.find('.'); dot != std::string_view::npos;
       dot = symbol.find('.', dot + 1)) {
    const std::string_view suffix = symbol.substr(dot + 1);
    const std::string_view word = suffix.substr(0, suffix.find('.'));
    if (word == "cold" || word == "part") return true;
  }
  return false;
}

}  // namespace nettrace
