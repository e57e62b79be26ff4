// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The packet inside a tunnel: VXLAN, Geneve, GRE, IP in IP. bpf/packet/tunnel.h knows the same
// headers, for the filter of a live trace.
#pragma once

#include "nettrace/sections.h"

namespace nettrace {

// Makes of a packet the one that is innermost in its tunnels. False: it is in none, or the header
// inside lies beyond the recorded bytes; `packet` is as it was.
bool enter_tunnels(nt_packet& packet);

}  // namespace nettrace
