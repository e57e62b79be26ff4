// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A live trace: loaded, attached, and detached when it goes.
#pragma once

#include <atomic>
#include <memory>

#include "attach_plan.h"
#include "event_source.h"
#include "probes.h"

struct ring_buffer;

namespace nettrace {

class Session : public EventSource {
 public:
  // What the kernel refused is in probes().refused; nothing attached at all is an error, unless
  // `stop` became true.
  static Result<std::unique_ptr<Session>> start(const AttachPlan& plan, const nt_config& config,
                                                const KernelFacts& facts,
                                                const std::atomic<bool>& stop);
  ~Session() override;

  int fd() const override;
  Result<bool> take(const Taker& taker) override;
  Losses losses() const override;
  bool is_live() const override { return true; }

  const Probes& probes() const { return probes_; }
  // An skb whose end was missed: the next user of its address is another packet.
  void forget(uint64_t life, uint64_t skb) const { object_.forget(life, skb); }
  // Closes every link; the records that are already in the ring stay there.
  void detach();

 private:
  struct FreeRing {
    void operator()(ring_buffer* ring) const;
  };
  explicit Session(BpfObject object);
  static int on_record(void* session, void* data, size_t size);

  BpfObject object_;
  Probes probes_;
  std::unique_ptr<ring_buffer, FreeRing> ring_;
  const Taker* taker_ = nullptr;  // during take() only
};

}  // namespace nettrace
