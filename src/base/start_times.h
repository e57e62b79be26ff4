// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Where the start's time went; -v shows it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace nettrace {

// Rows of what the starting thread did, in the order of their first time.
class StartTimes {
 public:
  explicit StartTimes(uint64_t begin_ns) : begin_ns_(begin_ns) {}

  void add(const std::string& what, uint64_t ns);
  // A table whose rows add up to the time since the begin: what no row tells of is one more.
  std::vector<std::string> lines(uint64_t now_ns) const;

 private:
  uint64_t begin_ns_;
  std::vector<std::pair<std::string, uint64_t>> rows_;
};

// Of this process, since it was first asked for; for its starting thread alone.
StartTimes& start_times();

// The time of a scope, as a row. That of scopes within it is in theirs alone.
class Timed {
 public:
  explicit Timed(std::string what);
  ~Timed();
  Timed(const Timed&) = delete;
  Timed& operator=(const Timed&) = delete;

 private:
  std::string what_;
  uint64_t begin_ns_;
  uint64_t within_ns_ = 0;
  Timed* outer_;
};

}  // namespace nettrace
