// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The filter once more, for packets that were recorded without it.
#pragma once

#include "event/event.h"
#include "filter/filter.h"
#include "packet/packet.h"

namespace nettrace {

// Answers as the kernel side does (bpf/match/filter.h), from what was recorded of the packet: what
// lies further behind matches no filter that asks for it.
bool matches(const Filter& filter, const Packet& packet);
// The same of all that an event tells.
bool matches(const Filter& filter, const Event& event);

}  // namespace nettrace
