// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The kernel side, loaded: images of its programs, its ring buffer, its maps and its counters.
#pragma once

#include <linux/filter.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "attach/program_variant.h"
#include "base/fd.h"
#include "base/result.h"
#include "bpf_image/program_image.h"
#include "nettrace/config.h"

struct nettrace_bpf;

namespace nettrace {

class BpfObject {
 public:
  struct Setup {
    nt_config config;
    nt_memory memory;
    uint32_t session_is_return = 0;  // BTF ids of kernel functions; 0: there are none
    uint32_t session_cookie = 0;
    uint32_t max_tracked = 1;     // skbs of followed packets at a time
    uint32_t max_deferred = 1;    // packets at a time whose early steps are kept
    uint32_t max_calls = 1;       // calls at a time whose returns are waited for by their frame
    uint32_t counted_leaves = 1;  // with config.count_only
    uint32_t ring_bytes = 0;      // a power of two, and pages
    std::string btf_file;         // of the kernel's types; empty: it has them itself
    std::vector<sock_filter> expression;  // with config.expression
    std::vector<nt_leaf_args> leaf_args;  // by leaf; empty: none lists any
  };
  static Result<BpfObject> load(const Setup& setup);

  BpfObject(BpfObject&&) noexcept;
  BpfObject& operator=(BpfObject&&) noexcept;
  ~BpfObject();

  Result<Fd> load_variant(const Copy& copy) const;
  int ring_fd() const;
  // Of all CPUs.
  nt_stats stats() const;
  // By leaf, of all CPUs; with config.count_only.
  Result<std::vector<uint64_t>> hits() const;
  // Whether the next record wakes the ring's reader.
  void set_reader_waits(bool waits) const;
  // Until then, and from then on, no hit is told.
  void set_tracing(bool tracing) const;
  // Where packets are followed: those that match first meanwhile are never told.
  void set_settling(bool settling) const;
  // The skb leaves the life, if it is still in it.
  void forget(uint64_t tracking_id, uint64_t skb) const;

 private:
  struct Destroy {
    void operator()(nettrace_bpf* object) const;
  };
  BpfObject(nettrace_bpf* object, const Setup& setup);

  std::unique_ptr<nettrace_bpf, Destroy> object_;
  Setup setup_;
  // Of the programs, relocated; by name.
  std::map<std::string, ProgramImage, std::less<>> images_;
};

}  // namespace nettrace
