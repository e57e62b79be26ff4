// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "cli/live_options.h"

#include <fmt/core.h>

#include <bit>

#include "base/size.h"
#include "base/text.h"

namespace nettrace {
namespace {

constexpr uint64_t min_ring_bytes = 4096;  // a page
constexpr uint64_t max_ring_bytes = 1 << 30;

}  // namespace

std::optional<Error> read_live_options(const CommandLine& line, Options& options) {
  if (line.backend) {
    auto backend = parse_backend(*line.backend);
    if (!backend) return backend.error();
    options.backend = *backend;
  }
  if (!line.buffer_size) return std::nullopt;
  const auto bytes = parse_size(*line.buffer_size, 1);
  if (!bytes || *bytes < min_ring_bytes || *bytes > max_ring_bytes) {
    return usage_error(
        fmt::format("{} is not a size for the ring buffer", in_quotes(*line.buffer_size)),
        "--buffer-size takes 4k to 1g: a whole number of bytes, or of k, m or g");
  }
  options.ring_bytes = static_cast<uint32_t>(std::bit_ceil(*bytes));
  return std::nullopt;
}

}  // namespace nettrace
