// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "plan/attach_failures.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/kernel_errno.h"

namespace nettrace {
namespace {

constexpr size_t max_names = 8;  // in a line

}  // namespace

std::vector<std::string> describe_failures(const TracerTree& tree, const Selection& selection,
                                           const std::vector<AttachFailure>& failures,
                                           size_t attached, bool verbose) {
  std::vector<std::string> lines;
  size_t leaves = 0;
  for (const auto& [attachment, error, way] : failures) {
    if (attachment->is_hook) continue;
    ++leaves;
    const auto& named = selection.named;
    if (!verbose && std::find(named.begin(), named.end(), attachment->leaf) == named.end())
      continue;
    const std::string& target = attachment->target.name;
    const std::string& name = tree.leaves[attachment->leaf].name;
    lines.push_back(fmt::format("{} is refused by the kernel{}: {}", name,
                                name == target ? "" : " as " + target, error_words(error)));
  }
  if (leaves > lines.size() || lines.size() > 1) {
    lines.insert(lines.begin(),
                 fmt::format("{} of {} probes were refused by the kernel{}", leaves,
                             leaves + attached, leaves > lines.size() ? " (-v lists them)" : ""));
  }
  return lines;
}

std::vector<std::string> describe_fallbacks(const std::vector<AttachFailure>& fell_back) {
  std::map<std::pair<std::string_view, int>, std::vector<std::string_view>> groups;
  for (const auto& [attachment, error, way] : fell_back) {
    groups[{way, error}].emplace_back(attachment->target.name);
  }
  std::vector<std::string> lines;
  for (auto& [key, symbols] : groups) {
    const size_t more = symbols.size() - std::min(symbols.size(), max_names);
    symbols.resize(symbols.size() - more);
    lines.push_back(fmt::format("not by {} ({}): {}{}", key.first, error_words(key.second),
                                fmt::join(symbols, ", "),
                                more == 0 ? "" : fmt::format(" and {} more", more)));
  }
  return lines;
}

}  // namespace nettrace
