// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The filter's words, each read alone.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "filter/filter.h"

namespace nettrace {

// Fills the filter with what each word says, and warns of words that mean something unexpected.
std::optional<Error> read_words(const FilterWords& words, Filter& filter);

// "A (ack), P (push), ...": what --tcp-flags knows.
std::string known_tcp_flags();

}  // namespace nettrace
