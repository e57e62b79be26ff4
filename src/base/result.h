// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A value or an error that a user can act on. Errors travel as values up to main().
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace nettrace {

// Also the process's exit status.
enum class Failure { cannot_trace = 1, usage = 2 };

// Printed as one line: "nettrace: error: WHAT; REMEDY".
struct Error {
  std::string what;    // what went wrong, naming the offending input
  std::string remedy;  // what to do about it; may be empty
  Failure failure = Failure::usage;
};

inline Error usage_error(std::string what, std::string remedy = {}) {
  return {std::move(what), std::move(remedy), Failure::usage};
}
inline Error trace_error(std::string what, std::string remedy = {}) {
  return {std::move(what), std::move(remedy), Failure::cannot_trace};
}

// Where a caller, and no user, acts on the error, it is another E.
template <typename T, typename E = Error>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(E error) : state_(std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }
  T& operator*() { return std::get<0>(state_); }
  const T& operator*() const { return std::get<0>(state_); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }
  const E& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, E> state_;
};

// Success without a value.
struct Done {};

}  // namespace nettrace
