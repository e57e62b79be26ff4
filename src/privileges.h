// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Once everything is attached, reading the ring needs no privilege at all.
#pragma once

namespace nettrace {

struct Kept {
  bool bpf = false;           // CAP_BPF: the map of lives must be kept clean
  bool dac_override = false;  // CAP_DAC_OVERRIDE: further files of a recording may be anywhere
};

// Gives up every capability for good, but for those. Failure is harmless and not reported: the
// process then keeps what its user gave it.
void drop_privileges(const Kept& kept);

}  // namespace nettrace
