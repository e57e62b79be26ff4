// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "plan/backend.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace nettrace {
namespace {

struct Row {
  Backend backend;
  std::string_view name;
  bool Features::*feature;
  bool is_tried;  // the others are looked up
};
constexpr Row rows[] = {
    {Backend::fentry_multi, "fentry-multi", &Features::fentry_multi, true},
    {Backend::fentry, "fentry", &Features::fentry, false},
    {Backend::kprobe_multi, "kprobe-multi", &Features::kprobe_multi, true},
    {Backend::kprobe, "kprobe", &Features::kprobes, false},
};
constexpr std::string_view automatic = "auto";

// Where fentry's detaching takes the kernel a tenth of a second for each function.
constexpr size_t few_functions = 2;

const Row& row_of(Backend backend) {
  return *std::find_if(std::begin(rows), std::end(rows),
                       [&](const Row& row) { return row.backend == backend; });
}

Result<BackendChoice> force(const Features& features, Backend backend) {
  const Row& row = row_of(backend);
  if (features.*row.feature) return BackendChoice{{backend}, "--backend asks for it"};
  return trace_error(fmt::format("this kernel cannot attach by {}", row.name),
                     fmt::format("it offers {}; --backend auto chooses", offered_words(features)));
}

}  // namespace

std::string_view name_of(Backend backend) { return row_of(backend).name; }

std::string backend_words() {
  std::string words(automatic);
  for (const Row& row : rows) words += fmt::format("|{}", row.name);
  return words;
}

std::string offered_words(const Features& features) {
  std::vector<std::string_view> offered, untried;
  for (const Row& row : rows) {
    if (features.*row.feature) {
      offered.push_back(row.name);
    } else if (row.is_tried && features.probing_denied) {
      untried.push_back(row.name);
    }
  }
  std::string words = offered.empty() ? "none" : fmt::format("{}", fmt::join(offered, ", "));
  if (!untried.empty()) {
    words += fmt::format(" ({} cannot be tried without privileges)", fmt::join(untried, " and "));
  }
  return words;
}

Result<std::optional<Backend>> parse_backend(std::string_view word) {
  if (word == automatic) return std::optional<Backend>();
  for (const Row& row : rows) {
    if (row.name == word) return std::optional(row.backend);
  }
  return usage_error(fmt::format("--backend: there is no backend {}", word),
                     fmt::format("use {}", backend_words()));
}

bool attaches_functions(const Features& features) {
  return std::any_of(std::begin(rows), std::end(rows),
                     [&](const Row& row) { return features.*row.feature; });
}

bool attaches_by_btf_alone(const Features& features) {
  return (features.fentry || features.fentry_multi) && !features.kprobe_multi && !features.kprobes;
}

Result<BackendChoice> choose_backends(const Features& features, std::optional<Backend> forced,
                                      size_t functions) {
  if (forced) return force(features, *forced);
  BackendChoice choice;
  if (features.fentry_multi) {
    choice = {{Backend::fentry_multi}, "the cheapest for each hit, and quick to attach"};
  } else if (features.fentry && !features.cookies) {
    choice = {{Backend::fentry}, "the cheapest for each hit that this kernel has"};
  } else if (attaches_by_btf_alone(features)) {
    choice = {{Backend::fentry}, "this kernel has no other way"};
  } else if (features.fentry && functions <= few_functions) {
    choice = {{Backend::fentry}, "the cheapest for each hit, and quick for so few functions"};
  } else {
    choice.why = features.kprobe_multi ? "one link for many functions"
                                       : "this kernel has no way to attach many functions at once "
                                         "that it also detaches quickly";
  }
  if (features.kprobe_multi) choice.order.push_back(Backend::kprobe_multi);
  if (features.kprobes) choice.order.push_back(Backend::kprobe);
  return choice;
}

}  // namespace nettrace
