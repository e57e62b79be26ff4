// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "app/replay.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "app/presentation.h"
#include "app/run_loop.h"
#include "base/bounded_map.h"
#include "base/foreign_text.h"
#include "event/sink.h"
#include "filter/packet_filter.h"
#include "io/file_stream.h"
#include "io/message.h"
#include "recording/reader.h"

namespace nettrace {
namespace {

// Which events of the recording are asked for now. With --skb-mode, one match chooses its packet.
class ReplayFilter {
 public:
  ReplayFilter(const Options& options, const TracerTree& tree, const Selection& selection)
      : options_(options), selected_(tree.leaves.size()) {
    for (const size_t leaf : selection.leaves) selected_[leaf] = true;
  }

  bool operator()(const Event& event) {
    const bool known = options_.skb_mode && tracked_.find(event.tracking_id) != nullptr;
    if (!known && !matches(options_.filter, event)) return false;
    if (options_.skb_mode && !known && event.tracking_id != 0) tracked_.add(event.tracking_id, {});
    return selected_[event.leaf];
  }

 private:
  static constexpr size_t max_tracked = 1'000'000;
  struct Nothing {};

  const Options& options_;
  std::vector<bool> selected_;
  BoundedMap<uint64_t, Nothing> tracked_{max_tracked};  // that matched once
};

std::string describe(const RecordingHeader& header) {
  return fmt::format("recorded by nettrace {} on Linux {}, {}", header.nettrace_version,
                     header.kernel_release,
                     header.filter.empty() ? "all packets" : "filter: " + header.filter);
}

// Recordings of earlier versions have neither; names of namespaces are this machine's, and no
// recording's.
Result<Done> check_metadata(const Options& options, const RecordingHeader& header) {
  const Filter& filter = options.filter;
  const bool asked =
      filter.netns || filter.mark ||
      (options.sections() & (bit_of(NT_SECTION_NETNS) | bit_of(NT_SECTION_MARK))) != 0;
  if (asked && !has_metadata(header.layouts)) {
    return usage_error(
        fmt::format("{} has neither network namespaces nor marks", *options.read_file),
        "record with this version of nettrace");
  }
  if (filter.netns && !filter.netns_inode) {
    return usage_error(fmt::format("a recording has no network namespace {}, only their numbers",
                                   in_quotes(*filter.netns)),
                       "give --netns an inode number, which -o netns shows");
  }
  return Done{};
}

Result<Done> check_contents(const Options& options, const RecordingHeader& header) {
  const auto lacks = [&](std::string_view what, std::string_view option) {
    return usage_error(fmt::format("{} has no {}", *options.read_file, what),
                       fmt::format("record with {}", option));
  };
  if (options.shows_callers() && !header.callers) return lacks("callers", "-o caller");
  const bool has_args = std::any_of(header.leaves.begin(), header.leaves.end(),
                                    [](const RecordedLeaf& leaf) { return !leaf.args.empty(); });
  if (options.shows(NT_SECTION_ARGS) && !has_args) {
    return usage_error(fmt::format("{} has no arguments of functions", *options.read_file),
                       "record, with this version of nettrace, functions whose leaves in "
                       "tracer.json list args that the kernel has");
  }
  if (options.returns && !header.returns) return lacks("return values", "--ret");
  if (!options.stack_tracers.empty() && !header.stacks) return lacks("stacks", "--stack");
  if (is_time_of_day(options.time) && header.realtime_offset_ns == 0) {
    return usage_error(fmt::format("{} does not say what time of day it was", *options.read_file),
                       "use --time boot or --time delta");
  }
  if (auto checked = check_metadata(options, header); !checked) return checked;
  if (options.skb_mode && !header.skb_mode) {
    warn(
        fmt::format("{} was recorded without --skb-mode: of packets that were rewritten, it has "
                    "only what matched the filter then",
                    *options.read_file));
  }
  return Done{};
}

}  // namespace

Result<Done> replay(const Options& options) {
  auto source = open_for_reading(*options.read_file);
  if (!source) return source.error();
  SymbolTable symbols;
  bool sorted = true;
  auto opened = RecordingReader::open(
      std::move(*source), [&](uint64_t address, std::string_view name, std::string_view module) {
        symbols.add(address, name, module);
        sorted = false;
      });
  if (!opened) return opened.error();
  RecordingReader& reader = **opened;
  if (options.verbose) note(describe(reader.header()));
  if (auto checked = check_contents(options, reader.header()); !checked) return checked;
  const TracerTree& tree = reader.tree();
  const auto selection = select(tree, options.tracers);
  if (!selection) return selection.error();
  const auto stacks = select_stacks(tree, *selection, options.stack_tracers);
  if (!stacks) return stacks.error();
  std::vector<ReturnType> return_types(tree.leaves.size());
  LeafArguments arguments(tree.leaves.size());
  for (const RecordedLeaf& leaf : reader.header().leaves) {
    return_types[leaf.number] = leaf.returns;
    arguments[leaf.number] = leaf.args;
  }

  catch_signals();
  const auto renderer =
      make_renderer(options, {.tree = &tree,
                              .selection = &*selection,
                              .symbols = &symbols,
                              .namespaces = {},  // a recording's are not this machine's
                              .arguments = &arguments,
                              .realtime_offset_ns = reader.header().realtime_offset_ns});
  ViewSetup setup = view_setup(options, tree, return_types, *stacks);
  setup.min_latency_ns = options.min_latency_ns;  // of a live one, the kernel side decides
  setup.is_wanted = [&,
                     wanted = ReplayFilter(options, tree, *selection)](const Event& event) mutable {
    const bool names = !event.stack.empty() || event.has(NT_SECTION_CALLER);
    if (names && !std::exchange(sorted, true)) symbols.sort();
    return wanted(event);
  };
  const auto sink =
      make_sink(options, std::move(setup), *renderer, reader.header().realtime_offset_ns, "");
  reader.tell_gaps([&](uint64_t from_ns, uint64_t to_ns) {
    sink->records()->lose_between(from_ns, to_ns, reader.losses());
  });
  auto result = run_loop(reader, *sink, options.duration_ns, 0);
  const auto finished = sink->finish(reader.losses());
  if (const auto truncated = reader.truncated()) warn(*truncated);
  note(sink->summary(reader.losses()));
  if (result && !finished) return finished.error();
  return result;
}

}  // namespace nettrace
