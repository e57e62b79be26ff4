// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Names for the return addresses of a kernel stack.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nettrace {

// The functions of a kernel, its modules and its BPF programs, by address.
class SymbolTable {
 public:
  // `module` is empty for what is built in. Addresses come in any order; 0 is no address. An empty
  // name says where the symbol before it ends, if no other begins there.
  void add(uint64_t address, std::string_view name, std::string_view module);
  // After the last add(), before the first find().
  void sort();

  struct Symbol {
    uint64_t address = 0;
    std::string_view name, module;  // live as long as the table
  };
  // The last symbol at or before the address, the one added first where several share its address;
  // its name is empty where there is none near enough.
  Symbol find(uint64_t address) const;
  bool empty() const { return symbols_.empty(); }

 private:
  struct Entry {
    uint64_t address;
    uint32_t name, module;  // offsets into text_ of NUL-terminated strings
  };
  std::vector<Entry> symbols_;
  std::string text_ = std::string(1, '\0');
};

// How many return addresses a stack of these bytes has, and the one at `index`, 0 being innermost;
// `index` is less than the count, the bytes need no alignment.
size_t frame_count(std::span<const std::byte> stack);
uint64_t frame_at(std::span<const std::byte> stack, size_t index);

// Appends "ip_rcv+0x1c" or "br_handle_frame+0x1c [bridge]"; "0xffffffffc0301234" where no symbol
// fits.
void append_frame(const SymbolTable& symbols, uint64_t address, std::string& out);

}  // namespace nettrace
