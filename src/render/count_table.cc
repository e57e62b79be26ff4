// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "render/count_table.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "base/clock.h"
#include "base/json_writer.h"
#include "base/number_text.h"
#include "base/text.h"

namespace nettrace {

uint64_t CountTable::hits() const {
  return std::accumulate(rows.begin(), rows.end(), uint64_t{0},
                         [](uint64_t sum, const Row& row) { return sum + row.hits; });
}

CountTable make_count_table(const TracerTree& tree, std::span<const uint64_t> hits,
                            uint64_t time_ns, uint64_t duration_ns) {
  CountTable table{.time_ns = time_ns, .duration_ns = duration_ns, .rows = {}};
  for (size_t leaf = 0; leaf < std::min(hits.size(), tree.leaves.size()); ++leaf) {
    if (hits[leaf] > 0) table.rows.push_back({&tree.leaves[leaf], hits[leaf]});
  }
  std::sort(table.rows.begin(), table.rows.end(), [](const auto& one, const auto& other) {
    return one.hits != other.hits ? one.hits > other.hits : one.leaf->name < other.leaf->name;
  });
  return table;
}

void append_text(const CountTable& table, size_t max_lines, TimeColumn& time, std::string& out) {
  std::array<char, TimeColumn::max_characters> column;
  out.append(column.data(), time.put(table.time_ns, column.data()));
  out += fmt::format(": {} of {} in {:.3f} s\n", counted(table.hits(), "hit"),
                     counted(table.rows.size(), "function"),
                     static_cast<double>(table.duration_ns) / ns_per_s);
  std::vector<std::string> lines;
  for (const auto& [leaf, hits] : table.rows) {
    lines.push_back(fmt::format("{:>14}  {:<32} {}", hits, leaf->name, leaf->module));
  }
  append_lines(lines, max_lines - 1, out);
}

void append_json(const CountTable& table, std::string& out) {
  JsonWriter json(out);
  json.open('{');
  json.key("type").text("counts");
  json.key("time").seconds(table.time_ns);
  json.key("duration").seconds(table.duration_ns);
  json.key("hits").number(table.hits());
  json.key("functions").open('[');
  for (const auto& [leaf, hits] : table.rows) {
    json.open('{');
    json.key("function").text(leaf->name);
    json.key("module").text(leaf->module);
    json.key("hits").number(hits);
    json.close('}');
  }
  json.close(']');
  json.close('}');
  json.end_line();
}

}  // namespace nettrace
