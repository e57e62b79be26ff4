// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Classic BPF, which libpcap makes of expressions, becomes a part of the kernel side's programs.
#pragma once

#include <linux/filter.h>

#include <span>

#include "bpf_image/program_image.h"

namespace nettrace {

// `image` with a translation of `classic` in the place of the subprogram that holds
// NT_EXPRESSION_PLACEHOLDER, and that calls packet_bytes(); an image without it stays as it is.
// `classic` is one that libpcap has checked: jumps go forward and stay inside.
ProgramImage with_expression(ProgramImage image, std::span<const sock_filter> classic);

}  // namespace nettrace
