// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// /proc/kallsyms, read once for all questions.
#include "kernel/symbols.h"

#include <bpf/bpf.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/fd.h"
#include "base/start_times.h"
#include "kernel/symbol_iterator.h"
#include "tracer/pattern.h"

namespace nettrace {
namespace {

constexpr uint64_t max_trampoline_bytes = 4096;
constexpr size_t read_bytes = 65536;

// "ffffffff81c00000 t ip_rcv\t[module]"
struct Symbol {
  std::string_view hexadecimal;  // the address; zeros: hidden from this user
  char type;                     // as nm(1) prints it
  std::string_view name;
  std::string_view module;  // empty: built in
  uint64_t value = 0;       // the address, where it is no text

  uint64_t address() const {
    if (hexadecimal.empty()) return value;
    uint64_t parsed = 0;
    std::from_chars(hexadecimal.begin(), hexadecimal.end(), parsed, 16);
    return parsed;
  }
};

// `line` without its end.
std::optional<Symbol> parse_symbol(std::string_view line) {
  const size_t space = line.find(' ');
  if (space == std::string_view::npos || space + 3 >= line.size()) return std::nullopt;
  Symbol symbol{line.substr(0, space), line[space + 1], line.substr(space + 3), {}};
  const size_t tab = symbol.name.find('\t');
  if (tab == std::string_view::npos) return symbol;
  if (symbol.name.size() > tab + 2) {  // without its brackets
    symbol.module = symbol.name.substr(tab + 2, symbol.name.size() - tab - 3);
  }
  symbol.name = symbol.name.substr(0, tab);
  return symbol;
}

// There are some 200,000: what is done for each counts.
// `take_first` takes the first symbol off the bytes, or says that it is cut. False: an error.
template <typename TakeFirst>
bool for_each_in(const Fd& file, const TakeFirst& take_first) {
  std::vector<char> buffer(read_bytes);
  size_t kept = 0;  // the beginning of a symbol
  for (;;) {
    const ssize_t got = read(file.get(), buffer.data() + kept, buffer.size() - kept);
    if (got <= 0) return got == 0;
    std::string_view bytes(buffer.data(), kept + static_cast<size_t>(got));
    while (take_first(bytes)) {
    }
    kept = bytes.size() < buffer.size() ? bytes.size() : 0;  // no name is that long
    std::memmove(buffer.data(), bytes.data(), kept);
  }
}

template <typename SymbolVisitor>
void for_each_symbol(const SymbolVisitor& visit) {
  const Fd file(open("/proc/kallsyms", O_RDONLY | O_CLOEXEC));
  if (!file) return;
  for_each_in(file, [&visit](std::string_view& text) {
    const size_t end = text.find('\n');
    if (end == std::string_view::npos) return false;
    if (const auto symbol = parse_symbol(text.substr(0, end))) visit(*symbol);
    text.remove_prefix(end + 1);
    return true;
  });
}

// Upper case is a symbol that others may use: of modules, the kernel decides by another flag.
char type_of(const IteratedSymbol& head) {
  if (head.has_module == 0) return head.type;
  return static_cast<char>(head.is_exported != 0 ? head.type & ~0x20 : head.type | 0x20);
}

// False: the iterator gave less than all symbols, or none.
template <typename SymbolVisitor>
bool for_each_iterated_symbol(const btf* types, const SymbolVisitor& visit) {
  if (types == nullptr) return false;
  const Fd iterator = open_symbol_iterator(types);
  if (!iterator) return false;
  return for_each_in(iterator, [&visit](std::string_view& bytes) {
    IteratedSymbol head;
    if (bytes.size() < sizeof(head)) return false;
    std::memcpy(&head, bytes.data(), sizeof(head));
    const size_t end = bytes.find('\0', sizeof(head));
    if (end == std::string_view::npos) return false;
    const size_t module_end = head.has_module != 0 ? bytes.find('\0', end + 1) : end;
    if (module_end == std::string_view::npos) return false;
    Symbol symbol{{}, type_of(head), bytes.substr(sizeof(head), end - sizeof(head)), {}};
    if (head.has_module != 0) symbol.module = bytes.substr(end + 1, module_end - end - 1);
    symbol.value = head.address;
    visit(symbol);
    bytes.remove_prefix(module_end + 1);
    return true;
  });
}

// Programs and trampolines, which other ones that are loaded later may follow.
bool is_loaded_code(const Symbol& symbol) {
  return symbol.module == "bpf" || symbol.module.starts_with("__builtin__");
}

bool is_function(const Symbol& symbol) {
  return symbol.type == 't' || symbol.type == 'T' || symbol.type == 'w' || symbol.type == 'W';
}

class SymbolCollector {
 public:
  SymbolCollector(const FactQueries& queries, KernelFacts& facts)
      : exact_(queries.functions.begin(), queries.functions.end()), facts_(facts) {
    for (const std::string& regex : queries.patterns) {
      if (auto pattern = Pattern::compile(regex)) patterns_.push_back(std::move(*pattern));
    }
  }

  void take(const Symbol& symbol) {
    if (!is_function(symbol)) {
      if (symbol.name == "vmemmap_base") facts_.vmemmap_base = symbol.address();
      if (symbol.name == "page_offset_base") facts_.page_offset_base = symbol.address();
      return;
    }
    if (!wanted(symbol.name)) return;
    const auto [entry, is_new] = facts_.functions.try_emplace(std::string(symbol.name));
    Function& function = entry->second;
    if (is_new) {
      function.module = symbol.module;
      function.local = symbol.type == 't';
    } else if (function.module == symbol.module) {
      ++function.copies;  // a module's function of that name would not be the one that is attached
    }
  }

 private:
  bool wanted(std::string_view name) const {
    return exact_.contains(name) ||
           std::any_of(patterns_.begin(), patterns_.end(),
                       [name](const Pattern& pattern) { return pattern.matches(name); });
  }

  std::unordered_set<std::string_view> exact_;
  std::vector<Pattern> patterns_;
  KernelFacts& facts_;
};

// Where the code of the BPF programs ends, by where it starts; subprograms have their own.
std::map<uint64_t, uint64_t> read_program_ends() {
  std::map<uint64_t, uint64_t> ends;
  for (uint32_t id = 0; bpf_prog_get_next_id(id, &id) == 0;) {
    const Fd program(bpf_prog_get_fd_by_id(id));
    if (!program) continue;
    bpf_prog_info info{};
    uint32_t size = sizeof(info);
    if (bpf_obj_get_info_by_fd(program.get(), &info, &size) != 0) continue;
    std::vector<uint64_t> starts(info.nr_jited_ksyms);
    std::vector<uint32_t> lengths(info.nr_jited_func_lens);
    info = {};
    info.nr_jited_ksyms = static_cast<uint32_t>(starts.size());
    info.jited_ksyms = reinterpret_cast<uint64_t>(starts.data());
    info.nr_jited_func_lens = static_cast<uint32_t>(lengths.size());
    info.jited_func_lens = reinterpret_cast<uint64_t>(lengths.data());
    size = sizeof(info);
    if (bpf_obj_get_info_by_fd(program.get(), &info, &size) != 0) continue;
    for (size_t i = 0; i < std::min(starts.size(), lengths.size()); ++i) {
      ends.emplace(starts[i], starts[i] + lengths[i]);
    }
  }
  return ends;
}

}  // namespace

void read_symbols(const FactQueries& queries, const btf* types, KernelFacts& facts) {
  {
    KernelFacts iterated = facts;
    SymbolCollector answers(queries, iterated);
    if (for_each_iterated_symbol(types, [&](const Symbol& symbol) { answers.take(symbol); })) {
      facts = std::move(iterated);
      return;
    }
  }
  SymbolCollector answers(queries, facts);
  for_each_symbol([&](const Symbol& symbol) { answers.take(symbol); });
}

SymbolTable read_symbol_table() {
  const Timed timed("kernel symbols");
  SymbolTable table;
  const std::map<uint64_t, uint64_t> program_ends = read_program_ends();
  std::vector<uint64_t> ends;
  for_each_symbol([&](const Symbol& symbol) {
    if (!is_function(symbol)) return;
    const uint64_t address = symbol.address();
    table.add(address, symbol.name, symbol.module);
    if (!is_loaded_code(symbol)) return;
    const auto program = program_ends.find(address);
    ends.push_back(program == program_ends.end() ? address + max_trampoline_bytes
                                                 : program->second);
  });
  for (const uint64_t end : ends) table.add(end, "", "");
  table.sort();
  return table;
}

}  // namespace nettrace
