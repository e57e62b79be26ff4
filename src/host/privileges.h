// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What the process may do. Once everything is attached, reading the ring needs no privilege at all.
#pragma once

#include <cstddef>

namespace nettrace {

struct KeptCapabilities {
  // CAP_BPF, or CAP_SYS_ADMIN where that is held in its place: skbs whose end was missed are
  // deleted from tracked_skbs.
  bool bpf = false;
  bool dac_override = false;  // CAP_DAC_OVERRIDE: further files of a recording may be anywhere
};

// So many beside those that are open; as many as the system allows, if that is less.
void allow_more_files(size_t files);

// Gives up every capability for good, but for those. Failure is harmless and not reported: the
// process then keeps what its user gave it.
void drop_privileges(const KeptCapabilities& kept);

}  // namespace nettrace
