// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// --check: what this machine allows, and the remedy for what is missing.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "plan/facts.h"

namespace nettrace {

// One line a requirement: "kprobes       ok" / "BTF           missing: ... (remedy)".
std::string check_report(const Features& features);

// Why no function can be traced here, where that is so; tracepoints may all the same.
std::optional<Error> functions_obstacle(const Features& features);

// The first reason why tracing cannot work here, as an error with its remedy.
std::optional<Error> first_obstacle(const Features& features);

}  // namespace nettrace
