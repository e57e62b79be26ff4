// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "app/trace.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "app/live_object.h"
#include "app/presentation.h"
#include "app/run_loop.h"
#include "attach/session.h"
#include "base/clock.h"
#include "base/kernel_errno.h"
#include "base/number_text.h"
#include "base/start_times.h"
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
#include "plan/check_report.h"
#include "plan/fact_queries.h"
#include "plan/missing_leaves.h"
#include "recording/sink.h"
#include "recording/writer.h"
#include "view/count_sink.h"

namespace nettrace {
namespace {

constexpr size_t many_slow_links = 16;  // detaching more takes a user's patience
constexpr size_t max_files_each = 4;    // a program and a link, for the hit and for the return
constexpr size_t many_single_functions = 400;  // so does attaching more one by one

void report_missing(const TracerTree& tree, const Selection& selection, const AttachPlan& plan,
                    const Options& options) {
  for (const std::string& line : describe_missing(tree, selection, plan, options.verbose)) {
    note(line);
  }
  if (options.verbose || options.shows(NT_SECTION_ARGS)) {
    for (const std::string& line : plan.missing_arguments) note(line);
  }
  for (const MissingHook& hook : plan.missing_hooks) {
    warn(fmt::format("{} cannot be followed: {} {}", hook.purpose, hook.reason, hook.symbol));
  }
  const bool shows_ends = std::any_of(selection.leaves.begin(), selection.leaves.end(),
                                      [&](size_t leaf) { return tree.leaves[leaf].is_end; });
  if (options.timeline && !shows_ends) {
    note("no function of -t is the end of a packet: ends are traced, but not shown");
  }
}

void report_failures(const Probes& probes, const TracerTree& tree, const Selection& selection,
                     bool verbose) {
  for (const AttachFailure& failure : probes.failures) {
    if (!failure.attachment->is_hook) continue;
    warn(fmt::format("packets are not followed through {}, which the kernel refused ({})",
                     failure.attachment->target.name, error_words(failure.error)));
  }
  for (const std::string& line :
       describe_failures(tree, selection, probes.failures, probes.attached(), verbose)) {
    note(line);
  }
  if (!verbose) return;
  for (const std::string& line : describe_fallbacks(probes.fell_back)) note(line);
}

void show_log() {
  for (const std::string& line : take_libbpf_log()) note(line);
}

nt_config config_of(const Options& options, bool lists_arguments) {
  nt_config config = to_config(options.filter);
  config.track_skbs = options.tracks_skbs();
  if (options.skb_mode) config.precheck |= NT_PRECHECK_TRACKED;
  config.tracking_records = options.timeline || options.summary || options.write_file;
  config.min_latency_ns = options.min_latency_ns;
  // JSON always has device and process; a recording has all that is cheap, whatever -o asks for.
  const bool all = options.write_file.has_value();
  SectionBits sections = bit_of(NT_SECTION_PACKET) | options.sections();
  if (options.json || all) sections |= bit_of(NT_SECTION_DEVICE) | bit_of(NT_SECTION_TASK);
  if (all) sections |= every_section & ~(recorded_on_demand | bit_of(NT_SECTION_STACK));
  if (!lists_arguments) sections &= ~bit_of(NT_SECTION_ARGS);
  lay_out(sections, config);
  config.count_only = options.count_only;
  return config;
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

Result<std::unique_ptr<Session>> start(BpfObject object, const Options& options,
                                       const TracerTree& tree, const Selection& selection,
                                       const AttachPlan& plan, const KernelFacts& facts,
                                       const BackendChoice& choice) {
  if (options.verbose && !choice.order.empty()) {
    note(fmt::format("attaching by {}: {}", name_of(choice.order.front()), choice.why));
  }
  const bool one_by_one = !choice.order.empty() && (choice.order.front() == Backend::fentry ||
                                                    choice.order.front() == Backend::kprobe);
  if (!can_show_status() && one_by_one && plan.attachments.size() > many_single_functions) {
    note(fmt::format("attaching {} functions one by one, which takes this kernel a while",
                     plan.attachments.size()));
  }
  allow_more_files(max_files_each * (plan.attachments.size() + plan.hooks.size()));
  auto session = Session::start(
      std::move(object), plan, config_of(options, !plan.arguments.empty()), facts,
      {.backends = choice.order, .is_forced = options.backend.has_value()}, stop_requested());
  if (options.verbose) show_log();
  if (!session) return session;
  report_failures((*session)->probes(), tree, selection, options.verbose);
  if (options.verbose) {
    note(fmt::format("attached: {}", describe((*session)->probes())));
    note(fmt::format("loaded: {}, {} verified",
                     counted((*session)->probes().programs.size(), "program"),
                     counted((*session)->verified(), "instruction")));
    for (const std::string& line : start_times().lines(monotonic_ns())) note(line);
  }
  // The kernel's own counters of missed hits are not for everyone, nor is the map of tracked skbs.
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
                         .skb_mode = options.skb_mode,
                         .returns = options.returns,
                         .stacks = !options.stack_tracers.empty(),
                         .callers = options.shows_callers()};
  std::set<uint32_t> leaves;
  for (const Attachment& attachment : plan.attachments) leaves.insert(attachment.leaf);
  for (const uint32_t leaf : leaves) {
    header.leaves.push_back({.number = leaf,
                             .name = tree.leaves[leaf].name,
                             .returns = plan.return_types[leaf],
                             .args = leaf < plan.arguments.size() ? plan.arguments[leaf]
                                                                  : std::vector<ArgumentType>()});
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

// Without -w, none.
Result<std::optional<RecordingWriter>> open_recording(const Options& options,
                                                      const TracerTree& tree,
                                                      const AttachPlan& plan,
                                                      const KernelFacts& facts) {
  if (!options.write_file) return std::optional<RecordingWriter>();
  auto writer = RecordingWriter::create(*options.write_file, header_of(options, tree, plan, facts),
                                        options.rotation, open_for_writing);
  if (!writer) return writer.error();
  warn_of_small_files(options.rotation, writer->header_bytes());
  return std::optional(std::move(*writer));
}

// What the sink of a live trace shows; all of it outlives the sink.
struct LiveSink {
  const Options& options;
  const TracerTree& tree;
  const AttachPlan& plan;
  const std::vector<bool>& stacks;
  const SymbolTable& symbols;
  Renderer& renderer;
};

std::unique_ptr<Sink> make_live_sink(const LiveSink& live, Session& session,
                                     std::optional<RecordingWriter> writer, std::string greeting) {
  const Options& options = live.options;
  if (writer) {
    return make_recording_sink(std::move(*writer), live.symbols, options.limit.value_or(UINT64_MAX),
                               std::move(greeting));
  }
  if (options.count_only) {
    return make_count_sink(
        {.tree = &live.tree,
         .read = [&session] { return session.hits(); },
         .table = table_setup(options, realtime_offset_ns(), std::move(greeting))});
  }
  ViewSetup setup = view_setup(options, live.tree, live.plan.return_types, live.stacks);
  setup.forget = [&session](uint64_t tracking_id, uint64_t skb) {
    session.forget(tracking_id, skb);
  };
  return make_sink(options, std::move(setup), live.renderer, realtime_offset_ns(),
                   std::move(greeting));
}

// What is left in the ring once nothing is added.
Result<bool> take_rest(Session& session, Sink& sink) {
  Result<bool> taken = true;
  do {
    taken = session.take([records = sink.records()](auto record) {
      if (records) records->take(record);
    });
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

AttachPlan plan_of(const Options& options, const TracerTree& tree, const Selection& selection,
                   const KernelFacts& facts, const std::vector<bool>& stacks) {
  const Timed timed("plan");
  return make_plan(tree, selection, facts,
                   {.track_skbs = options.tracks_skbs(),
                    .returns = options.returns,
                    .returned_copies = options.timeline || options.write_file,
                    .stacks = stacks});
}

}  // namespace

Result<Done> trace(const Options& options, const TracerTree& tree, const Selection& selection,
                   const std::vector<bool>& stacks, KernelTypes& types) {
  catch_signals();
  const FactQueries asked = queries(tree, selection.leaves, options.tracks_skbs());
  PendingSymbols pending(asked, types);
  const Features features = read_features(types);
  if (auto obstacle = first_obstacle(features)) return *obstacle;
  auto object =
      make_live_object(options, config_of(options, false), tree, selection, features, types.file());
  const KernelFacts facts = read_kernel_facts(asked, pending, features, types);
  const AttachPlan plan = plan_of(options, tree, selection, facts, stacks);
  const auto choice =
      choose_backends(facts.features, options.backend, plan.attachments.size() + plan.hooks.size());
  if (!choice) return choice.error();
  report_missing(tree, selection, plan, options);
  if (plan.attachments.empty()) {
    if (auto obstacle = functions_obstacle(features)) return *obstacle;
    return trace_error("this kernel has none of the functions to trace",
                       "use -t '?' to see what it has");
  }
  if (!object) {
    if (options.verbose) show_log();
    return object.error();
  }
  SymbolTable symbols;
  if (!options.stack_tracers.empty() || options.shows_callers()) symbols = read_symbol_table();
  auto writer = open_recording(options, tree, plan, facts);
  if (!writer) return writer.error();
  std::optional<NamespaceNames> names;
  if (options.shows(NT_SECTION_NETNS)) names.emplace();
  auto started = start(std::move(*object), options, tree, selection, plan, facts, *choice);
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
                                                .arguments = &plan.arguments,
                                                .realtime_offset_ns = realtime_offset_ns()});
  const LiveSink live{options, tree, plan, stacks, symbols, *renderer};
  const auto sink = make_live_sink(live, session, std::move(*writer), std::move(greeting));
  auto result = run_loop(session, *sink, options.duration_ns, session.probes().attached());
  auto finished = finish(session, *sink, options.count_only || options.summary);
  return result ? finished : result;
}

}  // namespace nettrace
