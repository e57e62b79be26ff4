// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "app/run_loop.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <iterator>

#include "base/clock.h"
#include "base/number_text.h"
#include "io/file_stream.h"
#include "io/message.h"
#include "io/status_line.h"
#include "io/terminal.h"

namespace nettrace {
namespace {

constexpr uint64_t longest_wait_ns = ns_per_s;  // silent packets and losses are looked for so often
constexpr int ending_signals[] = {SIGINT, SIGTERM, SIGHUP};

std::atomic<bool> stop = false;
std::atomic<int> signals = 0;

void request_stop(int) {
  ++signals;
  stop = true;
}

// Signals arrive in ppoll() only, so that none is missed between the test and the wait.
class Waiter {
 public:
  Waiter() {
    sigset_t ours;
    sigemptyset(&ours);
    for (const int signal : ending_signals) sigaddset(&ours, signal);
    sigprocmask(SIG_BLOCK, &ours, &before_);
  }
  ~Waiter() { sigprocmask(SIG_SETMASK, &before_, nullptr); }
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

  // Until `source` is readable, a signal or the time came, or standard output's reader went
  // (returns false).
  bool wait(int source, uint64_t max_ns) const {
    pollfd fds[] = {{.fd = source, .events = POLLIN, .revents = 0},
                    {.fd = STDOUT_FILENO, .events = 0, .revents = 0}};
    const timespec timeout{.tv_sec = static_cast<time_t>(max_ns / ns_per_s),
                           .tv_nsec = static_cast<long>(max_ns % ns_per_s)};
    if (ppoll(fds, std::size(fds), &timeout, &before_) < 0) return errno == EINTR;
    return (fds[1].revents & (POLLERR | POLLHUP)) == 0;
  }

 private:
  sigset_t before_{};
};

// Losses are reported while they happen, once a second; the packets of the time they happened in
// are marked.
class LossReporter {
 public:
  void tell(EventSource& source, Sink& sink) {
    const uint64_t before_ns = monotonic_ns();
    const Losses lost = source.ring_losses();
    const uint64_t now_ns = monotonic_ns();
    if (RecordConsumer* const records = sink.records(); records && lost.in_ring() > lost_) {
      records->lose_between(looked_ns_, now_ns, lost);
    }
    lost_ = lost.in_ring();
    looked_ns_ = before_ns;
    if (now_ns < next_ns_) return;
    next_ns_ = now_ns + ns_per_s;
    const Losses losses = source.losses();
    const auto line = watch_.look(losses);
    if (!line) return;
    warn(*line);
    sink.lose(losses);
  }

 private:
  LossWatch watch_;
  uint64_t next_ns_ = 0;
  uint64_t looked_ns_ = 0;
  uint64_t lost_ = 0;
};

// Says once a second that it is tracing. What reads a pipe may write to the same terminal, and the
// first line of a trace on it says it better.
class StatusReporter {
 public:
  explicit StatusReporter(size_t functions)
      : functions_(functions), is_wanted_(functions > 0 && !is_pipe(STDOUT_FILENO)) {}
  ~StatusReporter() { erase_status(); }
  StatusReporter(const StatusReporter&) = delete;
  StatusReporter& operator=(const StatusReporter&) = delete;

  void tell(const EventSource& source, Sink& sink, uint64_t now_ns) {
    if (!is_wanted_ || now_ns < next_ns_ || (on_terminal_ && sink.has_shown())) return;
    if (!can_show_status()) return;
    next_ns_ = now_ns + ns_per_s;
    show_status(fmt::format("tracing {}, {} matched, {} lost, Ctrl-C to end",
                            counted(functions_, "function"), sink.matched(),
                            source.losses().total()));
  }

 private:
  size_t functions_;
  bool is_wanted_;
  bool on_terminal_ = is_terminal(STDOUT_FILENO);
  uint64_t next_ns_ = 0;
};

}  // namespace

void catch_signals() {
  struct sigaction action {};
  action.sa_handler = request_stop;
  for (const int signal : ending_signals) sigaction(signal, &action, nullptr);
}

const std::atomic<bool>& stop_requested() { return stop; }

Result<Done> run_loop(EventSource& source, Sink& sink, std::optional<uint64_t> duration_ns,
                      size_t functions) {
  const Waiter waiter;
  RecordConsumer* const records = sink.records();
  const EventSource::RecordCallback callback = [records](std::span<const std::byte> record) {
    if (records) records->take(record);
  };
  const uint64_t end_ns = duration_ns ? monotonic_ns() + *duration_ns : UINT64_MAX;
  limit_writes([end_ns] { return stop || monotonic_ns() >= end_ns; });
  // The records of a file are not of now.
  TimedDisplay* const timed = source.is_live() ? sink.timed() : nullptr;
  LossReporter losses;
  StatusReporter status(functions);
  auto flushed = sink.flush();
  for (bool goes_on = true; goes_on && flushed && *flushed && !stop && !sink.is_done();) {
    const uint64_t now_ns = monotonic_ns();
    if (now_ns >= end_ns) break;
    status.tell(source, sink, now_ns);
    const uint64_t due_ns = std::min(end_ns, timed ? timed->due_ns() : UINT64_MAX);
    const bool reader_is_there = waiter.wait(
        source.fd(),
        std::min({longest_wait_ns, source.poll_timeout_ns(), due_ns - std::min(due_ns, now_ns)}));
    if (source.is_live()) losses.tell(source, sink);
    const auto taken = source.take(callback);
    if (timed) timed->pass_time(monotonic_ns());
    flushed = sink.flush();
    if (!taken) return taken.error();
    goes_on = *taken && reader_is_there;
  }
  // The probes go first, then what is left is written; who cannot wait for its reader signals
  // again.
  limit_writes([seen = signals.load()] { return signals > seen; });
  if (stop) show_status({});  // in place of the ^C that the terminal wrote
  if (!flushed) return flushed.error();
  return Done{};
}

}  // namespace nettrace
