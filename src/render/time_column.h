// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The time at the start of each line, in the form that --time asks for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digits.h"
#include "base/result.h"

namespace nettrace {

enum class TimeForm {
  boot,   // seconds since boot
  local,  // time of day, here
  utc,    // time of day, UTC
  delta,  // seconds since the line before
};

Result<TimeForm> parse_time_form(std::string_view word);
std::string time_form_words();  // for the help
std::vector<std::string_view> time_form_names();
inline bool is_time_of_day(TimeForm form) {
  return form == TimeForm::local || form == TimeForm::utc;
}

class TimeColumn {
 public:
  static constexpr size_t max_characters = 1 + max_digits + 1 + 6;

  // `realtime_offset_ns`: CLOCK_REALTIME minus CLOCK_MONOTONIC.
  explicit TimeColumn(TimeForm form = TimeForm::boot, int64_t realtime_offset_ns = 0);

  // `to` has room for max_characters; returns the end of what was written.
  char* put(uint64_t time_ns, char* to);
  // There is no line before the next one.
  void restart() { previous_ns_.reset(); }

 private:
  char* put_delta(uint64_t time_ns, char* to);
  void write_second(uint64_t second);

  TimeForm form_;
  int64_t offset_ns_;  // of what is shown from the boot's time
  std::optional<uint64_t> previous_ns_{};
  uint64_t second_ns_ = 0;  // when the second begins whose text this is:
  char second_text_[max_digits] = {};
  size_t second_size_ = 0;
};

}  // namespace nettrace
