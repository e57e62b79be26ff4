// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "app/live_object.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <bit>

#include "base/start_times.h"
#include "filter/packet_filter.h"
#include "io/message.h"

namespace nettrace {
namespace {

// A share of the memory, within these bounds: some 100,000 events fit into the most.
constexpr uint32_t min_ring_bytes = 1 << 20;
constexpr uint32_t max_ring_bytes = 32 << 20;
constexpr uint64_t memory_share = 48;

// Each takes some 100 bytes of the kernel's memory, allocated at the start.
constexpr uint32_t max_tracked = 65536;
constexpr uint32_t max_calls = 16384;

// 2 KiB each.
constexpr uint32_t max_deferred = 8192;

uint32_t default_ring_bytes() {
  const uint64_t memory =
      static_cast<uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  return static_cast<uint32_t>(
      std::bit_floor(std::clamp<uint64_t>(memory / memory_share, min_ring_bytes, max_ring_bytes)));
}

bool may_watch_returns(const Options& options, const TracerTree& tree, const Selection& selection) {
  return options.returns || options.write_file || options.tracks_skbs() ||
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
  const auto leaves = static_cast<uint32_t>(tree.leaves.size());
  const Timed timed("BPF object");
  return BpfObject::make({.session_is_return = features.session_is_return,
                          .session_cookie = features.session_cookie,
                          .max_tracked = config.track_skbs ? max_tracked : 1,
                          .max_deferred = config.min_latency_ns != 0 ? max_deferred : 1,
                          .max_calls = may_watch_returns(options, tree, selection) ? max_calls : 1,
                          .counted_leaves = options.count_only ? leaves : 1,
                          .listing_leaves = lists_arguments(tree, selection) ? leaves : 1,
                          .ring_bytes = ring_bytes,
                          .btf_file = btf_file,
                          .expression = options.filter.expression
                                            ? options.filter.expression->program()
                                            : std::vector<sock_filter>(),
                          .counts_verified = options.verbose});
}

}  // namespace nettrace
