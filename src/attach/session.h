// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A live trace: loaded, attached, and detached when it goes.
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "attach/probes.h"
#include "attach/ring.h"
#include "event/deferred_steps.h"
#include "event/source.h"
#include "plan/attach_plan.h"

namespace nettrace {

class Session : public EventSource {
 public:
  struct Setup {
    std::vector<Backend> backends;  // to be tried in this order
    bool is_forced;                 // the user chose the backend
  };
  // What the kernel refused is in probes().failures; nothing attached at all is an error, unless
  // `stop` became true.
  static Result<std::unique_ptr<Session>> start(BpfObject object, const AttachPlan& plan,
                                                const nt_config& config, const KernelFacts& facts,
                                                const Setup& setup, const std::atomic<bool>& stop);

  int fd() const override { return ring_->fd(); }
  uint64_t poll_timeout_ns() const override { return poll_timeout_ns_; }
  Result<bool> take(const RecordCallback& callback) override;
  Losses losses() const override;
  Losses ring_losses() override;
  bool is_live() const override { return true; }

  const Probes& probes() const { return probes_; }
  // Instructions that the verifier walked.
  uint64_t verified() const { return object_.verified(); }
  // By leaf; with nt_config.count_only.
  Result<std::vector<uint64_t>> hits() const { return object_.hits(); }
  // An skb whose end was missed: the next user of its address is another packet.
  void forget(uint64_t tracking_id, uint64_t skb) const { object_.forget(tracking_id, skb); }
  // Closes every link; the records that are already in the ring stay there. No hit is sent from now
  // on: with the probes on copies and ends gone first, an skb that is used again would be the same
  // packet.
  void detach() {
    object_.set_tracing(false);
    probes_.detach();
  }

 private:
  explicit Session(BpfObject object) : object_(std::move(object)) {}
  void begin(bool tracks_skbs);

  BpfObject object_;
  Probes probes_;
  std::unique_ptr<Ring> ring_;
  uint64_t poll_timeout_ns_ = 0;
  bool keeps_deferred_steps_ = false;
  DeferredSteps deferred_steps_;
};

}  // namespace nettrace
