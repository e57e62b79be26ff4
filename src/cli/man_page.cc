// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "cli/man_page.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "cli/help.h"
#include "cli/option_rules.h"
#include "cli/option_table.h"

namespace nettrace {
namespace {

constexpr std::string_view description =
    R"(.B nettrace
shows the path of packets through the Linux kernel: one line for each kernel function and tracepoint
that a packet passes through, in order, with its addresses and flags at that moment. The kernel keeps a
packet in an
.IR skb .
.PP
Filters run in the kernel, before anything is sent to user space. A packet must match every filter
option and the
.IR EXPRESSION ,
which is a
.BR tcpdump (8)
filter, see
.BR pcap\-filter (7).
The tracer tree, which
.B \-t \(aq?\(aq
prints, lists the functions that can be traced.
.PP
nettrace prints
.RB \(lq "begin tracing......" \(rq
as the first line of standard output once the last probe is attached. On a terminal, a line on
standard error then counts matching packets until the first one is shown. Ctrl-C ends the trace.
Standard error reports lost events and the reasons.
)";

constexpr std::string_view rest =
    R"(.SH EXIT STATUS
.TP
.B 0
Success.
.TP
.B 1
nettrace could not trace: a privilege is missing, or the kernel lacks a feature.
.B nettrace \-\-check
shows what is missing and how to fix it.
.TP
.B 2
Wrong usage or an invalid input file.
.SH ENVIRONMENT
.TP
.B NETTRACE_TRACER_FILE
The tracer tree's file, if
.B \-\-tracer\-file
does not name one.
.TP
.B NO_COLOR
If it is not empty, output has no colour, unless
.B \-\-color
overrides it.
.SH FILES
.TP
.IR /etc/nettrace/tracer.json ", " /opt/nettrace/tracer.json
The tracer tree, searched in this order. If neither exists, nettrace uses its built-in tree.
.SH NOTES
Tracing requires root, or CAP_BPF and CAP_PERFMON (before Linux 6.2 CAP_SYS_ADMIN). Reading a recording
requires no privilege.
.SH SEE ALSO
.BR tcpdump (8),
.BR pcap\-filter (7),
.BR ip\-netns (8),
.BR bpftrace (8)
)";

// Escapes the characters that are special to troff, anywhere or at the start of a line.
std::string escaped(std::string_view text) {
  std::string out;
  bool starts_line = true;
  for (const char character : text) {
    if (starts_line && (character == '.' || character == '\'')) out += "\\&";
    starts_line = character == '\n';
    switch (character) {
      case '\\':
        out += "\\e";
        break;
      case '-':
        out += "\\-";
        break;
      case '\'':
        out += "\\(aq";
        break;
      case '~':
        out += "\\(ti";
        break;
      case '^':
        out += "\\(ha";
        break;
      default:
        out += character;
    }
  }
  return out;
}

// The indented lines of a help are a table, which troff must not fill.
void append_option_text(std::string_view help, std::string& out) {
  bool in_table = false;
  for (const std::string& line : split(help, '\n')) {
    const bool is_row = line.starts_with(' ');
    if (is_row != in_table) out += is_row ? ".RS\n.nf\n" : ".fi\n.RE\n";
    in_table = is_row;
    out += escaped(is_row ? std::string_view(line).substr(line.find_first_not_of(' ')) : line);
    out += '\n';
  }
  if (in_table) out += ".fi\n.RE\n";
}

void append_option(const OptionRow& option, std::string& out) {
  std::string names;
  for (const std::string_view name : {option.short_name, option.long_name, option.other_name}) {
    if (name.empty()) continue;
    names += fmt::format("{}\\fB{}\\fR", names.empty() ? "" : ", ", escaped(name));
  }
  if (!option.value.empty()) names += fmt::format(" \\fI{}\\fR", escaped(option.value));
  out += fmt::format(".TP\n{}\n", names);
  append_option_text(option.help, out);
}

void append_rule(const OptionRule& rule, std::string& out) {
  out += fmt::format(".PP\n{}.\n", escaped(describe(rule, rule.others)));
}

}  // namespace

std::string man_page() {
  std::string out = fmt::format(
      ".TH NETTRACE 8 \"\" \"nettrace {}\" \"System Manager's Manual\"\n"
      ".SH NAME\nnettrace \\- trace packets through the Linux kernel\n"
      ".SH SYNOPSIS\n.B nettrace\n.RI [ OPTION ]...\\&\n.RI [ EXPRESSION ]\n.SH DESCRIPTION\n",
      NETTRACE_VERSION);
  out += description;
  out += ".SH OPTIONS\n";
  const OptionRow* previous = nullptr;
  for (const OptionRow& option : option_table()) {
    if (previous == nullptr || previous->group != option.group) {
      out += fmt::format(".SS {}\n", escaped(title_of(option.group)));
    }
    append_option(option, out);
    previous = &option;
  }
  out += ".SH COMBINING OPTIONS\n";
  for (const OptionRule& rule : option_rules()) append_rule(rule, out);
  out += ".SH EXAMPLES\n";
  for (const Example& example : examples()) {
    out += fmt::format(".TP\n.B {}\n{}\n", escaped(example.command), escaped(example.words));
  }
  return out.append(rest);
}

}  // namespace nettrace
