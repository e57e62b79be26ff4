// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "cli/help.h"

#include <fmt/core.h>

#include "base/text.h"
#include "cli/option_table.h"

namespace nettrace {
namespace {

constexpr size_t help_column = 26;

constexpr std::string_view introduction =
    "usage: nettrace [OPTION]... [EXPRESSION]\n"
    "Shows the path of packets through the Linux kernel: one line for each kernel\n"
    "function that a packet (an skb) passes through. EXPRESSION is a tcpdump filter\n"
    "(pcap-filter(7)). A packet must match it and every filter option.\n";

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

void append_option_help(const OptionRow& option, std::string& out) {
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

std::span<const Example> examples() { return all_examples; }

std::string help_text() {
  std::string out(introduction);
  const OptionRow* previous = nullptr;
  for (const OptionRow& option : option_table()) {
    if (previous == nullptr || previous->group != option.group) {
      out += fmt::format("\n{}:\n", title_of(option.group));
    }
    append_option_help(option, out);
    previous = &option;
  }
  out += "\nExamples:\n";
  for (const Example& example : all_examples) {
    out += fmt::format("  {:<45} {}\n", example.command, example.words);
  }
  return out.append("\nExit status: 0 traced, 1 could not trace, 2 wrong usage.\n");
}

}  // namespace nettrace
