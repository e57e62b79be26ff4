// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// What the options say of how records are shown, for live traces and recordings alike.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cli/options.h"
#include "event/sink.h"
#include "render/display_model.h"
#include "view/table_sink.h"
#include "view/view.h"

namespace nettrace {

struct RendererSetup {
  const TracerTree* tree;
  const Selection* selection;
  const SymbolTable* symbols;      // outlives the renderer
  NamespaceNamer namespaces;       // may be empty
  const LeafArguments* arguments;  // outlives the renderer
  int64_t realtime_offset_ns;      // CLOCK_REALTIME minus CLOCK_MONOTONIC
};
std::unique_ptr<Renderer> make_renderer(const Options& options, RendererSetup setup);

ViewSetup view_setup(const Options& options, const TracerTree& tree,
                     const std::vector<ReturnType>& return_types, const std::vector<bool>& stacks);
// `greeting` is the first thing on standard output, and may be empty.
TableSetup table_setup(const Options& options, int64_t realtime_offset_ns, std::string greeting);
// To standard output. `renderer` lives as long as the sink.
std::unique_ptr<Sink> make_sink(const Options& options, ViewSetup setup, Renderer& renderer,
                                int64_t realtime_offset_ns, std::string greeting);

}  // namespace nettrace
