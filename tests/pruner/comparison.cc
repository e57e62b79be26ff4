// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "comparison.h"

#include <bpf/bpf.h>

#include <cerrno>
#include <cstddef>
#include <cstring>

#include "bpf_image/pruner.h"
#include "nettrace/record.h"

namespace nettrace::test {
namespace {

constexpr uint32_t ring_bytes = 1 << 20;
constexpr size_t many_records = 64;
constexpr uint32_t leaves = 16;

}  // namespace

Result<std::unique_ptr<Form>> Form::make(const Trace& trace, const nt_memory& memory,
                                         bool is_pruned) {
  auto object = BpfObject::make({.max_tracked = 1024,
                                 .max_deferred = 64,
                                 .max_calls = 1024,
                                 .counted_leaves = leaves,
                                 .listing_leaves = leaves,
                                 .ring_bytes = ring_bytes,
                                 .btf_file = {},
                                 .expression = trace.expression});
  if (!object) return object.error();
  if (const auto told = object->set_constants(trace.config, memory); !told) return told.error();
  const std::vector<nt_leaf_args> listed(leaves, {{3, 1}});
  if (const auto filled = object->set_leaf_args(listed); !filled) return filled.error();
  std::unique_ptr<Form> form(new Form(std::move(*object), is_pruned));
  auto ring = Ring::open(form->object_.ring_fd());
  if (!ring) return ring.error();
  form->ring_ = std::move(*ring);
  form->object_.set_tracing(true);
  return form;
}

KernelResult<Done> Form::load(const Program& program) {
  ProgramImage image = object_.image(program.variant);
  if (is_pruned_) {
    auto rest = prune(image, object_.constants());
    if (!rest) return KernelError{EINVAL};
    image = std::move(*rest);
  }
  LIBBPF_OPTS(bpf_prog_load_opts, options);
  options.prog_btf_fd = static_cast<uint32_t>(object_.btf_fd());
  options.func_info = image.functions.data();
  options.func_info_cnt = static_cast<uint32_t>(image.functions.size());
  options.func_info_rec_size = sizeof(bpf_func_info);
  auto loaded =
      owned(bpf_prog_load(BPF_PROG_TYPE_RAW_TRACEPOINT, program.variant.program.c_str(),
                          "Dual BSD/GPL", image.insns.data(), image.insns.size(), &options));
  if (!loaded) return loaded.error();
  insns_ += image.insns.size();
  programs_.push_back(std::move(*loaded));
  return Done{};
}

Result<Outcome> Form::run(size_t program, const Arguments& arguments) {
  LIBBPF_OPTS(bpf_test_run_opts, run);
  run.ctx_in = arguments.data();
  run.ctx_size_in = sizeof(arguments);
  if (bpf_prog_test_run_opts(programs_[program].get(), &run) != 0) {
    return trace_error("the kernel does not run it: " + error_words(errno));
  }
  records_.clear();
  const auto taken =
      ring_->take([&](std::span<const std::byte> record) { keep(record); }, many_records);
  if (!taken) return taken.error();
  return Outcome{run.retval, std::move(records_)};
}

void Form::keep(std::span<const std::byte> record) {
  std::vector<uint8_t> bytes(record.size());
  std::memcpy(bytes.data(), record.data(), record.size());
  nt_head head{};
  std::memcpy(&head, bytes.data(), sizeof(head));
  std::memset(bytes.data() + offsetof(nt_head, time_ns), 0, sizeof(head.time_ns));
  switch (head.kind) {
    case NT_HIT:
      number(bytes, offsetof(nt_hit, tracking_id));
      number(bytes, offsetof(nt_hit, call));
      break;
    case NT_JOIN:
    case NT_END:
    case NT_MERGED:
      number(bytes, offsetof(nt_tracking, tracking_id));
      break;
    default:
      break;
  }
  records_.push_back(std::move(bytes));
}

void Form::number(std::vector<uint8_t>& record, size_t offset) {
  uint64_t value = 0;
  std::memcpy(&value, record.data() + offset, sizeof(value));
  if (value != 0) value = numbers_.emplace(value, numbers_.size() + 1).first->second;
  std::memcpy(record.data() + offset, &value, sizeof(value));
}

Result<std::vector<uint64_t>> Form::counters() const {
  auto counters = object_.hits();
  if (!counters) return counters;
  const nt_stats stats = object_.stats();
  for (const uint64_t count :
       {stats.ring_full, stats.rest_full, stats.tracked_full, stats.calls_full, stats.steps_full}) {
    counters->push_back(count);
  }
  return counters;
}

}  // namespace nettrace::test
