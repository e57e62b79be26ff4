// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Small things done to strings in several places.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nettrace {

// Every piece, the empty ones too: one more than there are separators.
std::vector<std::string> split(std::string_view text, char separator);
std::string lower_case(std::string_view text);  // ASCII

// Candidates a few typing errors away from `word`, nearest first, at most three.
std::vector<std::string> nearest(std::string_view word,
                                 std::span<const std::string_view> candidates);
// "did you mean ip_rcv or ip_rcv_core?"; empty without a near name.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

// Bytes of the well-formed UTF-8 character at the start of `text`, which is not empty; 0: there is
// none.
size_t utf8_length(std::string_view text);
size_t count_characters(std::string_view utf8);
// C0, DEL and C1 (U+0080 to U+009F); `character` is one of UTF-8.
bool is_control(std::string_view character);

// Decimal, or hexadecimal with 0x; nothing for what is no number. One of more than 64 bits is
// UINT64_MAX.
std::optional<uint64_t> parse_number(std::string_view text);

// "1 packet", "2 packets".
std::string counted(uint64_t count, std::string_view noun);
void append_number(uint64_t number, std::string& out);
// With zeros in front, to `width` digits.
void append_number(uint64_t number, size_t width, std::string& out);
void append_hex(uint64_t number, std::string& out);

// Each with a newline. Of more than `most`, which is at least 1, the last line says how many are
// left out: "… 12 more".
void append_lines(std::span<const std::string> lines, size_t most, std::string& out);

// Foreign text (process and interface names) made harmless for a terminal: control characters and
// bytes that are not UTF-8 become '?'.
void append_printable(std::string_view foreign, std::string& out);

// Foreign text for a message: 'text', printable, cut to a length that fits a line.
std::string in_quotes(std::string_view foreign);

}  // namespace nettrace
