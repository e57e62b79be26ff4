// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Numbers as people read and write them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nettrace {

// Decimal, or hexadecimal with 0x; nothing if `text` is no number. A number of more than 64 bits is
// UINT64_MAX.
std::optional<uint64_t> parse_number(std::string_view text);

// "1 packet", "2 packets".
std::string counted(uint64_t count, std::string_view noun);
void append_number(uint64_t number, std::string& out);
// Padded with zeros to `width` digits.
void append_number(uint64_t number, size_t width, std::string& out);
void append_hex(uint64_t number, std::string& out);

}  // namespace nettrace
