// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "render/latency_table.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "base/clock.h"
#include "base/json_writer.h"
#include "base/number_text.h"
#include "base/text.h"

namespace nettrace {
namespace {

constexpr size_t bar_width = 40;
constexpr size_t name_width = 24;

std::string figures(const Histogram& times) {
  return fmt::format("{:>10} {:>8} {:>8} {:>8}", times.count(), time_words(times.percentile_ns(50)),
                     time_words(times.percentile_ns(99)), time_words(times.max_ns()));
}

std::string span_words(size_t span) {
  const uint64_t end_ns = Histogram::end_of_span(span);
  const std::string begin =
      span == 0 ? std::string("0") : time_words(Histogram::end_of_span(span - 1));
  return fmt::format("{} .. {}", begin, end_ns == UINT64_MAX ? "" : time_words(end_ns));
}

void append_bars(const Histogram& times, std::vector<std::string>& lines) {
  const auto& counts = times.by_span();
  const uint64_t max = *std::max_element(counts.begin(), counts.end());
  const auto is_there = [](uint64_t count) { return count > 0; };
  const auto first = std::find_if(counts.begin(), counts.end(), is_there);
  const auto last = std::find_if(counts.rbegin(), counts.rend(), is_there).base();
  for (auto count = first; count < last; ++count) {
    std::string line =
        fmt::format("{:>{}} {:>10} {}", span_words(static_cast<size_t>(count - counts.begin())),
                    2 * name_width + 1, *count, bar(*count, max, bar_width));
    line.erase(line.find_last_not_of(' ') + 1);
    lines.push_back(std::move(line));
  }
}

std::vector<std::string> total_lines(const LatencyTable& table) {
  std::vector<std::string> lines;
  if (table.total().count() == 0) return lines;
  lines.push_back(fmt::format("{:<{}} {:<{}} {:>10} {:>8} {:>8} {:>8}  {}", "from", name_width,
                              "to", name_width, "count", "p50", "p99", "max", spark_scale()));
  lines.push_back(fmt::format("{:<{}} {:<{}} {}", "the first step", name_width, "the last",
                              name_width, figures(table.total())));
  append_bars(table.total(), lines);
  return lines;
}

std::vector<std::string> pair_lines(const LatencyTable& table) {
  std::vector<std::string> lines;
  for (const auto& [from, to, times] : table.pairs()) {
    lines.push_back(fmt::format("{:<{}} {:<{}} {}  {}", from->name, name_width, to->name,
                                name_width, figures(*times), spark_line(*times)));
    lines.back().erase(lines.back().find_last_not_of(' ') + 1);
  }
  if (table.other_steps() > 0) {
    lines.push_back(
        fmt::format("{} between other functions", counted(table.other_steps(), "step")));
  }
  return lines;
}

void append_figures(const Histogram& times, JsonWriter& json) {
  json.key("count").number(times.count());
  json.key("p50").microseconds(static_cast<int64_t>(times.percentile_ns(50)));
  json.key("p99").microseconds(static_cast<int64_t>(times.percentile_ns(99)));
  json.key("max").microseconds(static_cast<int64_t>(times.max_ns()));
  json.key("histogram").open('[');
  for (size_t span = 0; span < Histogram::spans; ++span) {
    if (times.by_span()[span] == 0) continue;
    const uint64_t end_ns = Histogram::end_of_span(span);
    json.open('{');
    json.key("below");
    if (end_ns == UINT64_MAX) {
      json.null();
    } else {
      json.microseconds(static_cast<int64_t>(end_ns));
    }
    json.key("count").number(times.by_span()[span]);
    json.close('}');
  }
  json.close(']');
}

}  // namespace

void LatencyTable::add(const Block& block) {
  total_.add(block.total_ns());
  const uint64_t begin_ns = block.lines.front().time_ns;
  first_ns_ = first_ns_ == 0 ? begin_ns : std::min(first_ns_, begin_ns);
  last_ns_ = std::max(last_ns_, block.lines.back().time_ns);
  for (size_t i = 1; i < block.lines.size(); ++i) {
    const Line& before = block.lines[i - 1];
    const Line& step = block.lines[i];
    const uint64_t key = static_cast<uint64_t>(before.event->leaf) << 32 | step.event->leaf;
    auto found = steps_.find(key);
    if (found == steps_.end()) {
      if (steps_.size() >= max_pairs) {
        ++other_steps_;
        continue;
      }
      found = steps_.emplace(key, Steps{before.leaf, step.leaf, {}}).first;
    }
    found->second.times.add(step.time_ns - before.time_ns);
  }
}

std::vector<LatencyTable::Pair> LatencyTable::pairs() const {
  std::vector<Pair> pairs;
  pairs.reserve(steps_.size());
  for (const auto& [key, steps] : steps_) pairs.push_back({steps.from, steps.to, &steps.times});
  std::sort(pairs.begin(), pairs.end(), [](const Pair& one, const Pair& other) {
    if (one.times->sum_ns() != other.times->sum_ns()) {
      return one.times->sum_ns() > other.times->sum_ns();
    }
    return std::tie(one.from->name, one.to->name) < std::tie(other.from->name, other.to->name);
  });
  return pairs;
}

void append_text(const LatencyTable& table, size_t max_lines, TimeColumn& time, std::string& out) {
  std::array<char, TimeColumn::max_characters> column;
  out.append(column.data(), time.put(table.last_ns(), column.data()));
  out += fmt::format(": {} in {:.3f} s\n", counted(table.total().count(), "packet"),
                     static_cast<double>(table.last_ns() - table.first_ns()) / ns_per_s);
  std::vector<std::string> lines = total_lines(table);
  lines.resize(std::min(lines.size(), max_lines - 2));
  append_lines(lines, SIZE_MAX, out);
  append_lines(pair_lines(table), max_lines - 1 - lines.size(), out);
}

void append_json(const LatencyTable& table, std::string& out) {
  JsonWriter json(out);
  json.open('{');
  json.key("type").text("latency");
  json.key("time").seconds(table.last_ns());
  json.key("duration").seconds(table.last_ns() - table.first_ns());
  json.key("total").open('{');
  append_figures(table.total(), json);
  json.close('}');
  json.key("steps").open('[');
  for (const auto& [from, to, times] : table.pairs()) {
    json.open('{');
    json.key("from").text(from->name);
    json.key("to").text(to->name);
    append_figures(*times, json);
    json.close('}');
  }
  json.close(']');
  json.key("other_steps").number(table.other_steps());
  json.close('}');
  json.end_line();
}

}  // namespace nettrace
