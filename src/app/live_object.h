// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The kernel side of a live trace, as large as the options need it.
#pragma once

#include <string>

#include "attach/bpf_object.h"
#include "cli/options.h"
#include "plan/facts.h"
#include "tracer/tree.h"

namespace nettrace {

// Before the plan is known. `btf_file`: of the kernel's types; empty: it has them itself.
Result<BpfObject> make_live_object(const Options& options, const nt_config& config,
                                   const TracerTree& tree, const Selection& selection,
                                   const Features& features, const std::string& btf_file);

}  // namespace nettrace
