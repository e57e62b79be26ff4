// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "app/presentation.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/clock.h"
#include "io/terminal.h"
#include "render/json_renderer.h"
#include "render/text_renderer.h"
#include "view/latency_sink.h"
#include "view/view_sink.h"

namespace nettrace {
namespace {

constexpr uint64_t refresh_ns = ns_per_s;

Format format_of(const Options& options) { return options.json ? Format::json : Format::text; }

bool is_coloured(ColourWhen when) {
  const char* const no_color = std::getenv("NO_COLOR");
  const bool by_itself = is_screen(STDOUT_FILENO) && (no_color == nullptr || *no_color == '\0');
  return when == ColourWhen::always || (when == ColourWhen::automatic && by_itself);
}

// Piped, lines are as wide as they always were.
TextStyle style_of(const Options& options, RendererSetup& setup) {
  TextStyle style{.columns = options.columns,
                  .colour = is_coloured(options.colour),
                  .grows = is_terminal(STDOUT_FILENO),
                  .meanings = options.returns,
                  .totals = options.shows_latency(),
                  .namespaces = std::move(setup.namespaces),
                  .arguments = setup.arguments,
                  .time = options.time,
                  .realtime_offset_ns = setup.realtime_offset_ns};
  if (style.colour) style.functions = function_attributes(*setup.tree);
  if (!style.grows) return style;
  for (const size_t leaf : setup.selection->leaves) {
    style.function_width = std::max(style.function_width, setup.tree->leaves[leaf].name.size());
  }
  return style;
}

}  // namespace

std::unique_ptr<Renderer> make_renderer(const Options& options, RendererSetup setup) {
  if (options.json) {
    return std::make_unique<JsonRenderer>(setup.symbols, options.columns,
                                          std::move(setup.namespaces), setup.arguments);
  }
  return std::make_unique<TextRenderer>(style_of(options, setup), setup.symbols);
}

ViewSetup view_setup(const Options& options, const TracerTree& tree,
                     const std::vector<ReturnType>& return_types, const std::vector<bool>& stacks) {
  return {.tree = &tree,
          .return_types = &return_types,
          .stacks = stacks,
          .returns = options.returns,
          .inner = options.filter.inner,
          .latency = options.shows_latency(),
          .max_lines = options.limit.value_or(UINT64_MAX),
          .max_blocks = options.count.value_or(UINT64_MAX),
          .limits = {.silence_ns = options.idle_timeout_ns}};
}

TableSetup table_setup(const Options& options, int64_t realtime_offset_ns, std::string greeting) {
  TableSetup setup{.interval_ns = options.interval_ns,
                   .in_place = is_screen(STDOUT_FILENO) && !options.json,
                   .format = format_of(options),
                   .time = TimeColumn(options.time, realtime_offset_ns),
                   .greeting = std::move(greeting),
                   .begin_ns = monotonic_ns()};
  if (options.summary && setup.in_place && !setup.interval_ns) setup.interval_ns = refresh_ns;
  return setup;
}

std::unique_ptr<Sink> make_sink(const Options& options, ViewSetup setup, Renderer& renderer,
                                int64_t realtime_offset_ns, std::string greeting) {
  if (options.summary) {
    return make_latency_sink(
        {.view = std::move(setup),
         .table = table_setup(options, realtime_offset_ns, std::move(greeting))});
  }
  const auto make = options.timeline ? make_block_sink : make_line_sink;
  return make(std::move(setup), renderer, format_of(options), std::move(greeting));
}

}  // namespace nettrace
