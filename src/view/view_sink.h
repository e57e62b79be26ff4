// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The sinks of lines and of packets: to standard output through a view.
#pragma once

#include <memory>
#include <string>

#include "event/sink.h"
#include "render/display_model.h"
#include "view/view.h"

namespace nettrace {

// `greeting`: the first thing written; may be empty. `renderer` lives as long as the sink.
std::unique_ptr<Sink> make_line_sink(ViewSetup setup, Renderer& renderer, Format format,
                                     std::string greeting);
std::unique_ptr<Sink> make_block_sink(ViewSetup setup, Renderer& renderer, Format format,
                                      std::string greeting);

}  // namespace nettrace
