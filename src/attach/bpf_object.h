// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The kernel side: images of its programs, its ring buffer, its maps and its counters. Making it
// needs nothing of the kernel's symbols, so that they can be read meanwhile; its programs are
// loaded once it knows its constants.
#pragma once

#include <linux/filter.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "attach/program_variant.h"
#include "base/fd.h"
#include "base/kernel_errno.h"
#include "base/result.h"
#include "bpf_image/program_image.h"
#include "bpf_image/pruner.h"
#include "nettrace/config.h"

struct nettrace_bpf;

namespace nettrace {

class BpfObject {
 public:
  struct Setup {
    uint32_t session_is_return = 0;  // BTF ids of kernel functions; 0: there are none
    uint32_t session_cookie = 0;
    uint32_t max_tracked = 1;     // skbs of followed packets at a time
    uint32_t max_deferred = 1;    // packets at a time whose steps are deferred
    uint32_t max_calls = 1;       // calls at a time whose returns are waited for by their frame
    uint32_t counted_leaves = 1;  // with config.count_only
    uint32_t listing_leaves = 1;  // leaves that may list arguments, from the first
    uint32_t ring_bytes = 0;      // a power of two, and pages
    std::string btf_file;         // of the kernel's types; empty: it has them itself
    std::vector<sock_filter> expression;  // with config.expression
    bool counts_verified = false;         // verified() has an answer
  };
  static Result<BpfObject> make(const Setup& setup);

  BpfObject(BpfObject&&) noexcept;
  BpfObject& operator=(BpfObject&&) noexcept;
  ~BpfObject();

  // The constants that the programs are loaded with; once.
  Result<Done> set_constants(const nt_config& config, const nt_memory& memory);

  // By leaf, at most Setup::listing_leaves.
  Result<Done> set_leaf_args(const std::vector<nt_leaf_args>& leaves) const;

  // After set_constants(); from any thread.
  KernelResult<Fd> load_variant(const ProgramVariant& variant) const;
  // The same of one that was refused, and what the verifier says of it.
  KernelResult<Fd> load_with_log(const ProgramVariant& variant, std::string& log) const;
  // Before what its constants make superfluous is taken out of it.
  ProgramImage image(const ProgramVariant& variant) const;
  size_t image_size(const ProgramVariant& variant) const {
    return images_.at(variant.program).insns.size();
  }
  ConstantMap constants() const;
  // Describes the functions of images.
  int btf_fd() const;

  // Instructions that the verifier walked, of all variants; with Setup::counts_verified.
  uint64_t verified() const { return *verified_; }
  int ring_fd() const;
  // Of all CPUs.
  nt_stats stats() const;
  // By leaf, of all CPUs; with config.count_only.
  Result<std::vector<uint64_t>> hits() const;
  // Whether the next record wakes the ring's reader.
  void set_reader_waits(bool waits) const;
  // While it is not, no hit is sent.
  void set_tracing(bool tracing) const;
  // Where packets are tracked: those that match first meanwhile are never shown.
  void set_settling(bool settling) const;
  // Stops tracking the skb, if it still has this id.
  void forget(uint64_t tracking_id, uint64_t skb) const;

 private:
  struct Destroy {
    void operator()(nettrace_bpf* object) const;
  };
  BpfObject(nettrace_bpf* object, const Setup& setup);
  KernelResult<Fd> load_image(const ProgramVariant& variant, std::span<char> log,
                              uint32_t log_level) const;

  std::unique_ptr<nettrace_bpf, Destroy> object_;
  std::vector<std::byte> constants_;  // of the map rodata
  Setup setup_;
  // Of the programs, relocated; by name.
  std::map<std::string, ProgramImage, std::less<>> images_;
  std::unique_ptr<std::atomic<uint64_t>> verified_;
};

}  // namespace nettrace
