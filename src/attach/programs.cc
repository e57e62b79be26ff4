// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "attach/programs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "attach/verifier_log.h"
#include "base/start_times.h"
#include "base/text.h"
#include "base/threads.h"
#include "io/progress.h"
#include "kernel/libbpf_log.h"
#include "nettrace/config.h"

namespace nettrace {
namespace {

// Each holds some megabytes of the kernel's memory while its program is verified.
constexpr size_t max_loaders = 16;

// A copy may be refused for its function's sake, whose arguments the verifier knows. So many in a
// row are the program's own fault.
constexpr size_t max_refusals = 3;

constexpr size_t max_logs = 3;  // each takes a load more
constexpr size_t max_tail_lines = 30;

Copy variant_of(Copy copy) {
  copy.cookie = 0;
  copy.btf_id = 0;
  copy.btf_fd = 0;
  copy.variant &= ~(uint64_t{0xf} << 12);  // NT_VARIANT_ARGUMENTS
  return copy;
}

// What the verifier walks through is about the same for all ways to attach.
Copy by_any_way(const Copy& copy) {
  const uint64_t ways = NT_VARIANT_TRACING | NT_VARIANT_TYPED | NT_VARIANT_CACHED_BY(3);
  Copy same = variant_of(copy);
  same.variant &= ~ways;
  same.expected_attach_type = 0;
  return same;
}

}  // namespace

void Programs::load(std::vector<Copy> copies, const std::atomic<bool>& stop) {
  std::sort(copies.begin(), copies.end());
  copies.erase(std::unique(copies.begin(), copies.end()), copies.end());
  std::erase_if(copies, [&](const Copy& copy) { return loads_.contains(copy); });
  std::stable_sort(copies.begin(), copies.end(), [&](const Copy& a, const Copy& b) {
    return object_.image_size(a) > object_.image_size(b);  // nobody waits for a large one at last
  });
  const Timed timed("load " + counted(copies.size(), "program"));
  Progress progress("loading", copies.size());
  std::vector<std::optional<KernelResult<Fd>>> loads(copies.size());
  std::atomic<size_t> next = 0;
  run_in_threads(std::min({usable_cpus(), max_loaders, copies.size()}), [&] {
    for (size_t i = next++; i < copies.size() && !stop; i = next++) {
      loads[i] = load_variant(copies[i]);
      progress.step();
    }
  });
  for (size_t i = 0; i < copies.size(); ++i) {
    if (loads[i]) loads_.emplace(std::move(copies[i]), std::move(*loads[i]));
  }
}

KernelResult<int> Programs::loaded(const Copy& copy) {
  auto found = loads_.find(copy);
  if (found == loads_.end()) {
    const Timed timed("load more programs");
    found = loads_.emplace(copy, load_variant(copy)).first;
  }
  if (!found->second) return found->second.error();
  return found->second->get();
}

std::vector<Fd> Programs::take() {
  std::vector<Fd> programs;
  for (auto& [copy, load] : loads_) {
    if (load) programs.push_back(std::move(*load));
  }
  loads_.clear();
  return programs;
}

KernelResult<Fd> Programs::load_variant(const Copy& copy) {
  if (const auto error = known_refusal(copy)) return *error;
  auto program = object_.load_variant(copy);
  if (!program) program = ask_why(copy, program.error());
  const std::lock_guard lock(mutex_);
  Variant& variant = variants_[variant_of(copy)];
  if (program) {
    variant.is_accepted = true;
  } else {
    ++variant.failures;
    variant.error = program.error();
    if (variant.error.number == E2BIG) too_large_.insert(by_any_way(copy));
  }
  return program;
}

// Of a program that is too large, the kernel knows so only after seconds.
std::optional<KernelError> Programs::known_refusal(const Copy& copy) {
  const std::lock_guard lock(mutex_);
  if (too_large_.contains(by_any_way(copy))) return KernelError{E2BIG};
  const auto found = variants_.find(variant_of(copy));
  if (found == variants_.end() || found->second.is_accepted) return std::nullopt;
  if (found->second.failures < max_refusals) return std::nullopt;
  return found->second.error;
}

// Once more, with a log: writing it takes the verifier longer than its work. Of what is too large
// it would say no more than that, after seconds.
KernelResult<Fd> Programs::ask_why(const Copy& copy, KernelError error) {
  {
    const std::lock_guard lock(mutex_);
    if (asked_why_++ >= max_logs) return error;
  }
  const std::string what =
      fmt::format("the program {} is refused ({})", copy.program, error_words(error.number));
  if (error.number == E2BIG) {
    keep_log_lines({what + ": the verifier gives up after a million steps"});
    return error;
  }
  std::string log;
  auto program = object_.load_copy_with_log(copy, log);
  if (program) return program;
  std::vector<std::string> lines = log_tail(log, max_tail_lines);
  lines.insert(lines.begin(), what + (lines.empty() ? "" : "; the end of the verifier's log:"));
  keep_log_lines(lines);
  const std::lock_guard lock(mutex_);
  if (reason_.empty()) reason_ = nettrace::refusal_reason(log);
  return error;
}

}  // namespace nettrace
