// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The program is put together here and not compiled: it has to run before it is known how the other
// ones are to be loaded, and another BPF object takes libbpf longer than the iterator does.
#include "kernel/symbol_iterator.h"

#include <bpf/bpf.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace nettrace {
namespace {

constexpr int16_t max_name_bytes = 384;
constexpr int16_t max_module_bytes = 64;
constexpr int16_t record = -400;  // on the stack
constexpr int16_t in_record(size_t offset) {
  return static_cast<int16_t>(record + static_cast<int>(offset));
}
constexpr int16_t name_in_record = in_record(sizeof(IteratedSymbol));
static_assert(name_in_record + max_name_bytes <= 0 && max_module_bytes <= max_name_bytes);

// In bytes from the start of the kernel's struct kallsym_iter.
struct Layout {
  uint32_t function = 0;  // BTF id of bpf_iter_ksym
  std::optional<int16_t> value, type, name, module, exported;

  bool is_complete() const { return function != 0 && value && type && name && module && exported; }
};

void read_members(const btf* types, const btf_type* iter, Layout& layout) {
  for (int i = 0; i < btf_vlen(iter); ++i) {
    const std::string_view name = btf__name_by_offset(types, btf_members(iter)[i].name_off);
    const auto offset = static_cast<int16_t>(btf_member_bit_offset(iter, i) / 8);
    if (name == "value") layout.value = offset;
    if (name == "type") layout.type = offset;
    if (name == "name") layout.name = offset;
    if (name == "module_name") layout.module = offset;
    if (name == "exported") layout.exported = offset;
  }
}

// One walk for both names: libbpf would take one for each.
Layout read_layout(const btf* types) {
  Layout layout;
  for (uint32_t id = 1; id < btf__type_cnt(types); ++id) {
    const btf_type* type = btf__type_by_id(types, id);
    if (!btf_is_func(type) && !btf_is_struct(type)) continue;
    const std::string_view name = btf__name_by_offset(types, type->name_off);
    if (btf_is_func(type) && name == "bpf_iter_ksym") layout.function = id;
    if (btf_is_struct(type) && name == "kallsym_iter") read_members(types, type, layout);
    if (layout.is_complete()) break;
  }
  return layout;
}

class Assembler {
 public:
  void load(int size, uint8_t to, uint8_t from, int16_t at) {
    emit(BPF_LDX | BPF_MEM | size, to, from, at);
  }
  void store(int size, int16_t at, uint8_t from) {
    emit(BPF_STX | BPF_MEM | size, BPF_REG_10, from, at);
  }
  // to = from + number
  void add(uint8_t to, uint8_t from, int32_t number) {
    emit(BPF_ALU64 | BPF_MOV | BPF_X, to, from);
    emit(BPF_ALU64 | BPF_ADD | BPF_K, to, 0, 0, number);  // NOLINT(misc-redundant-expression)
  }
  void set(uint8_t to, int32_t number) { emit(BPF_ALU64 | BPF_MOV | BPF_K, to, 0, 0, number); }
  void call(int32_t helper) { emit(BPF_JMP | BPF_CALL, 0, 0, 0, helper); }
  // Over the next `count` instructions, or to the end.
  void jump_over(int op, uint8_t reg, int32_t number, int16_t count) {
    emit(BPF_JMP | op | BPF_K, reg, 0, count, number);
  }
  void leave_if(int op, uint8_t reg, int32_t number) {
    leaving_.push_back(code_.size());
    jump_over(op, reg, number, 0);
  }

  std::vector<bpf_insn> finish() {
    for (const size_t at : leaving_) code_[at].off = static_cast<int16_t>(code_.size() - at - 1);
    set(BPF_REG_0, 0);
    emit(BPF_JMP | BPF_EXIT);
    return std::move(code_);
  }

 private:
  void emit(int code, uint8_t dst = 0, uint8_t src = 0, int16_t off = 0, int32_t imm = 0) {
    code_.push_back({.code = static_cast<uint8_t>(code),
                     .dst_reg = dst,
                     .src_reg = src,
                     .off = off,
                     .imm = imm});
  }

  std::vector<bpf_insn> code_;
  std::vector<size_t> leaving_;
};

constexpr uint8_t symbol_register = BPF_REG_6;
constexpr uint8_t file_register = BPF_REG_7;
constexpr uint8_t type_register = BPF_REG_8;

// Of functions, and of variables whose names begin as vmemmap_base and page_offset_base do.
void take_wanted(const Layout& layout, Assembler& code) {
  constexpr int lower_case = 0x20;
  code.load(BPF_B, type_register, symbol_register, *layout.type);
  code.store(BPF_B, in_record(offsetof(IteratedSymbol, type)), type_register);
  code.jump_over(BPF_JEQ, type_register, 't', 9);
  code.jump_over(BPF_JEQ, type_register, 't' - lower_case, 8);
  code.jump_over(BPF_JEQ, type_register, 'w', 7);
  code.jump_over(BPF_JEQ, type_register, 'w' - lower_case, 6);
  code.load(BPF_B, BPF_REG_1, symbol_register, *layout.name);
  code.load(BPF_B, BPF_REG_2, symbol_register, static_cast<int16_t>(*layout.name + 1));
  code.jump_over(BPF_JNE, BPF_REG_1, 'v', 1);
  code.jump_over(BPF_JEQ, BPF_REG_2, 'm', 2);
  code.leave_if(BPF_JNE, BPF_REG_1, 'p');
  code.leave_if(BPF_JNE, BPF_REG_2, 'a');
}

// Writes `head` bytes that stand before it, too.
void write_string(int16_t from, int16_t to, int16_t size, int16_t head, Assembler& code) {
  code.add(BPF_REG_1, BPF_REG_10, to);
  code.set(BPF_REG_2, size);
  code.add(BPF_REG_3, symbol_register, from);
  code.call(BPF_FUNC_probe_read_kernel_str);
  code.leave_if(BPF_JGT, BPF_REG_0, size);  // an error
  code.add(BPF_REG_1, file_register, 0);
  code.add(BPF_REG_2, BPF_REG_10, to - head);
  code.add(BPF_REG_3, BPF_REG_0, head);
  code.call(BPF_FUNC_seq_write);
}

// It is called with the addresses of a struct bpf_iter_meta, which begins with that of the struct
// seq_file, and of a struct kallsym_iter.
std::vector<bpf_insn> program(const Layout& layout) {
  Assembler code;
  code.load(BPF_DW, symbol_register, BPF_REG_1, sizeof(uint64_t));
  code.leave_if(BPF_JEQ, symbol_register, 0);
  code.load(BPF_DW, file_register, BPF_REG_1, 0);
  code.load(BPF_DW, file_register, file_register, 0);
  take_wanted(layout, code);
  code.load(BPF_DW, BPF_REG_1, symbol_register, *layout.value);
  code.store(BPF_DW, in_record(offsetof(IteratedSymbol, address)), BPF_REG_1);
  code.load(BPF_B, BPF_REG_1, symbol_register, *layout.exported);
  code.store(BPF_B, in_record(offsetof(IteratedSymbol, is_exported)), BPF_REG_1);
  code.load(BPF_B, type_register, symbol_register, *layout.module);
  code.store(BPF_B, in_record(offsetof(IteratedSymbol, has_module)), type_register);
  write_string(*layout.name, name_in_record, max_name_bytes, sizeof(IteratedSymbol), code);
  code.leave_if(BPF_JEQ, type_register, 0);
  write_string(*layout.module, record, max_module_bytes, 0, code);
  return code.finish();
}

}  // namespace

Fd open_symbol_iterator(const btf* types) {
  const Layout layout = read_layout(types);
  if (!layout.is_complete()) return {};
  const std::vector<bpf_insn> insns = program(layout);
  LIBBPF_OPTS(bpf_prog_load_opts, options);
  options.expected_attach_type = BPF_TRACE_ITER;
  options.attach_btf_id = layout.function;
  const Fd loaded(bpf_prog_load(BPF_PROG_TYPE_TRACING, "symbols", "Dual BSD/GPL", insns.data(),
                                insns.size(), &options));
  if (!loaded) return {};
  const Fd link(bpf_link_create(loaded.get(), 0, BPF_TRACE_ITER, nullptr));
  return link ? Fd(bpf_iter_create(link.get())) : Fd();
}

}  // namespace nettrace
