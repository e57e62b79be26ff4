// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "render/time_column.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
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

char* put_fraction(uint64_t fraction_ns, char* to) {
  *to = '.';
  put_digits(static_cast<uint32_t>(fraction_ns / ns_per_us), fraction_digits, to + 1);
  return to + 1 + fraction_digits;
}

char* put_seconds(uint64_t time_ns, char* to) {
  return put_fraction(time_ns % ns_per_s, put_number(time_ns / ns_per_s, to));
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

TimeColumn::TimeColumn(TimeForm form, int64_t realtime_offset_ns)
    : form_(form), offset_ns_(is_time_of_day(form) ? realtime_offset_ns : 0) {
  write_second(0);
}

char* TimeColumn::put(uint64_t time_ns, char* to) {
  if (form_ == TimeForm::delta) return put_delta(time_ns, to);
  const uint64_t shown_ns = time_ns + static_cast<uint64_t>(offset_ns_);
  // A later second, or an earlier one.
  if (shown_ns - second_ns_ >= ns_per_s) write_second(shown_ns / ns_per_s);
  std::memcpy(to, second_text_, sizeof(second_text_));  // whole, as that takes no call
  return put_fraction(shown_ns - second_ns_, to + second_size_);
}

// Lines of a second share its text: the zone's rules cost more than a line.
void TimeColumn::write_second(uint64_t second) {
  second_ns_ = second * ns_per_s;
  if (form_ == TimeForm::boot) {
    second_size_ = static_cast<size_t>(put_number(second, second_text_) - second_text_);
    return;
  }
  const auto seconds = static_cast<time_t>(second);
  tm parts{};
  form_ == TimeForm::utc ? gmtime_r(&seconds, &parts) : localtime_r(&seconds, &parts);
  put_digits(static_cast<unsigned>(parts.tm_hour), 2, second_text_);
  put_digits(static_cast<unsigned>(parts.tm_min), 2, second_text_ + 3);
  put_digits(static_cast<unsigned>(parts.tm_sec), 2, second_text_ + 6);
  second_text_[2] = second_text_[5] = ':';
  second_size_ = 8;
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
