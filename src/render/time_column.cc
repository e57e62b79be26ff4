// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "render/time_column.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <iterator>
#include <vector>

#include "base/clock.h"
#include "base/foreign_text.h"
#include "base/near_names.h"

namespace nettrace {
namespace {

constexpr size_t fraction_digits = 6;

struct Word {
  std::string_view word, help;
  TimeForm form;
};
constexpr Word words[] = {{"boot", "seconds since boot, as by default", TimeForm::boot},
                          {"local", "time of day", TimeForm::local},
                          {"utc", "time of day, UTC", TimeForm::utc},
                          {"delta", "seconds since the line before", TimeForm::delta}};

char* put_fraction(uint64_t time_ns, char* to) {
  *to = '.';
  put_digits(time_ns % ns_per_s / ns_per_us, fraction_digits, to + 1);
  return to + 1 + fraction_digits;
}

char* put_seconds(uint64_t time_ns, char* to) {
  return put_fraction(time_ns, put_number(time_ns / ns_per_s, to));
}

}  // namespace

Result<TimeForm> parse_time_form(std::string_view word) {
  for (const Word& known : words) {
    if (known.word == word) return known.form;
  }
  const auto names = time_form_names();
  std::string remedy = did_you_mean(word, names);
  if (remedy.empty()) remedy = fmt::format("--time takes {}", fmt::join(names, ", "));
  return usage_error(fmt::format("{} is not a form of time", in_quotes(word)), std::move(remedy));
}

std::vector<std::string_view> time_form_names() {
  std::vector<std::string_view> names;
  for (const Word& known : words) names.push_back(known.word);
  return names;
}

std::string time_form_words() {
  std::string text;
  for (const Word& known : words) text += fmt::format("\n  {:<8}{}", known.word, known.help);
  return text;
}

char* TimeColumn::put(uint64_t time_ns, char* to) {
  if (form_ == TimeForm::boot) return put_seconds(time_ns, to);
  return form_ == TimeForm::delta ? put_delta(time_ns, to) : put_time_of_day(time_ns, to);
}

// Looked up once a second: the zone's rules cost more than a line.
char* TimeColumn::put_time_of_day(uint64_t time_ns, char* to) {
  const uint64_t wall_ns = time_ns + static_cast<uint64_t>(realtime_offset_ns_);
  const auto second = static_cast<int64_t>(wall_ns / ns_per_s);
  if (second != second_) {
    const time_t seconds = second;
    tm parts{};
    form_ == TimeForm::utc ? gmtime_r(&seconds, &parts) : localtime_r(&seconds, &parts);
    put_digits(static_cast<uint64_t>(parts.tm_hour), 2, time_of_day_);
    put_digits(static_cast<uint64_t>(parts.tm_min), 2, time_of_day_ + 3);
    put_digits(static_cast<uint64_t>(parts.tm_sec), 2, time_of_day_ + 6);
    time_of_day_[2] = time_of_day_[5] = ':';
    second_ = second;
  }
  return put_fraction(wall_ns, put_text({time_of_day_, sizeof(time_of_day_)}, to));
}

// Lines of different CPUs need not come in order.
char* TimeColumn::put_delta(uint64_t time_ns, char* to) {
  const uint64_t previous_ns = previous_ns_.value_or(time_ns);
  previous_ns_ = time_ns;
  if (time_ns < previous_ns) {
    *to = '-';
    return put_seconds(previous_ns - time_ns, to + 1);
  }
  return put_seconds(time_ns - previous_ns, to);
}

}  // namespace nettrace
