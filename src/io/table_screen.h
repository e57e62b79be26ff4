// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Tables that follow one another on standard output: on a terminal each over the one before.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace nettrace {

class TableScreen {
 public:
  // Appends a table of at most so many lines, at least two of which there are.
  using Writer = std::function<void(size_t max_lines, std::string& out)>;

  explicit TableScreen(bool in_place) : in_place_(in_place) {}

  enum class Size { fitting, whole };  // into the terminal, where it is one
  void show(Size size, const Writer& write, std::string& out);
  // What was shown stays: something stands below it.
  void leave() { lines_ = 0; }
  bool has_shown() const { return has_shown_; }

 private:
  bool in_place_;
  bool has_shown_ = false;
  std::ptrdiff_t lines_ = 0;  // of the table before
};

}  // namespace nettrace
