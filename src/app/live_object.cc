// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "app/live_object.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <bit>

#include "attach/session.h"
#include "filter/packet_filter.h"
#include "io/message.h"

namespace nettrace {
namespace {

// A share of the memory, within these bounds: some 100,000 events fit into the most.
constexpr uint32_t min_ring_bytes = 1 << 20;
constexpr uint32_t max_ring_bytes = 32 << 20;
constexpr uint64_t memory_share = 48;

uint32_t default_ring_bytes() {
  const uint64_t memory =
      static_cast<uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  return static_cast<uint32_t>(
      std::bit_floor(std::clamp<uint64_t>(memory / memory_share, min_ring_bytes, max_ring_bytes)));
}

bool may_watch_returns(const Options& options, const TracerTree& tree, const Selection& selection) {
  return options.returns || options.write_file || options.follows() ||
         std::any_of(selection.leaves.begin(), selection.leaves.end(),
                     [&](size_t leaf) { return tree.leaves[leaf].type == LeafType::kretprobe; });
}

bool lists_arguments(const TracerTree& tree, const Selection& selection) {
  return std::any_of(selection.leaves.begin(), selection.leaves.end(),
                     [&](size_t leaf) { return !tree.leaves[leaf].args.empty(); });
}

}  // namespace

Result<BpfObject> make_live_object(const Options& options, const nt_config& config,
                                   const TracerTree& tree, const Selection& selection,
                                   const Features& features, const std::string& btf_file) {
  const uint32_t ring_bytes =
      options.count_only ? min_ring_bytes : options.ring_bytes.value_or(default_ring_bytes());
  if (options.verbose) note(fmt::format("the ring buffer has {} KiB", ring_bytes >> 10));
  return Session::make_object(
      config, features,
      {.ring_bytes = ring_bytes,
       .counted_leaves =
           options.count_only ? static_cast<uint32_t>(tree.leaves.size()) : uint32_t{1},
       .listing_leaves = lists_arguments(tree, selection)
                             ? static_cast<uint32_t>(tree.leaves.size())
                             : uint32_t{1},
       .expression = options.filter.expression ? options.filter.expression->program()
                                               : std::vector<sock_filter>(),
       .returns = may_watch_returns(options, tree, selection),
       .btf_file = btf_file,
       .counts_verified = options.verbose});
}

}  // namespace nettrace
