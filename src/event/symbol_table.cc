// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The table is a sorted vector of small entries and one string for all names: a kernel has some
// 200,000 functions.
#include "event/symbol_table.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <limits>

#include "base/append_format.h"
#include "base/foreign_text.h"

namespace nettrace {
namespace {

// No function is longer: an address further away belongs to none that the table has.
constexpr uint64_t longest_function = 16 << 20;

}  // namespace

// A table whose names outgrow the offsets takes no more of them.
void SymbolTable::add(uint64_t address, std::string_view name, std::string_view module) {
  const auto append = [this](std::string_view text) {
    const auto offset = static_cast<uint32_t>(text_.size());
    text_.append(text.substr(0, text.find('\0')));
    text_.push_back('\0');
    return offset;
  };
  constexpr size_t max_text = std::numeric_limits<uint32_t>::max();
  if (address == 0 || name.size() + module.size() + 2 > max_text - text_.size()) return;
  // The kernel lists a module's functions one after the other.
  uint32_t module_offset = symbols_.empty() ? 0 : symbols_.back().module;
  if (module != text_.c_str() + module_offset) module_offset = append(module);
  symbols_.push_back({address, append(name), module_offset});
}

// The first of several names for one address stays first: it is the one that the kernel itself
// prints.
void SymbolTable::sort() {
  std::stable_sort(symbols_.begin(), symbols_.end(),
                   [](const Entry& a, const Entry& b) { return a.address < b.address; });
}

SymbolTable::Symbol SymbolTable::find(uint64_t address) const {
  const auto behind =
      std::upper_bound(symbols_.begin(), symbols_.end(), address,
                       [](uint64_t wanted, const Entry& entry) { return wanted < entry.address; });
  if (behind == symbols_.begin()) return {};
  const uint64_t start = std::prev(behind)->address;
  if (address - start >= longest_function) return {};
  const auto first =
      std::lower_bound(symbols_.begin(), behind, start,
                       [](const Entry& entry, uint64_t wanted) { return entry.address < wanted; });
  return {start, text_.c_str() + first->name, text_.c_str() + first->module};
}

size_t frame_count(std::span<const std::byte> stack) { return stack.size() / sizeof(uint64_t); }

uint64_t frame_at(std::span<const std::byte> stack, size_t index) {
  uint64_t address;
  std::memcpy(&address, stack.data() + index * sizeof(address), sizeof(address));
  return address;
}

void append_frame(const SymbolTable& symbols, uint64_t address, std::string& out) {
  const SymbolTable::Symbol symbol = symbols.find(address);
  if (symbol.name.empty()) {
    append_format(out, "0x{:x}", address);
    return;
  }
  append_printable(symbol.name, out);
  append_format(out, "+0x{:x}", address - symbol.address);
  if (symbol.module.empty()) return;
  out += " [";
  append_printable(symbol.module, out);
  out += ']';
}

}  // namespace nettrace
