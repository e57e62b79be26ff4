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
                     const std::vector<ReturnType>& return_types, const std::vector<bool>& stacks,
                     const Renderer& renderer) {
  return {.tree = &tree,
          .return_types = &return_types,
          .renderer = &renderer,
          .stacks = stacks,
          .returns = options.returns,
          .inner = options.filter.inner,
          .latency = options.shows_latency(),
          .max_lines = options.limit.value_or(UINT64_MAX),
          .max_blocks = options.count.value_or(UINT64_MAX),
          .limits = {.silence_ns = options.idle_timeout_ns}};
}

std::unique_ptr<Sink> make_sink(const Options& options, ViewSetup setup, int64_t realtime_offset_ns,
                                std::string greeting) {
  const Format format = options.json ? Format::json : Format::text;
  if (options.summary) {
    const bool in_place = is_screen(STDOUT_FILENO) && !options.json;
    auto interval_ns = options.interval_ns;
    if (in_place && !interval_ns) interval_ns = refresh_ns;
    return make_latency_sink({.view = std::move(setup),
                              .interval_ns = interval_ns,
                              .in_place = in_place,
                              .format = format,
                              .time = TimeColumn(options.time, realtime_offset_ns),
                              .greeting = std::move(greeting)});
  }
  auto view =
      options.timeline ? make_block_view(std::move(setup)) : make_line_view(std::move(setup));
  return make_view_sink(std::move(view), options.timeline, format, std::move(greeting));
}

}  // namespace nettrace
