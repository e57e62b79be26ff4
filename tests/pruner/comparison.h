// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Two kernel sides with the same constants and maps of their own, the one with programs as they
// are, the other with what the pruner leaves of them.
#pragma once

#include <linux/filter.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "attach/bpf_object.h"
#include "attach/ring.h"

namespace nettrace::test {

// The kernel takes so many for a raw tracepoint.
using Arguments = std::array<uint64_t, 12>;

struct Program {
  std::string what;
  ProgramVariant variant;
  std::function<Arguments(size_t skb, size_t other)> arguments;
};

struct Trace {
  std::string what;
  nt_config config{};
  std::vector<sock_filter> expression{};
};

// What a run returned, and sent: times are left out, and numbers that are made of them are counted.
struct Outcome {
  uint32_t returned = 0;
  std::vector<std::vector<uint8_t>> records;

  bool operator==(const Outcome&) const = default;
};

class Form {
 public:
  static Result<std::unique_ptr<Form>> make(const Trace& trace, const nt_memory& memory,
                                            bool is_pruned);

  // Whatever its type is: as a raw tracepoint's, which alone can be run with given arguments.
  KernelResult<Done> load(const Program& program);
  Result<Outcome> run(size_t program, const Arguments& arguments);
  size_t insns() const { return insns_; }
  // Losses, and hits that were only counted.
  Result<std::vector<uint64_t>> counters() const;

 private:
  Form(BpfObject object, bool is_pruned) : object_(std::move(object)), is_pruned_(is_pruned) {}
  void keep(std::span<const std::byte> record);
  void number(std::vector<uint8_t>& record, size_t offset);

  BpfObject object_;
  bool is_pruned_;
  std::unique_ptr<Ring> ring_;
  std::vector<Fd> programs_;
  std::map<uint64_t, uint64_t> numbers_;  // of packets and calls, by when they were first seen
  std::vector<std::vector<uint8_t>> records_;
  size_t insns_ = 0;
};

}  // namespace nettrace::test
