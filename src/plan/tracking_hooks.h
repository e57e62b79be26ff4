// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The functions where the kernel copies, merges and frees skbs: what keeps skb tracking
// right, whatever the user chose to see.
#pragma once

#include <span>
#include <string_view>

#include "nettrace/config.h"
#include "plan/attach_plan.h"

namespace nettrace {

struct TrackingHook {
  std::string_view symbol;
  nt_hook work;
  std::string_view purpose;  // what goes unseen without it
  bool returns = false;      // it works at the function's return
};

std::span<const TrackingHook> all_tracking_hooks();

// Fills plan.hooks and plan.missing_hooks; a leaf on a function where skbs end does the hook's
// work, so that its line comes first.
void add_hooks(const KernelFacts& facts, AttachPlan& plan);

}  // namespace nettrace
