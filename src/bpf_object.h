// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The kernel side, loaded: its programs, its ring buffer and its counters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "facts.h"
#include "fd.h"
#include "nettrace/config.h"
#include "result.h"

struct bpf_program;
struct nettrace_bpf;

namespace nettrace {

enum class Backend { kprobe_multi, kprobe };

class BpfObject {
 public:
  // Loads the programs named (as in nettrace.bpf.c) and no others.
  static Result<BpfObject> load(const nt_config& config, const nt_memory& memory, Backend backend,
                                const std::set<std::string>& programs);

  BpfObject(BpfObject&&) noexcept;
  BpfObject& operator=(BpfObject&&) noexcept;
  ~BpfObject();

  int program_fd(const std::string& name) const;
  // A copy of the program in which `cookie` stands for the placeholder.
  Result<Fd> load_patched(const std::string& name, uint64_t cookie) const;
  int ring_fd() const;
  nt_stats stats() const;

 private:
  struct Destroy {
    void operator()(nettrace_bpf* object) const;
  };
  explicit BpfObject(nettrace_bpf* object);

  std::unique_ptr<nettrace_bpf, Destroy> object_;
};

}  // namespace nettrace
