// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// One way to attach the BPF programs to kernel functions; a class for each enum Backend.
#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <vector>

#include "attach/programs.h"
#include "base/fd.h"
#include "io/progress.h"
#include "plan/attach_failures.h"
#include "plan/attach_plan.h"
#include "plan/backend.h"
#include "plan/facts.h"

namespace nettrace {

class FunctionAttacher {
 public:
  FunctionAttacher(Programs& programs, const Features& features, const std::atomic<bool>& stop)
      : programs_(programs), features_(features), stop_(stop) {}
  virtual ~FunctionAttacher() = default;
  struct Need {
    std::vector<ProgramVariant> variants;
    std::vector<const Attachment*> unfit;  // functions that it cannot attach
  };
  // The programs that attach() will need for these functions.
  virtual Need need(std::span<const Attachment* const> functions) = 0;
  // Attaches as many as it can; gives up when `stop` becomes true.
  virtual std::vector<AttachFailure> attach(std::span<const Attachment* const> functions,
                                            Progress& progress) = 0;

  // Each keeps a probe alive. To be closed from the last to the first: a call whose begin was seen
  // has its return seen, too.
  std::vector<Fd> take_links() { return std::move(links_); }

 protected:
  Programs& programs_;
  const Features& features_;
  const std::atomic<bool>& stop_;
  std::vector<Fd> links_;
};

// Attaches functions one by one, each by a link for the hit and one for the return.
class SingleAttacher : public FunctionAttacher {
 public:
  using FunctionAttacher::FunctionAttacher;
  Need need(std::span<const Attachment* const> functions) override;
  std::vector<AttachFailure> attach(std::span<const Attachment* const> functions,
                                    Progress& progress) override;

 private:
  virtual KernelResult<ProgramVariant> variant_for(const Attachment& function, bool at_return) = 0;
  // What keeps the probe alive.
  virtual KernelResult<Fd> link(const Attachment& function, bool at_return) = 0;
  KernelResult<Done> attach(const Attachment& function);
};

// The references outlive the attacher.
using AttacherMaker = std::unique_ptr<FunctionAttacher>(Programs& programs,
                                                        const Features& features,
                                                        const std::atomic<bool>& stop);
AttacherMaker make_kprobe_attacher, make_kprobe_multi_attacher, make_fentry_attacher,
    make_fentry_multi_attacher;

std::unique_ptr<FunctionAttacher> make_attacher(Backend backend, Programs& programs,
                                                const Features& features,
                                                const std::atomic<bool>& stop);

}  // namespace nettrace
