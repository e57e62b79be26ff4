// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Once everything is attached, reading the ring needs no privilege at all.
#pragma once

namespace nettrace {

// Gives up every capability for good. Failure is harmless and not reported: the process then keeps
// what its user gave it.
void drop_privileges();

}  // namespace nettrace
