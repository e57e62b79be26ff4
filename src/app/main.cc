// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include <bpf/libbpf.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <utility>

#include "app/replay.h"
#include "app/trace.h"
#include "base/start_times.h"
#include "cli/help.h"
#include "cli/options.h"
#include "host/metadata_lookup.h"
#include "io/message.h"
#include "io/output.h"
#include "kernel/facts_reader.h"
#include "kernel/libbpf_log.h"
#include "plan/attach_plan.h"
#include "plan/backend.h"
#include "plan/check_report.h"
#include "plan/fact_queries.h"
#include "tracer/file.h"
#include "tracer/function_leaves.h"

namespace nettrace {
namespace {

Result<Done> print(std::string text) {
  Output output;
  output.buffer() = std::move(text);
  const auto written = output.flush();
  if (!written) return written.error();
  return Done{};
}

Result<Done> check(KernelTypes& types) {
  const Features features = read_features(types);
  auto printed = print(check_report(features));
  if (!printed) return printed;
  if (auto obstacle = first_obstacle(features)) return *obstacle;
  return Done{};
}

Result<Done> version(KernelTypes& types) {
  const Features features = read_features(types);
  return print(fmt::format("nettrace {}\nlibbpf {}.{}\nbackends of Linux {}: {}\n",
                           NETTRACE_VERSION, libbpf_major_version(), libbpf_minor_version(),
                           features.release, offered_words(features)));
}

// The marks of what this kernel lacks, one for each leaf.
std::vector<std::string> missing_marks(const TracerTree& tree, KernelTypes& types) {
  Selection all;
  for (size_t leaf = 0; leaf < tree.leaves.size(); ++leaf) all.leaves.push_back(leaf);
  const KernelFacts facts = read_kernel_facts(queries(tree, all.leaves), types);
  if (!facts.features.symbols) return {};
  std::vector<std::string> marks(tree.leaves.size());
  for (const MissingLeaf& missing : make_plan(tree, all, facts).missing) {
    marks[missing.leaf] = missing.reason;
  }
  return marks;
}

// With leaves for the functions of the kernel that -t names beside the tree's.
Result<TracerTree> complete(TracerTree tree, const Options& options, KernelTypes& types) {
  if (!names_functions(tree, options.tracers)) return tree;
  if (types.kernel() == nullptr) {
    if (auto obstacle = first_obstacle(read_features(types))) return *obstacle;
  }
  const auto functions = read_function_names(types, function_words(tree, options.tracers));
  return add_function_leaves(std::move(tree), options.tracers, functions);
}

Result<Done> run(Options options) {
  if (options.mode == Options::Mode::help) return print(help_text());
  const bool checks = options.mode == Options::Mode::check;
  if (options.mode == Options::Mode::trace && !options.read_file) {
    if (auto error = find_metadata(options.filter)) return *error;
  }
  for (const std::string& warning : options.filter.warnings) {
    if (!checks) warn(warning);
  }
  if (options.read_file && options.mode == Options::Mode::trace) return replay(options);
  auto types = KernelTypes::open(options.btf_file);
  if (!types) return types.error();
  if (checks) return check(*types);
  if (options.mode == Options::Mode::version) return version(*types);
  auto tree = load_tracer_tree(options.tracer_file);
  if (!tree) return tree.error();
  for (const std::string& warning : tree->warnings) warn(warning);
  if (options.mode == Options::Mode::print_tree) {
    return print(print_tree(*tree, missing_marks(*tree, *types)));
  }
  tree = complete(std::move(*tree), options, *types);
  if (!tree) return tree.error();
  auto selection = select(*tree, options.tracers);
  if (!selection) return selection.error();
  const auto stacks = select_stacks(*tree, *selection, options.stack_tracers);
  if (!stacks) return stacks.error();
  return trace(options, *tree, *selection, *stacks, *types);
}

// A closed standard stream's number would be that of the next file, a recording for example.
void open_standard_streams() {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
    if (fcntl(fd, F_GETFD) == -1) (void)open("/dev/null", fd == STDIN_FILENO ? O_RDONLY : O_WRONLY);
  }
}

int run_main(int argc, const char* const* argv) {
  open_standard_streams();
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe shows as EPIPE, and is a quiet end
  start_times();                  // they begin
  keep_libbpf_log();
  const auto options = parse_options(argc, argv);
  const auto result = options ? run(*options) : options.error();
  if (result) return 0;
  complain(result.error());
  return static_cast<int>(result.error().failure);
}

}  // namespace
}  // namespace nettrace

int main(int argc, char** argv) {
  try {
    return nettrace::run_main(argc, argv);
  } catch (const std::exception& exception) {  // out of memory
    std::fprintf(stderr, "nettrace: error: %s\n", exception.what());
    return 1;
  }
}
