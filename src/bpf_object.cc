// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "bpf_object.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <span>

#include "nettrace.skel.h"

namespace nettrace {
namespace {

Error load_error(int error) {
  if (error == EPERM) {
    return trace_error("the kernel refuses to load the BPF programs (permission denied)",
                       "run nettrace --check to see what this machine allows");
  }
  return trace_error(fmt::format("the kernel refuses the BPF programs ({})", std::strerror(error)),
                     "-v shows the verifier's log; please report it");
}

}  // namespace

void BpfObject::Destroy::operator()(nettrace_bpf* object) const { nettrace_bpf::destroy(object); }
BpfObject::BpfObject(nettrace_bpf* object) : object_(object) {}
BpfObject::BpfObject(BpfObject&&) noexcept = default;
BpfObject& BpfObject::operator=(BpfObject&&) noexcept = default;
BpfObject::~BpfObject() = default;

Result<BpfObject> BpfObject::load(const nt_config& config, const nt_memory& memory, Backend backend,
                                  const std::set<std::string>& programs) {
  BpfObject object(nettrace_bpf::open());
  if (!object.object_) return load_error(errno);
  object.object_->rodata->config = config;
  object.object_->rodata->memory = memory;
  bpf_program* program = nullptr;
  bpf_object__for_each_program(program, object.object_->obj) {
    bpf_program__set_autoload(program, programs.contains(bpf_program__name(program)));
    if (backend == Backend::kprobe_multi && bpf_program__type(program) == BPF_PROG_TYPE_KPROBE) {
      bpf_program__set_expected_attach_type(program, BPF_TRACE_KPROBE_MULTI);
    }
  }
  if (const int error = nettrace_bpf::load(object.object_.get())) return load_error(-error);
  return object;
}

int BpfObject::program_fd(const std::string& name) const {
  return bpf_program__fd(bpf_object__find_program_by_name(object_->obj, name.c_str()));
}

Result<Fd> BpfObject::load_patched(const std::string& name, uint64_t cookie) const {
  const bpf_program* program = bpf_object__find_program_by_name(object_->obj, name.c_str());
  const std::span original(bpf_program__insns(program), bpf_program__insn_cnt(program));
  std::vector<bpf_insn> insns(original.begin(), original.end());
  const auto low = [](uint64_t value) { return static_cast<int32_t>(value); };
  const auto high = [](uint64_t value) { return static_cast<int32_t>(value >> 32); };
  for (size_t i = 0; i + 1 < insns.size(); ++i) {
    bpf_insn& first = insns[i];
    bpf_insn& second = insns[i + 1];
    if (first.code != (BPF_LD | BPF_IMM | BPF_DW)) continue;
    if (first.src_reg == 0 && first.imm == low(NT_COOKIE_PLACEHOLDER) &&
        second.imm == high(NT_COOKIE_PLACEHOLDER)) {
      first.imm = low(cookie);
      second.imm = high(cookie);
    }
    ++i;  // the second half of a 64-bit constant
  }
  LIBBPF_OPTS(bpf_prog_load_opts, options);
  options.expected_attach_type = bpf_program__expected_attach_type(program);
  Fd fd(bpf_prog_load(bpf_program__type(program), name.c_str(), "Dual BSD/GPL", insns.data(),
                      insns.size(), &options));
  if (!fd) return load_error(errno);
  return fd;
}

int BpfObject::ring_fd() const { return bpf_map__fd(object_->maps.ring); }

nt_stats BpfObject::stats() const {
  nt_stats copy;
  copy.ring_full = __atomic_load_n(&object_->bss->stats.ring_full, __ATOMIC_RELAXED);
  return copy;
}

}  // namespace nettrace
