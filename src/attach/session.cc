// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "attach/session.h"

#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <thread>

#include "base/clock.h"
#include "base/kernel_errno.h"
#include "base/start_times.h"
#include "nettrace/expression.h"

namespace nettrace {
namespace {

// In one go: what is made of them has to reach its reader, and is written while it is in the cache.
constexpr size_t max_records = 512;

// Waking its reader costs the kernel more than a record: in a busy trace it looks by itself.
constexpr uint64_t busy_poll_timeout_ns = 10 * ns_per_ms;

constexpr uint64_t settling_ns = 100 * ns_per_ms;

// By leaf, as the kernel side finds them; of a leaf's functions, each has them where BTF says.
std::vector<nt_leaf_args> leaf_args_of(const AttachPlan& plan) {
  std::vector<nt_leaf_args> leaves(plan.arguments.size());
  for (const Attachment& attachment : plan.attachments) {
    for (size_t i = 0; i < attachment.args.size() && attachment.leaf < leaves.size(); ++i) {
      leaves[attachment.leaf].position[i] = static_cast<uint8_t>(attachment.args[i] + 1);
    }
  }
  return leaves;
}

// The error where nothing could be attached.
Error nothing_attached(const Probes& probes, const nt_config& config, bool is_forced) {
  const auto first =
      std::find_if(probes.failures.begin(), probes.failures.end(),
                   [](const AttachFailure& failure) { return !failure.attachment->is_hook; });
  const int error = first == probes.failures.end() ? 0 : first->error;
  const bool has_expression = config.expression != NT_EXPRESSION_NONE;
  if (has_expression && error == E2BIG) {
    return trace_error("the expression is too large for this kernel's verifier", "make it shorter");
  }
  std::string why = error_words(error);
  if (!probes.refusal_reason.empty()) why += ": " + probes.refusal_reason;
  if (has_expression && (error == EACCES || error == EINVAL)) {
    return trace_error(fmt::format("this kernel's verifier refuses the expression ({})", why),
                       "make it simpler, or filter with options");
  }
  const char* remedy = probes.refusal_reason.empty()
                           ? "run nettrace --check to see what this machine allows"
                           : "-v shows the end of the verifier's log; please report it";
  return trace_error(fmt::format("the kernel refuses every probe ({})", why),
                     is_forced ? "--backend auto tries every way to attach" : remedy);
}

}  // namespace

Result<std::unique_ptr<Session>> Session::start(BpfObject object, const AttachPlan& plan,
                                                const nt_config& config, const KernelFacts& facts,
                                                const Setup& setup, const std::atomic<bool>& stop) {
  nt_config complete = config;
  complete.returns = watches_returns(plan);
  complete.stacks = std::any_of(plan.attachments.begin(), plan.attachments.end(),
                                [](const Attachment& attachment) { return attachment.stack; });
  const auto set = object.set_constants(
      complete, {.vmemmap_base = facts.vmemmap_base, .page_offset_base = facts.page_offset_base});
  if (!set) return set.error();
  if (const auto filled = object.set_leaf_args(leaf_args_of(plan)); !filled) return filled.error();
  std::unique_ptr<Session> session(new Session(std::move(object)));
  session->keeps_deferred_steps_ = config.min_latency_ns != 0;
  auto ring = Ring::open(session->object_.ring_fd());
  if (!ring) return ring.error();
  session->ring_ = std::move(*ring);
  session->probes_ = attach(plan, session->object_, facts.features, setup.backends, stop);
  session->begin(config.track_skbs && !stop);
  if (session->probes_.attached() == 0 && !stop) {
    return nothing_attached(session->probes_, config, setup.is_forced);
  }
  return session;
}

// What passed while only some of the probes were there would be shown in part: packets that are
// under way at the begin are left out where packets are tracked. Nothing says when the last of
// them has gone, but one that stands in no queue passes the stack in less.
void Session::begin(bool tracks_skbs) {
  object_.set_settling(tracks_skbs);
  object_.set_tracing(true);
  if (!tracks_skbs) return;
  const Timed timed("settle");
  std::this_thread::sleep_for(std::chrono::nanoseconds(settling_ns));
  object_.set_settling(false);
}

// The reader asks to be woken only after it has found nothing, and looks once more after it has
// asked: a record that came in between woke nobody.
Result<bool> Session::take(const RecordCallback& callback) {
  const RecordCallback expand = [&](std::span<const std::byte> record) {
    deferred_steps_.take(record, callback);
  };
  const auto taken = ring_->take(keeps_deferred_steps_ ? expand : callback, max_records);
  if (!taken) return taken.error();
  object_.set_reader_waits(*taken == 0);
  if (*taken == max_records) {
    poll_timeout_ns_ = 0;
  } else {
    poll_timeout_ns_ = *taken == 0 && ring_->is_empty() ? UINT64_MAX : busy_poll_timeout_ns;
  }
  return true;
}

Losses Session::ring_losses() {
  ring_->end_here();
  const nt_stats stats = object_.stats();
  return {.ring_full = stats.ring_full, .rest_full = stats.rest_full};
}

Losses Session::losses() const {
  const nt_stats stats = object_.stats();
  return {.ring_full = stats.ring_full,
          .rest_full = stats.rest_full,
          .tracked_full = stats.tracked_full,
          .calls_full = stats.calls_full,
          .steps_full = stats.steps_full,
          .missed = probes_.missed()};
}

}  // namespace nettrace
