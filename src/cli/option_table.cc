// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The options and the help that is made of them.
#include "cli/option_table.h"

#include <fmt/core.h>

#include "base/text.h"
#include "filter/words.h"
#include "plan/backend.h"
#include "render/colour.h"
#include "render/columns.h"
#include "render/time_column.h"

namespace nettrace {
namespace {

constexpr size_t help_column = 26;

constexpr std::string_view introduction =
    "usage: nettrace [OPTION]... [EXPRESSION]\n"
    "Shows the way of packets through the Linux kernel: a line for each kernel\n"
    "function that a packet, to the kernel an skb, passes. EXPRESSION is one of\n"
    "tcpdump's, see pcap-filter(7); filters and expression must match, all of them.\n";

constexpr Example all_examples[] = {
    {"nettrace -p icmp --addr 192.168.1.8", "pings from and to a host"},
    {"nettrace -p icmp -s 192.168.1.8 -t ip,icmp", "only in the IP and ICMP layers"},
    {"nettrace -s 10.0.0.0/8 --tcp-flags SA", "answers to TCP connections"},
    {"nettrace --dport 53 --detail", "DNS queries, with all columns"},
    {"nettrace -p icmp --timeline -c 1 --ret", "one ping, from start to end"},
    {"nettrace --addr 10.0.0.8 --skb-mode", "through NAT"},
    {"nettrace --min-latency 10ms --timeline", "what took longer"},
    {"nettrace udp port 53 or icmp", "as tcpdump would"},
    {"nettrace --count-only --duration 10s", "hits of each function"},
    {"nettrace -w trace.ntr -p tcp", "record now; -r shows it later"},
};

std::vector<OptionEntry> filter_options(FilterWords& words) {
  return {
      {"-s", "--saddr", "ADDRESS", "source address or prefix (10.0.0.0/8, fe80::/10)",
       &words.saddr},
      {"-d", "--daddr", "ADDRESS", "destination address or prefix", &words.daddr},
      {"", "--addr", "ADDRESS", "source or destination address or prefix", &words.addr},
      {"-p", "--proto", "PROTOCOL",
       "L3 or L4 protocol: a name (ip, arp, tcp, icmpv6), or a\n"
       "number: to 255 of an IP protocol, above an ethertype",
       &words.proto, Values::protocols},
      {"", "--sport", "PORT", "source port; of TCP or UDP unless -p says otherwise", &words.sport},
      {"", "--dport", "PORT", "destination port", &words.dport},
      {"", "--port", "PORT", "source or destination port", &words.port},
      {"", "--tcp-flags", "FLAGS",
       fmt::format("TCP packets with all of these flags, such as SA:\n{}", known_tcp_flags()),
       &words.tcp_flags},
      {"", "--netns", "NETNS",
       "network namespace: a name of ip netns, a process, a\ncontainer's ID, an inode number, or . "
       "for this one",
       &words.netns, Values::namespaces},
      {"", "--if", "NAME", "network interface that the packet is at", &words.device,
       Values::interfaces},
      {"", "--pid", "PID",
       "process that runs where the packet is: often one that\nit does not belong to", &words.pid},
      {"", "--mark", "VALUE[/MASK]", "skb->mark, of which the mask's bits count", &words.mark},
      {"", "--len", "MIN:MAX", "skb->len in bytes: 84, 1000:1500, 1000: or :99", &words.len},
      {"", "--inner", "",
       "of VXLAN, Geneve, GRE and IP in IP, the packet inside:\nit must match, and is what is "
       "shown",
       &words.inner},
  };
}

std::vector<OptionEntry> tracer_options(CommandLine& line) {
  return {
      {"-t", "--tracer", "NAME[,NAME...]",
       "groups and functions of the tracer tree, all by\ndefault (-t '?' shows the tree); any "
       "other "
       "kernel\nfunction that takes an skb; 'tcp_*' for all of such\nnames; '!nf_*' for none of "
       "them",
       &line.tracers, Values::tracers},
      {"", "--all-functions", "", "the tree, and all kernel functions that take an skb",
       &line.all_functions},
      {"", "--tracer-file", "FILE", "take the tracer tree from this file", &line.tracer_file,
       Values::files},
  };
}

std::vector<OptionEntry> mode_options(CommandLine& line) {
  return {
      {"", "--timeline", "", "a block for each packet, its copies included, when it\nhas gone",
       &line.timeline},
      {"", "--skb-mode", "",
       "follow a packet that matched once, whatever becomes of\nits addresses", &line.skb_mode},
      {"", "--min-latency", "TIME", "only packets that took longer: 1ms, 250us", &line.min_latency},
      {"", "--summary", "",
       "with --latency: no packets, but how long they took, in\nall and between each two steps",
       &line.summary},
      {"", "--count-only", "",
       "count the hits of each function and show no packets:\nthe cheapest look at a busy machine",
       &line.count_only},
      {"", "--interval", "TIME",
       "with --count-only or --summary: a table each so often,\nand not only at the end",
       &line.interval},
  };
}

std::vector<OptionEntry> display_options(CommandLine& line) {
  std::string columns = "show more columns, in the order given:";
  std::string detail;
  for (const Field& field : all_fields()) {
    columns += fmt::format("\n  {:<8}{}", field.name, field.help);
    if (field.in_detail) detail += fmt::format("{}{}", detail.empty() ? "" : ",", field.name);
  }
  return {
      {"-o", "--output", "NAME[,NAME...]", columns, &line.columns, Values::columns},
      {"", "--detail", "",
       fmt::format("as -o {}; columns that -o\nnames beside it come first", detail), &line.detail},
      {"", "--latency", "",
       "as -o latency, in front: how long ago the packet's\nstep before was; with --timeline also "
       "the sum",
       &line.latency},
      {"", "--ret", "", "what functions return, too", &line.returns},
      {"", "--stack", "", "the callers of each function", &line.stack},
      {"", "--stack-tracer", "NAME[,NAME...]", "the callers of these groups and functions only",
       &line.stack_tracers, Values::tracers},
      {"", "--force-stack", "", "--stack for all functions, slow as it is", &line.force_stack,
       Values::any, "--force_stack"},
      {"", "--time", "FORM", "how each line's time is shown:" + time_form_words(), &line.time,
       Values::times},
      {"", "--color", "WHEN",
       fmt::format("colour by layer and verdict, on a terminal by default:\n{}", colour_words()),
       &line.colour, Values::colours, "--colour"},
  };
}

std::vector<OptionEntry> output_options(CommandLine& line) {
  return {
      {"", "--json", "", "an object a line, and nothing else on standard output", &line.json},
      {"-w", "--write", "FILE",
       "record what is traced instead of showing it; - for\nstandard output", &line.write_file,
       Values::files},
      {"-r", "--read", "FILE", "show a recording, with any filter and in any form;\nneeds no root",
       &line.read_file, Values::files},
      {"-C", "--file-size", "SIZE",
       "with -w: begin another file after so many million\nbytes (k, m, g: of 1024)",
       &line.file_size},
      {"-W", "--file-count", "N", "with -C: overwrite the first of so many files",
       &line.file_count},
  };
}

std::vector<OptionEntry> live_options(CommandLine& line) {
  return {
      {"", "--backend", "NAME",
       fmt::format("how to attach to the kernel's functions:\n{}", backend_words()), &line.backend,
       Values::backends},
      {"", "--buffer-size", "SIZE",
       "of the ring buffer (k, m, g: of 1024), rounded up to a\npower of two; 32m by default, less "
       "on small machines",
       &line.buffer_size},
      {"", "--btf", "FILE", "the kernel's types, where it has none itself", &line.btf_file,
       Values::files},
  };
}

std::vector<OptionEntry> end_options(CommandLine& line) {
  return {
      {"-c", "--count", "N", "end after N packets; with --timeline or --summary", &line.count},
      {"", "--limit", "N", "end after N lines", &line.limit},
      {"", "--duration", "TIME", "end after this time: 30s, 500ms, 5m", &line.duration},
      {"", "--idle-timeout", "TIME",
       "with --timeline: give up a packet of which nothing was\nseen for this time; 60s "
       "by default",
       &line.idle_timeout},
  };
}

std::vector<OptionEntry> other_options(CommandLine& line) {
  return {
      {"", "--check", "", "say what this machine allows, and the remedy for what\nit does not",
       &line.check},
      {"-v", "--verbose", "", "say more about what is done and what is missing", &line.verbose},
      {"-h", "--help", "", "show this help", &line.help},
      {"", "--version", "",
       "show the versions of nettrace and libbpf, and the\nbackends that this kernel offers",
       &line.version},
  };
}

void append_help(const OptionEntry& option, std::string& out) {
  std::string head = fmt::format(
      "  {:<4}{}", option.short_name.empty() ? "" : fmt::format("{},", option.short_name),
      option.long_name);
  if (!option.value.empty()) head += fmt::format(" {}", option.value);
  const bool fits = head.size() + 2 <= help_column;
  if (!fits) head += '\n';
  size_t used = fits ? head.size() : 0;
  out += head;
  for (const std::string& line : split(option.help, '\n')) {
    out += fmt::format("{:{}}{}\n", "", help_column - used, line);
    used = 0;
  }
}

}  // namespace

std::vector<OptionGroup> option_table(CommandLine& line) {
  return {
      {"Filters; a packet must match all that are given", filter_options(line.filter)},
      {"What to trace", tracer_options(line)},
      {"Display", display_options(line)},
      {"Modes", mode_options(line)},
      {"Output", output_options(line)},
      {"When to end", end_options(line)},
      {"The running kernel", live_options(line)},
      {"Other", other_options(line)},
  };
}

std::string help_text() {
  CommandLine line;
  std::string out(introduction);
  for (const OptionGroup& group : option_table(line)) {
    out += fmt::format("\n{}:\n", group.title);
    for (const OptionEntry& option : group.options) append_help(option, out);
  }
  out += "\nExamples:\n";
  for (const Example& example : all_examples) {
    out += fmt::format("  {:<45} {}\n", example.command, example.words);
  }
  return out.append("\nExit status: 0 traced, 1 could not trace, 2 wrong usage.\n");
}

std::span<const Example> examples() { return all_examples; }

}  // namespace nettrace
