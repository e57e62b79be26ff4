// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "trace.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "attach_plan.h"
#include "check.h"
#include "kernel_facts.h"
#include "libbpf_log.h"
#include "message.h"
#include "output.h"
#include "privileges.h"
#include "session.h"
#include "text_renderer.h"

namespace nettrace {
namespace {

constexpr size_t many_slow_links = 16;  // detaching more takes a user's patience

std::atomic<bool> stop_requested = false;

void request_stop(int) { stop_requested = true; }

void catch_signals() {
  struct sigaction action {};
  action.sa_handler = request_stop;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);
}

TextStyle style_of(const Options& options) {
  const char* no_color = std::getenv("NO_COLOR");
  const bool colour = isatty(STDOUT_FILENO) != 0 && (no_color == nullptr || *no_color == '\0');
  return {.columns = options.columns, .colour = colour};
}

// Signals arrive in ppoll() only, so that none is missed between the test and the wait.
class Waiter {
 public:
  Waiter() {
    sigset_t ours;
    sigemptyset(&ours);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&ours, signal);
    sigprocmask(SIG_BLOCK, &ours, &during_wait_);
  }

  // Until `source` is readable, a signal came, or standard output's reader went (returns false).
  bool wait(int source) const {
    pollfd fds[] = {{.fd = source, .events = POLLIN, .revents = 0},
                    {.fd = STDOUT_FILENO, .events = 0, .revents = 0}};
    if (ppoll(fds, std::size(fds), nullptr, &during_wait_) < 0) return errno == EINTR;
    return (fds[1].revents & (POLLERR | POLLHUP)) == 0;
  }

 private:
  sigset_t during_wait_{};
};

class Printer {
 public:
  Printer(const TextStyle& style, const TracerTree& tree) : style_(style), tree_(tree) {}

  void print(std::span<const std::byte> record, std::string& out) {
    const auto event = decode(record);
    if (!event || event->leaf >= tree_.leaves.size()) {
      ++malformed_;
      return;
    }
    append_line(style_, *event, tree_.leaves[event->leaf], out);
    ++printed_;
  }

  uint64_t printed() const { return printed_; }
  uint64_t malformed() const { return malformed_; }

 private:
  const TextStyle& style_;
  const TracerTree& tree_;
  uint64_t printed_ = 0;
  uint64_t malformed_ = 0;
};

Result<Done> print_events(Session& session, Output& output, Printer& printer) {
  const Waiter waiter;
  const EventSource::Taker taker = [&](std::span<const std::byte> record) {
    printer.print(record, output.buffer());
  };
  for (bool reader_is_there = true; reader_is_there && !stop_requested;) {
    reader_is_there = waiter.wait(session.fd());
    if (const auto taken = session.take_all(taker); !taken) return taken.error();
    auto written = output.flush();
    if (!written) return written.error();
    reader_is_there = reader_is_there && *written;
  }
  return Done{};
}

void summarize(const Printer& printer, const Losses& losses) {
  std::string line = fmt::format("{} events printed, {} lost", printer.printed(),
                                 losses.total() + printer.malformed());
  if (losses.ring_full > 0) line += fmt::format(", {}: ring buffer full", losses.ring_full);
  if (printer.malformed() > 0) line += fmt::format(", {}: malformed record", printer.malformed());
  note(line);
}

// Prints what was taken before the probes went, and says what the rest of the wait is for.
void finish(Session& session, Output& output, Printer& printer) {
  if (session.probes().slow_links > many_slow_links) {
    note(fmt::format("detaching {} kprobes, which takes this kernel some seconds",
                     session.probes().slow_links));
  }
  session.detach();
  (void)session.take_all([&](auto record) { printer.print(record, output.buffer()); });
  (void)output.flush();
  summarize(printer, session.losses());
}

void report_refused(const Probes& probes, const TracerTree& tree, bool verbose) {
  if (probes.refused.empty()) return;
  note(fmt::format("{} of {} probes were refused by the kernel{}", probes.refused.size(),
                   probes.refused.size() + probes.attached, verbose ? "" : " (-v lists them)"));
  if (!verbose) return;
  for (const Refused& refused : probes.refused) {
    note(fmt::format("  {} ({}): {}", tree.leaves[refused.leaf].name, refused.symbol,
                     std::strerror(refused.error)));
  }
}

}  // namespace

Result<Done> trace(const Options& options, const TracerTree& tree, const Selection& selection) {
  catch_signals();
  const KernelFacts facts = read_kernel_facts(questions(tree, selection.leaves));
  if (auto obstacle = first_obstacle(facts.features)) return *obstacle;
  const AttachPlan plan = make_plan(tree, selection, facts);
  for (const std::string& line : describe_missing(tree, selection, plan, options.verbose)) {
    note(line);
  }
  if (plan.attachments.empty()) {
    return trace_error("this kernel has none of the functions to trace",
                       "use -t ? to see what it has");
  }
  auto session = Session::start(plan, to_config(options.filter), facts, stop_requested);
  if (options.verbose) {
    for (const std::string& line : take_libbpf_log()) note(line);
  }
  if (!session) return session.error();
  report_refused((*session)->probes(), tree, options.verbose);
  if (options.verbose) {
    note(fmt::format("{} functions and tracepoints attached by {}", (*session)->probes().attached,
                     facts.features.kprobe_multi ? "kprobe.multi" : "perf kprobes"));
  }
  drop_privileges();

  const TextStyle style = style_of(options);
  Output output;
  Printer printer(style, tree);
  if (!stop_requested) output.buffer() = "begin tracing......\n";
  auto begun = output.flush();
  Result<Done> result = Done{};
  if (!begun) {
    result = begun.error();
  } else if (*begun) {
    result = print_events(**session, output, printer);
  }
  finish(**session, output, printer);
  return result;
}

}  // namespace nettrace
