// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "cli/option_table.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "cli/option_readers.h"
#include "filter/words.h"

namespace nettrace {
namespace {

std::vector<OptionRow> filter_rows() {
  return {
      {"-s", "--saddr", "ADDRESS", "source address or prefix (10.0.0.0/8, fe80::/10)",
       &FilterWords::saddr},
      {"-d", "--daddr", "ADDRESS", "destination address or prefix", &FilterWords::daddr},
      {"", "--addr", "ADDRESS", "source or destination address or prefix", &FilterWords::addr},
      {"-p", "--proto", "PROTOCOL",
       "L3 or L4 protocol: a name (ip, arp, tcp, icmpv6), or a\n"
       "number: up to 255 an IP protocol, above that an\nEtherType",
       &FilterWords::proto, Values::protocols},
      {"", "--sport", "PORT", "source port; of TCP or UDP unless -p says otherwise",
       &FilterWords::sport},
      {"", "--dport", "PORT", "destination port", &FilterWords::dport},
      {"", "--port", "PORT", "source or destination port", &FilterWords::port},
      {"", "--tcp-flags", "FLAGS",
       fmt::format("TCP packets with all of these flags, such as SA:\n{}", known_tcp_flags()),
       &FilterWords::tcp_flags},
      {"", "--netns", "NETNS",
       "network namespace: a name of ip netns, a process, a\ncontainer's ID, an inode number, or . "
       "for this one",
       &FilterWords::netns, Values::namespaces},
      {"", "--if", "NAME", "network interface that the packet is at", &FilterWords::device,
       Values::interfaces},
      {"", "--pid", "PID",
       "process running on that CPU; on receive it is often\nunrelated to the packet",
       &FilterWords::pid},
      {"", "--mark", "VALUE[/MASK]", "skb->mark; only the bits set in MASK are compared",
       &FilterWords::mark},
      {"", "--len", "MIN:MAX", "skb->len in bytes: 84, 1000:1500, 1000: or :99", &FilterWords::len},
      {"", "--min-latency", "TIME", "only packets that took longer: 1ms, 250us", read_min_latency},
      {"", "--inner", "",
       "match and show the packet inside a VXLAN, Geneve, GRE\nor IP-in-IP tunnel",
       &FilterWords::inner},
  };
}

std::vector<OptionRow> tracer_rows() {
  return {
      {"-t", "--tracer", "NAME[,NAME...]",
       "groups and functions of the tracer tree, all by\ndefault (-t '?' shows the tree); any "
       "other kernel\nfunction that takes an skb; 'tcp_*' selects by\npattern, '!nf_*' excludes",
       &Options::tracers, Values::tracers},
      {"", "--all-functions", "", "the tree, and all kernel functions that take an skb",
       add_all_functions},
      {"", "--tracer-file", "FILE", "take the tracer tree from this file", &Options::tracer_file,
       Values::files},
  };
}

std::vector<OptionRow> display_rows() {
  return {
      {"-o", "--output", "NAME[,NAME...]", "show more columns, in the order given:" + column_help(),
       OptionRow::ReadItem{read_column}, Values::columns},
      {"", "--detail", "",
       fmt::format("same as -o {};\ncolumns of -o come first", detail_columns()),
       add_detail_columns},
      {"", "--latency", "",
       "same as -o latency, as the first column: time since\nthe packet's previous event; with "
       "--timeline also the\nsum",
       add_latency_column},
      {"", "--ret", "", "also show return values", &Options::returns},
      {"", "--stack", "", "show the callers of each function", &Options::stack},
      {"", "--stack-tracer", "NAME[,NAME...]",
       "show the callers of these groups and functions only", &Options::stack_tracers,
       Values::tracers},
      {"", "--force-stack", "", "allow --stack for all functions (slow)", &Options::force_stack,
       Values::any, "--force_stack"},
      {"", "--time", "FORM", "how to show each line's time:" + time_form_words(), read_time_form,
       Values::times},
      {"", "--color", "WHEN",
       fmt::format("colour by layer and verdict; by default on a terminal:\n{}", colour_words()),
       read_colour, Values::colours, "--colour"},
  };
}

std::vector<OptionRow> mode_rows() {
  return {
      {"", "--timeline", "",
       "print each packet as one block, clones included, once\nthe kernel has freed it",
       &Options::timeline},
      {"", "--skb-mode", "", "keep following a packet once it matched, even after\nNAT",
       &Options::skb_mode},
      {"", "--summary", "", "histograms of total and per-step latency instead of\npackets",
       &Options::summary},
      {"", "--count-only", "",
       "count the hits of each function instead of showing\npackets: the cheapest look at a busy "
       "machine",
       &Options::count_only},
      {"", "--interval", "TIME", "print a table every TIME, not only at the end", read_interval},
  };
}

std::vector<OptionRow> output_rows() {
  return {
      {"", "--json", "", "one JSON object per line, and nothing else on standard\noutput",
       &Options::json},
      {"-w", "--write", "FILE", "record instead of showing; - is standard output",
       &Options::write_file, Values::files},
      {"-r", "--read", "FILE", "show a recording, with any filter and in any form;\nneeds no root",
       &Options::read_file, Values::files},
      {"-C", "--file-size", "SIZE",
       "start a new file after SIZE million bytes (k, m, g:\nunits of 1024)", read_file_size},
      {"-W", "--file-count", "N", "keep N files, overwriting the oldest", read_file_count},
  };
}

std::vector<OptionRow> end_rows() {
  return {
      {"-c", "--count", "N", "end after N packets", read_count},
      {"", "--limit", "N", "end after N lines", read_limit},
      {"", "--duration", "TIME", "end after this time: 30s, 500ms, 5m", read_trace_duration},
      {"", "--idle-timeout", "TIME",
       fmt::format("print a packet as unfinished after TIME without an\nevent; {}s by default",
                   default_idle_timeout_ns / ns_per_s),
       read_idle_timeout},
  };
}

std::vector<OptionRow> kernel_rows() {
  return {
      {"", "--backend", "NAME",
       fmt::format("how to attach to kernel functions:\n{}", backend_words()), read_backend,
       Values::backends},
      {"", "--buffer-size", "SIZE",
       "size of the ring buffer (k, m, g: units of 1024),\nrounded up to a power of two; 32m by "
       "default, less on\nsmall machines",
       read_ring_size},
      {"", "--btf", "FILE", "BTF file, for a kernel built without BTF", &Options::btf_file,
       Values::files},
  };
}

std::vector<OptionRow> other_rows() {
  return {
      {"", "--check", "", "check what this machine supports and how to fix what\nis missing",
       set_mode<Options::Mode::check>},
      {"-v", "--verbose", "", "say more about what is done and what is missing", &Options::verbose},
      {"-h", "--help", "", "show this help", set_mode<Options::Mode::help>},
      {"", "--version", "",
       "show the versions of nettrace and libbpf, and the\nbackends that this kernel offers",
       set_mode<Options::Mode::version>},
  };
}

std::vector<OptionRow> all_rows() {
  std::vector<OptionRow> all;
  const auto add = [&](OptionGroup group, std::vector<OptionRow> rows) {
    for (OptionRow& row : rows) {
      row.group = group;
      all.push_back(std::move(row));
    }
  };
  add(OptionGroup::filters, filter_rows());
  add(OptionGroup::tracers, tracer_rows());
  add(OptionGroup::display, display_rows());
  add(OptionGroup::modes, mode_rows());
  add(OptionGroup::output, output_rows());
  add(OptionGroup::end, end_rows());
  add(OptionGroup::kernel, kernel_rows());
  add(OptionGroup::other, other_rows());
  return all;
}

}  // namespace

std::string_view title_of(OptionGroup group) {
  switch (group) {
    case OptionGroup::filters:
      return "Filters; a packet must match every one";
    case OptionGroup::tracers:
      return "What to trace";
    case OptionGroup::display:
      return "Display";
    case OptionGroup::modes:
      return "Modes";
    case OptionGroup::output:
      return "Output";
    case OptionGroup::end:
      return "When to end";
    case OptionGroup::kernel:
      return "The running kernel";
    case OptionGroup::other:
      break;
  }
  return "Other";
}

bool OptionRow::is_list() const {
  return std::holds_alternative<ReadItem>(target) ||
         std::holds_alternative<std::vector<std::string> Options::*>(target);
}

std::span<const OptionRow> option_table() {
  static const std::vector<OptionRow> rows = all_rows();
  return rows;
}

const OptionRow* find_option(std::string_view name) {
  const auto rows = option_table();
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const OptionRow& row) {
    return !name.empty() &&
           (name == row.long_name || name == row.short_name || name == row.other_name);
  });
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace nettrace
