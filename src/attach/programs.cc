// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "attach/programs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "attach/verifier_log.h"
#include "base/number_text.h"
#include "base/start_times.h"
#include "base/threads.h"
#include "io/progress.h"
#include "kernel/libbpf_log.h"
#include "nettrace/config.h"

namespace nettrace {
namespace {

// Each holds some megabytes of the kernel's memory while its program is verified.
constexpr size_t max_loaders = 16;

// A variant may be refused for its function's sake, whose arguments the verifier knows. So many in
// a row are the program's own fault.
constexpr size_t max_refusals = 3;

constexpr size_t max_logs = 3;  // each takes a load more
constexpr size_t max_tail_lines = 30;

ProgramVariant without_function(ProgramVariant variant) {
  variant.cookie = 0;
  variant.btf_id = 0;
  variant.btf_fd = 0;
  variant.flags &= ~NT_VARIANT_WITH_ARGUMENTS(0xf);
  return variant;
}

// What the verifier walks through is about the same for all ways to attach.
ProgramVariant by_any_way(const ProgramVariant& variant) {
  const uint64_t ways = NT_VARIANT_TRACING | NT_VARIANT_TYPED | NT_VARIANT_CACHED_BY(3);
  ProgramVariant same = without_function(variant);
  same.flags &= ~ways;
  same.expected_attach_type = 0;
  return same;
}

}  // namespace

void Programs::load(std::vector<ProgramVariant> variants, const std::atomic<bool>& stop) {
  std::sort(variants.begin(), variants.end());
  variants.erase(std::unique(variants.begin(), variants.end()), variants.end());
  std::erase_if(variants, [&](const ProgramVariant& variant) { return loads_.contains(variant); });
  std::stable_sort(variants.begin(), variants.end(),
                   [&](const ProgramVariant& a, const ProgramVariant& b) {
                     return object_.image_size(a) >
                            object_.image_size(b);  // nobody waits for a large one at last
                   });
  const Timed timed("load " + counted(variants.size(), "program"));
  Progress progress("loading", variants.size());
  std::vector<std::optional<KernelResult<Fd>>> loads(variants.size());
  std::atomic<size_t> next = 0;
  run_in_threads(std::min({usable_cpus(), max_loaders, variants.size()}), [&] {
    for (size_t i = next++; i < variants.size() && !stop; i = next++) {
      loads[i] = load_variant(variants[i]);
      progress.step();
    }
  });
  for (size_t i = 0; i < variants.size(); ++i) {
    if (loads[i]) loads_.emplace(std::move(variants[i]), std::move(*loads[i]));
  }
}

KernelResult<int> Programs::loaded(const ProgramVariant& variant) {
  auto found = loads_.find(variant);
  if (found == loads_.end()) {
    const Timed timed("load more programs");
    found = loads_.emplace(variant, load_variant(variant)).first;
  }
  if (!found->second) return found->second.error();
  return found->second->get();
}

std::vector<Fd> Programs::take() {
  std::vector<Fd> programs;
  for (auto& [variant, load] : loads_) {
    if (load) programs.push_back(std::move(*load));
  }
  loads_.clear();
  return programs;
}

KernelResult<Fd> Programs::load_variant(const ProgramVariant& variant) {
  if (const auto error = known_refusal(variant)) return *error;
  auto program = object_.load_variant(variant);
  if (!program) program = ask_why(variant, program.error());
  const std::lock_guard lock(mutex_);
  LoadHistory& history = histories_[without_function(variant)];
  if (program) {
    history.is_accepted = true;
  } else {
    ++history.failures;
    history.error = program.error();
    if (history.error.number == E2BIG) too_large_.insert(by_any_way(variant));
  }
  return program;
}

// Of a program that is too large, the kernel knows so only after seconds.
std::optional<KernelError> Programs::known_refusal(const ProgramVariant& variant) {
  const std::lock_guard lock(mutex_);
  if (too_large_.contains(by_any_way(variant))) return KernelError{E2BIG};
  const auto found = histories_.find(without_function(variant));
  if (found == histories_.end() || found->second.is_accepted) return std::nullopt;
  if (found->second.failures < max_refusals) return std::nullopt;
  return found->second.error;
}

// Once more, with a log: writing it takes the verifier longer than its work. Of what is too large
// it would say no more than that, after seconds.
KernelResult<Fd> Programs::ask_why(const ProgramVariant& variant, KernelError error) {
  {
    const std::lock_guard lock(mutex_);
    if (asked_why_++ >= max_logs) return error;
  }
  const std::string what =
      fmt::format("the program {} is refused ({})", variant.program, error_words(error.number));
  if (error.number == E2BIG) {
    keep_log_lines({what + ": the verifier gives up after a million steps"});
    return error;
  }
  std::string log;
  auto program = object_.load_with_log(variant, log);
  if (program) return program;
  std::vector<std::string> lines = log_tail(log, max_tail_lines);
  lines.insert(lines.begin(), what + (lines.empty() ? "" : "; the end of the verifier's log:"));
  keep_log_lines(lines);
  const std::lock_guard lock(mutex_);
  if (reason_.empty()) reason_ = nettrace::refusal_reason(log);
  return error;
}

}  // namespace nettrace
