// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "app/trace.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "app/presentation.h"
#include "app/run_loop.h"
#include "attach/session.h"
#include "base/clock.h"
#include "base/kernel_errno.h"
#include "base/text.h"
#include "event/sink.h"
#include "host/namespace_names.h"
#include "host/privileges.h"
#include "io/file_stream.h"
#include "io/message.h"
#include "io/status_line.h"
#include "io/terminal.h"
#include "kernel/facts_reader.h"
#include "kernel/libbpf_log.h"
#include "kernel/symbols.h"
#include "plan/attach_plan.h"
#include "plan/requirements.h"
#include "recording/sink.h"
#include "recording/writer.h"
#include "view/count_sink.h"

namespace nettrace {
namespace {

constexpr size_t many_slow_links = 16;  // detaching more takes a user's patience
constexpr size_t max_files_each = 4;    // a program and a link, for the hit and for the return
constexpr size_t many_single_functions = 400;  // so does attaching more one by one

// A share of the memory, within these bounds: some 100,000 events fit into the most.
constexpr uint32_t min_ring_bytes = 1 << 20;
constexpr uint32_t max_ring_bytes = 32 << 20;
constexpr uint64_t memory_share = 48;

void report_missing(const TracerTree& tree, const Selection& selection, const AttachPlan& plan,
                    const Options& options) {
  for (const std::string& line : describe_missing(tree, selection, plan, options.verbose)) {
    note(line);
  }
  for (const MissingHook& hook : plan.missing_hooks) {
    warn(fmt::format("{} cannot be followed: this kernel has no function {}", hook.purpose,
                     hook.symbol));
  }
  const bool shows_ends = std::any_of(selection.leaves.begin(), selection.leaves.end(),
                                      [&](size_t leaf) { return tree.leaves[leaf].is_end; });
  if (options.timeline && !shows_ends) {
    note("no function of -t is the end of a packet: ends are traced, but not shown");
  }
}

void report_failures(const Probes& probes, const TracerTree& tree, const Selection& selection,
                     bool verbose) {
  for (const AttachFailure& failures : probes.failures) {
    if (!failures.is_hook) continue;
    warn(fmt::format("packets are not followed through {}, which the kernel refused ({})",
                     failures.symbol, error_words(failures.error)));
  }
  for (const std::string& line :
       describe_failures(tree, selection, probes.failures, probes.attached(), verbose)) {
    note(line);
  }
  if (!verbose) return;
  for (const std::string& line : describe_fallbacks(probes.fell_back)) note(line);
}

nt_config config_of(const Options& options) {
  nt_config config = to_config(options.filter);
  config.follow = options.follows();
  if (options.skb_mode) config.precheck |= NT_PRECHECK_TRACKED;
  config.tracking_records = options.timeline || options.summary || options.write_file;
  config.min_latency_ns = options.min_latency_ns;
  // JSON and recordings hold everything that is known cheaply.
  const bool all = options.write_file.has_value();
  config.device = all || options.json || options.shows(RecordField::device);
  config.task = all || options.json || options.shows(RecordField::task);
  config.netns = all || options.shows(RecordField::netns);
  config.mark = all || options.shows(RecordField::mark);
  config.caller = options.shows_callers();
  config.count_only = options.count_only;
  config.columns = config.device || config.task || config.netns || config.mark || config.caller;
  return config;
}

uint32_t default_ring_bytes() {
  const uint64_t memory =
      static_cast<uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  return static_cast<uint32_t>(
      std::bit_floor(std::clamp<uint64_t>(memory / memory_share, min_ring_bytes, max_ring_bytes)));
}

// "137 functions by kprobe-multi, 2 functions by kprobe, 10 tracepoints"
std::string describe(const Probes& probes) {
  std::string text;
  for (const auto& [backend, count] : probes.functions) {
    if (count == 0) continue;
    text += fmt::format("{} by {}, ", counted(count, "function"), name_of(backend));
  }
  return text + counted(probes.tracepoints, "tracepoint");
}

Result<std::unique_ptr<Session>> start(const Options& options, const TracerTree& tree,
                                       const Selection& selection, const AttachPlan& plan,
                                       const KernelFacts& facts, const BackendChoice& choice) {
  const uint32_t ring_bytes =
      options.count_only ? min_ring_bytes : options.ring_bytes.value_or(default_ring_bytes());
  if (options.verbose) {
    note(fmt::format("attaching by {}: {}", name_of(choice.order.front()), choice.why));
    note(fmt::format("the ring buffer has {} KiB", ring_bytes >> 10));
  }
  const auto counted_leaves =
      options.count_only ? static_cast<uint32_t>(tree.leaves.size()) : uint32_t{1};
  const Backend first = choice.order.front();
  const bool one_by_one = first == Backend::fentry || first == Backend::kprobe;
  if (!can_show_status() && one_by_one && plan.attachments.size() > many_single_functions) {
    note(fmt::format("attaching {} functions one by one, which takes this kernel a while",
                     plan.attachments.size()));
  }
  allow_more_files(max_files_each * (plan.attachments.size() + plan.hooks.size()));
  auto session =
      Session::start(plan, config_of(options), facts,
                     {.backends = choice.order,
                      .is_forced = options.backend.has_value(),
                      .ring_bytes = ring_bytes,
                      .counted_leaves = counted_leaves,
                      .expression = options.filter.expression ? options.filter.expression->program()
                                                              : std::vector<sock_filter>()},
                     stop_requested());
  if (options.verbose) {
    for (const std::string& line : take_libbpf_log()) note(line);
  }
  if (!session) return session;
  report_failures((*session)->probes(), tree, selection, options.verbose);
  if (options.verbose) note(fmt::format("attached: {}", describe((*session)->probes())));
  // The kernel's own counters of missed hits are not for everyone, nor is the map of lives.
  drop_privileges({.bpf = true, .dac_override = options.rotation.bytes != 0});
  return session;
}

RecordingHeader header_of(const Options& options, const TracerTree& tree, const AttachPlan& plan,
                          const KernelFacts& facts) {
  RecordingHeader header{.nettrace_version = NETTRACE_VERSION,
                         .kernel_release = facts.features.release,
                         .filter = options.filter_text,
                         .tracer_json = write_tracer_tree(tree),
                         .leaves = {},
                         .realtime_offset_ns = realtime_offset_ns(),
                         .follows = true,
                         .skb_mode = options.skb_mode,
                         .returns = options.returns,
                         .stacks = !options.stack_tracers.empty(),
                         .callers = options.shows_callers()};
  std::set<uint32_t> leaves;
  for (const Attachment& attachment : plan.attachments) leaves.insert(attachment.leaf);
  for (const uint32_t leaf : leaves) {
    header.leaves.push_back(
        {.number = leaf, .name = tree.leaves[leaf].name, .returns = plan.return_types[leaf]});
  }
  return header;
}

// Every file begins with the header, which has the tracer tree; a record finds room all the same.
void warn_of_small_files(const RotationLimits& limits, size_t header_bytes) {
  if (limits.bytes == 0 || limits.bytes > header_bytes) return;
  warn(fmt::format("-C {} leaves each file room for one record behind its header of {} bytes",
                   limits.bytes, header_bytes));
}

NamespaceNamer namer_of(std::optional<NamespaceNames>& names) {
  if (!names) return {};
  return [known = &*names](uint32_t inode) { return known->find(inode); };
}

// What is left in the ring once nothing is added.
Result<bool> take_rest(Session& session, Sink& sink) {
  Result<bool> taken = true;
  do {
    taken = session.take([&](auto record) { sink.take(record); });
    auto flushed = sink.flush();
    if (!flushed || !*flushed) return flushed;
  } while (taken && session.poll_timeout_ns() == 0);
  return taken;
}

// Prints what was taken before the probes went, and says what the rest of the wait is for. A table
// that comes last is all there is: its reader's end is no quiet one.
Result<Done> finish(Session& session, Sink& sink, bool is_table) {
  if (!can_show_status() && session.probes().slow_links.size() > many_slow_links) {
    note(fmt::format("detaching {} probes, which takes this kernel some seconds",
                     session.probes().slow_links.size()));
  }
  session.detach();
  const auto taken = take_rest(session, sink);
  const Losses losses = session.losses();
  const auto finished = sink.finish(losses);
  note(sink.summary(losses));
  if (!taken) return taken.error();
  if (!finished) return finished.error();
  if (is_table && !*finished) {
    return trace_error("the table found no reader any more",
                       "Ctrl-C ends all of a pipe: write to a file, or to tee -i");
  }
  return Done{};
}

}  // namespace

Result<Done> trace(const Options& options, const TracerTree& tree, const Selection& selection,
                   const std::vector<bool>& stacks, KernelTypes& types) {
  catch_signals();
  const KernelFacts facts =
      read_kernel_facts(queries(tree, selection.leaves, options.follows()), types);
  if (auto obstacle = first_obstacle(facts.features)) return *obstacle;
  const AttachPlan plan = make_plan(tree, selection, facts,
                                    {.follow = options.follows(),
                                     .returns = options.returns,
                                     .returned_copies = options.timeline || options.write_file,
                                     .stacks = stacks});
  const auto choice =
      choose_backends(facts.features, options.backend, plan.attachments.size() + plan.hooks.size());
  if (!choice) return choice.error();
  report_missing(tree, selection, plan, options);
  if (plan.attachments.empty()) {
    return trace_error("this kernel has none of the functions to trace",
                       "use -t '?' to see what it has");
  }
  SymbolTable symbols;
  if (!options.stack_tracers.empty() || options.shows_callers()) symbols = read_symbol_table();
  std::optional<RecordingWriter> writer;
  if (options.write_file) {
    auto created =
        RecordingWriter::create(*options.write_file, header_of(options, tree, plan, facts),
                                options.rotation, open_for_writing);
    if (!created) return created.error();
    writer = std::move(*created);
    warn_of_small_files(options.rotation, writer->header_bytes());
  }
  std::optional<NamespaceNames> names;
  if (options.shows(RecordField::netns)) names.emplace();
  auto started = start(options, tree, selection, plan, facts, *choice);
  if (!started) return started.error();
  Session& session = **started;

  std::string greeting = stop_requested() ? "" : "begin tracing......\n";
  if (options.json || options.write_file == "-") {  // standard output is for the records only
    if (!greeting.empty()) note("begin tracing......");
    greeting.clear();
  }
  const auto renderer = make_renderer(options, {.tree = &tree,
                                                .selection = &selection,
                                                .symbols = &symbols,
                                                .namespaces = namer_of(names),
                                                .realtime_offset_ns = realtime_offset_ns()});
  std::unique_ptr<Sink> sink;
  if (writer) {
    sink = make_recording_sink(std::move(*writer), symbols, options.limit.value_or(UINT64_MAX),
                               std::move(greeting));
  } else if (options.count_only) {
    sink = make_count_sink({.tree = &tree,
                            .read = [&] { return session.hits(); },
                            .interval_ns = options.interval_ns,
                            .in_place = is_screen(STDOUT_FILENO) && !options.json,
                            .format = options.json ? Format::json : Format::text,
                            .time = TimeColumn(options.time, realtime_offset_ns()),
                            .greeting = std::move(greeting),
                            .begin_ns = monotonic_ns()});
  } else {
    ViewSetup setup = view_setup(options, tree, plan.return_types, stacks, *renderer);
    setup.forget = [&](uint64_t tracking_id, uint64_t skb) { session.forget(tracking_id, skb); };
    sink = make_sink(options, std::move(setup), realtime_offset_ns(), std::move(greeting));
  }
  auto result = run_loop(session, *sink, options.duration_ns, session.probes().attached());
  auto finished = finish(session, *sink, options.count_only || options.summary);
  return result ? finished : result;
}

}  // namespace nettrace
