// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// How far something has come that may take long: a bar in place of the status line, once it does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>

namespace nettrace {

class Progress {
 public:
  // "attaching"
  Progress(std::string what, size_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // So many more are done; from any thread.
  void step(size_t steps = 1);

 private:
  std::string what_;
  size_t total_;
  std::mutex mutex_;
  size_t done_ = 0;
  uint64_t next_ns_;  // no sooner is it drawn
};

// "attaching [####    ] 57 of 114"
std::string progress_bar(const std::string& what, size_t done, size_t total);

}  // namespace nettrace
