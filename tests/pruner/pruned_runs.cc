// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Runs nettrace's programs in this kernel, by BPF_PROG_TEST_RUN: each as it is and as the pruner
// leaves it, over the same packets, by various options. Both must return and send the same.
#include <bpf/libbpf.h>
#include <fmt/core.h>
#include <sched.h>

#include <algorithm>
#include <optional>
#include <random>
#include <utility>

#include "comparison.h"
#include "event/sections.h"
#include "fake_skb.h"
#include "filter/filter.h"

namespace nettrace::test {
namespace {

constexpr int packets = 250;  // for each program of each trace
constexpr SectionBits stack = bit_of(NT_SECTION_STACK);
// A kprobe's program finds these by registers that a raw tracepoint's may not read.
constexpr SectionBits of_registers = bit_of(NT_SECTION_CALLER) | bit_of(NT_SECTION_ARGS);

Result<Trace> trace_of(std::string what, const FilterWords& words,
                       const std::function<void(nt_config&)>& change) {
  const auto filter = parse_filter(words);
  if (!filter) return filter.error();
  Trace trace{.what = std::move(what), .config = to_config(*filter)};
  if (filter->expression) trace.expression = filter->expression->program();
  lay_out(every_section & static_cast<SectionBits>(~stack), trace.config);
  trace.config.stacks = 1;
  change(trace.config);
  return trace;
}

void follow(nt_config& config) { config.track_skbs = config.tracking_records = 1; }
void nothing(nt_config&) {}
void without_registers(nt_config& config) {
  lay_out(config.sections & static_cast<SectionBits>(~of_registers), config);
}

std::vector<Result<Trace>> all_traces() {
  std::vector<Result<Trace>> traces;
  const auto add = [&](std::string what, const FilterWords& words,
                       const std::function<void(nt_config&)>& change) {
    traces.push_back(trace_of(std::move(what), words, change));
  };
  add("all packets", {}, without_registers);
  add("all packets, followed", {}, [](nt_config& config) {
    follow(config);
    config.returns = 1;
  });
  add("TCP of a port", {.proto = "tcp", .port = "80"}, without_registers);
  add("an address, kept", {.addr = "10.9.1.2"}, [](nt_config& config) {
    follow(config);
    config.precheck |= NT_PRECHECK_TRACKED;
  });
  add("prefixes and ports", {.saddr = "10.9.0.0/16", .sport = "53"}, nothing);
  add("IPv6 and a flag", {.daddr = "fd09:1::/64", .tcp_flags = "A"}, without_registers);
  add("ARP", {.addr = "10.9.1.1", .proto = "arp"}, nothing);
  add("metadata", {.netns = "4026532000", .device = "fake0", .mark = "7/0xf", .len = "40:200"},
      without_registers);
  add("in tunnels", {.addr = "10.9.1.1", .inner = true}, follow);
  add("counted", {.proto = "udp"}, [](nt_config& config) { config.count_only = 1; });
  add("an expression", {.expression = {"udp port 53 or tcp[tcpflags] & tcp-syn != 0"}},
      without_registers);
  add("an expression and a filter, followed",
      {.addr = "10.9.1.1", .expression = {"ip[8] = 64 and not port 7 or vlan"}, .inner = true},
      follow);
  add("slow ones", {.proto = "udp"}, [](nt_config& config) {
    follow(config);
    config.min_latency_ns = 1;
  });
  return traces;
}

uint64_t cookie(uint32_t leaf, uint64_t sock, uint64_t skb, uint64_t more) {
  return NT_COOKIE(leaf, sock, skb) | more;
}

// Words of struct pt_regs, of which a raw tracepoint's program may read the first twelve: the last
// three arguments of a function.
constexpr size_t r9 = 8, r8 = 9, rcx = 11;

// The skb's number stands where an argument is of no use to the program.
std::vector<Program> all_programs(const FakeSkbs& skbs, const nt_config& config) {
  std::vector<Program> programs;
  const auto add = [&](std::string what, const char* program, uint64_t variant, uint64_t cookie,
                       std::function<Arguments(size_t, size_t)> arguments) {
    ProgramVariant own{.program = program, .flags = variant};
    programs.push_back({std::move(what), own.with_cookie(cookie), std::move(arguments)});
  };
  add("tracepoint", "tracepoint", 0, cookie(1, 2, 0, NT_COOKIE_STACK), [&](size_t skb, size_t) {
    return Arguments{skbs.skb(skb), skbs.socket(), skb};
  });
  add("tracepoint, end", "tracepoint", NT_VARIANT_ANY, cookie(2, 3, 1, NT_COOKIE_END),
      [&](size_t skb, size_t) {
        return Arguments{skb, skbs.skb(skb), skbs.socket()};
      });
  add("consumed", "consumed", 0, 0, [&](size_t skb, size_t) { return Arguments{skbs.skb(skb)}; });
  if (!(config.sections & of_registers)) {
    add("function by registers", "function", 4, cookie(3, 6, 0, NT_COOKIE_FLOW_AT(4)),
        [&](size_t skb, size_t) {
          Arguments registers{};
          registers[r8] = skbs.skb(skb);
          registers[r9] = skbs.socket();
          registers[rcx] = skb == 0 ? skbs.flow() : 0;
          return registers;
        });
    add("function by registers, pointer, end", "function", NT_VARIANT_ANY,
        cookie(4, 5, 5, NT_COOKIE_POINTER | NT_COOKIE_END), [&](size_t skb, size_t) {
          Arguments registers{};
          registers[r9] = skbs.pointer_to(skb);
          registers[r8] = skbs.socket();
          return registers;
        });
  }
  const uint64_t as_fentry = NT_VARIANT_TRACING | NT_VARIANT_TYPED | uint64_t{6} << 12;
  // Else its typed arguments are read as such, and these are none.
  if (skbs.kernel_has_function("bpf_rdonly_cast")) {
    const uint64_t returns = config.returns ? NT_COOKIE_RETURNS : 0;
    add("function by arguments", "function", as_fentry | 1,
        cookie(5, 3, 0, returns | NT_COOKIE_STACK | NT_COOKIE_FLOW_AT(4)), [&](size_t skb, size_t) {
          return Arguments{skb, skbs.skb(skb), skbs.socket(), skb == 0 ? skbs.flow() : 0};
        });
  }
  constexpr std::pair<const char*, nt_hook> hooks[] = {
      {"copy", NT_HOOK_COPY},           {"split", NT_HOOK_SPLIT},
      {"stateless", NT_HOOK_STATELESS}, {"coalesce", NT_HOOK_COALESCE},
      {"coalesced", NT_HOOK_COALESCED}, {"end", NT_HOOK_END}};
  for (const auto& [name, hook] : hooks) {
    add(std::string("hook, ") + name, "hook", as_fentry, hook, [&](size_t skb, size_t other) {
      return Arguments{skbs.skb(skb), skbs.skb(other)};
    });
  }
  add("merge", "merge", as_fentry, NT_HOOK_GRO, [&](size_t skb, size_t other) {
    return Arguments{skbs.skb(skb), skbs.skb(other)};
  });
  return programs;
}

std::string hex(const std::vector<uint8_t>& bytes) {
  std::string text;
  for (const uint8_t byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

void tell(const char* form, const Outcome& outcome) {
  fmt::print("  {}: returned {}, sent {}\n", form, outcome.returned, outcome.records.size());
  for (const auto& record : outcome.records) fmt::print("    {}\n", hex(record));
}

// What went wrong, or nothing.
std::optional<std::string> load_both(Form& whole, Form& pruned, const Program& program) {
  for (const auto& [form, words] : {std::pair(&whole, "as it is"), std::pair(&pruned, "pruned")}) {
    if (const auto loaded = form->load(program); !loaded) {
      return fmt::format("{}: the kernel refuses it {} ({})", program.what, words,
                         error_words(loaded.error().number));
    }
  }
  return std::nullopt;
}

std::optional<std::string> compare(const Trace& trace, FakeSkbs& skbs) {
  const nt_memory memory{.vmemmap_base = skbs.vmemmap_base(),
                         .page_offset_base = skbs.page_offset_base()};
  auto whole = Form::make(trace, memory, false);
  auto pruned = Form::make(trace, memory, true);
  if (!whole) return whole.error().what;
  if (!pruned) return pruned.error().what;
  const auto programs = all_programs(skbs, trace.config);
  for (const Program& program : programs) {
    if (auto error = load_both(**whole, **pruned, program)) return error;
  }
  std::mt19937_64 random(1);
  size_t runs = 0, records = 0;
  for (size_t i = 0; i < packets * programs.size(); ++i, ++runs) {
    const size_t skb = random() % FakeSkbs::count, other = random() % FakeSkbs::count;
    const size_t number = random() % programs.size();
    if (random() % 2 == 0) skbs.make_anew(skb);
    const Arguments arguments = programs[number].arguments(skb, other);
    const auto before = (*whole)->run(number, arguments);
    const auto after = (*pruned)->run(number, arguments);
    if (!before) return before.error().what;
    if (!after) return after.error().what;
    records += before->records.size();
    if (*before == *after) continue;
    tell("as it is", *before);
    tell("pruned", *after);
    return fmt::format("{}, run {}: the pruned program does something else", programs[number].what,
                       i);
  }
  const auto before = (*whole)->counters();
  const auto after = (*pruned)->counters();
  if (!before || !after || *before != *after) return "other counters";
  const bool counts = std::any_of(before->begin(), before->end(), [](uint64_t n) { return n > 0; });
  if (records == 0 && !counts) return "nothing was told of any packet";
  fmt::print("{}: {} programs, {} instructions pruned to {}, {} runs, {} records\n", trace.what,
             programs.size(), (*whole)->insns(), (*pruned)->insns(), runs, records);
  std::fflush(stdout);
  return std::nullopt;
}

// One CPU, which records name.
void stay_here() {
  cpu_set_t here;
  CPU_ZERO(&here);
  CPU_SET(static_cast<size_t>(sched_getcpu()), &here);
  sched_setaffinity(0, sizeof(here), &here);
}

// Until 1.2, libbpf frees its list of handlers twice if it was empty in between: with each object
// that takes handlers and gives them back, but for the first. This one stays.
void keep_a_handler() { libbpf_register_prog_handler("kept", BPF_PROG_TYPE_UNSPEC, {}, nullptr); }

int run() {
  stay_here();
  keep_a_handler();
  auto skbs = FakeSkbs::make();
  if (!skbs) {
    fmt::print(stderr, "{}\n", skbs.error().what);
    return 1;
  }
  int status = 0;
  for (const auto& trace : all_traces()) {
    const auto error =
        trace ? compare(*trace, **skbs) : std::optional<std::string>(trace.error().what);
    if (!error) continue;
    fmt::print("not the same: {}: {}\n", trace ? trace->what : "an option", *error);
    status = 1;
  }
  return status;
}

}  // namespace
}  // namespace nettrace::test

int main() { return nettrace::test::run(); }
