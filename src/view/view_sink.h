// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The sink of lines and packets: to standard output through a view.
#pragma once

#include <memory>
#include <string>

#include "event/sink.h"
#include "render/display_model.h"
#include "view/view.h"

namespace nettrace {

// To standard output. `greeting`: the first thing written; may be empty.
std::unique_ptr<Sink> make_view_sink(std::unique_ptr<View> view, bool in_blocks, Format format,
                                     std::string greeting);

}  // namespace nettrace
