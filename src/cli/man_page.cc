// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "cli/man_page.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "cli/option_table.h"

namespace nettrace {
namespace {

constexpr std::string_view description =
    R"(.B nettrace
shows the way of packets through the Linux kernel: a line for each kernel function and tracepoint
that a packet passes, in order, with its addresses and flags at that moment. To the kernel, a packet
is an
.IR skb .
.PP
Filters decide which packets are shown, in the kernel; all that are given must match.
.I EXPRESSION
is one of
.BR tcpdump (8)'s,
see
.BR pcap\-filter (7);
it must match, too. The tracer tree, which
.B \-t \(aq?\(aq
prints, decides at which functions.
.PP
The first line of standard output is
.RB \(lq "begin tracing......" \(rq,
once the last probe is attached. On a terminal, a line on standard error then counts what matches,
until there is something to show. Ctrl-C ends the trace; what was lost, and why, stands on standard
error.
)";

constexpr std::string_view rest =
    R"(.SH EXIT STATUS
.TP
.B 0
Something was traced, shown or answered.
.TP
.B 1
It could not trace: a privilege is missing, or the kernel lacks something.
.B nettrace \-\-check
says what, and the remedy.
.TP
.B 2
Wrong usage, or a file that is not what it should be.
.SH ENVIRONMENT
.TP
.B NETTRACE_TRACER_FILE
The file to take the tracer tree from, if
.B \-\-tracer\-file
is not given.
.TP
.B NO_COLOR
If it is not empty, a terminal gets no colour either, unless
.B \-\-color
asks for it.
.SH FILES
.TP
.IR /etc/nettrace/tracer.json ", " /opt/nettrace/tracer.json
The tracer tree, in this order; without either, the one in the program.
.SH NOTES
Tracing takes root, or CAP_BPF and CAP_PERFMON (before Linux 6.2 CAP_SYS_ADMIN). Recordings are read
without.
.SH SEE ALSO
.BR tcpdump (8),
.BR pcap\-filter (7),
.BR ip\-netns (8),
.BR bpftrace (8)
)";

// What is special to troff, and a line's first character.
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

// The help's lines that are indented are a table, which is not to be filled.
void append_help(std::string_view help, std::string& out) {
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

void append_option(const OptionEntry& option, std::string& out) {
  std::string names;
  for (const std::string_view name : {option.short_name, option.long_name, option.other_name}) {
    if (name.empty()) continue;
    names += fmt::format("{}\\fB{}\\fR", names.empty() ? "" : ", ", escaped(name));
  }
  if (!option.value.empty()) names += fmt::format(" \\fI{}\\fR", escaped(option.value));
  out += fmt::format(".TP\n{}\n", names);
  append_help(option.help, out);
}

}  // namespace

std::string man_page() {
  CommandLine line;
  std::string out = fmt::format(
      ".TH NETTRACE 8 \"\" \"nettrace {}\" \"System Manager's Manual\"\n"
      ".SH NAME\nnettrace \\- trace packets through the Linux kernel\n"
      ".SH SYNOPSIS\n.B nettrace\n.RI [ OPTION ]...\\&\n.RI [ EXPRESSION ]\n.SH DESCRIPTION\n",
      NETTRACE_VERSION);
  out += description;
  out += ".SH OPTIONS\n";
  for (const OptionGroup& group : option_table(line)) {
    out += fmt::format(".SS {}\n", escaped(group.title));
    for (const OptionEntry& option : group.options) append_option(option, out);
  }
  out += ".SH EXAMPLES\n";
  for (const Example& example : examples()) {
    out += fmt::format(".TP\n.B {}\n{}\n", escaped(example.command), escaped(example.words));
  }
  return out.append(rest);
}

}  // namespace nettrace
