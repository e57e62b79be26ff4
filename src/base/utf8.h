// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Characters of UTF-8.
#pragma once

#include <cstddef>
#include <string_view>

namespace nettrace {

// Bytes of the well-formed character at the start of `text`, which is not empty; 0: there is none.
size_t utf8_length(std::string_view text);
size_t count_characters(std::string_view utf8);
// C0, DEL and C1 (U+0080 to U+009F); `character` is one character of UTF-8.
bool is_control(std::string_view character);

}  // namespace nettrace
