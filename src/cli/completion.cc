// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Names that differ from machine to machine are read at the time of completion: those of the tracer
// tree from nettrace itself, interfaces and namespaces from the system.
#include "cli/completion.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "cli/option_table.h"
#include "packet/protocol_names.h"
#include "plan/backend.h"
#include "render/colour.h"
#include "render/columns.h"
#include "render/time_column.h"

namespace nettrace {
namespace {

// One name a line; '?' prints groups as "name: words" and functions as "name" or "name (why not)".
constexpr std::string_view tracers_command =
    R"(nettrace -t '?' 2>/dev/null | sed -nE 's/^ *([A-Za-z_][A-Za-z0-9_-]*)(:.*| \(.*\))?$/\1/p')";
constexpr std::string_view interfaces_command =
    "command ls /sys/class/net | command grep -vx bonding_masters";  // a file beside them
constexpr std::string_view namespaces_command = "command ls /run/netns 2>/dev/null";

std::vector<std::string> fixed_names(Values values) {
  std::vector<std::string> names;
  switch (values) {
    case Values::protocols:
      for (const auto table : {l4_protocols(), ethertypes()}) {
        for (const ProtocolName& protocol : table) names.emplace_back(protocol.name);
      }
      break;
    case Values::columns:
      for (const Column& field : all_columns()) names.emplace_back(field.name);
      break;
    case Values::backends:
      names = split(backend_words(), '|');
      break;
    case Values::colours:
      names = split(colour_words(), '|');
      break;
    case Values::times:
      for (const std::string_view form : time_form_names()) names.emplace_back(form);
      break;
    default:
      break;
  }
  return names;
}

// A command that prints the names that a value may be, one a line, in any of the shells. Users
// choose these names: a shell must never evaluate them.
struct Source {
  Values values;
  std::string_view name;  // of the shell function
  std::string command;
};

std::vector<Source> sources() {
  std::vector<Source> sources = {
      {Values::tracers, "tracers", std::string(tracers_command)},
      {Values::interfaces, "interfaces", std::string(interfaces_command)},
      {Values::namespaces, "namespaces", std::string(namespaces_command)}};
  constexpr std::pair<Values, std::string_view> fixed[] = {{Values::protocols, "protocols"},
                                                           {Values::columns, "columns"},
                                                           {Values::backends, "backends"},
                                                           {Values::times, "times"},
                                                           {Values::colours, "colours"}};
  for (const auto& [values, name] : fixed) {
    sources.push_back(
        {values, name, fmt::format("printf '%s\\n' {}", fmt::join(fixed_names(values), " "))});
  }
  return sources;
}

// Empty: the value may be anything.
std::string source_of(Values values) {
  for (const Source& source : sources()) {
    if (source.values == values) return std::string(source.name);
  }
  return {};
}

// In the syntax of bash and zsh.
std::string source_functions() {
  std::string text;
  for (const Source& source : sources()) {
    text += fmt::format("_nettrace_{}() {{\n  {}\n}}\n", source.name, source.command);
  }
  return text;
}

std::vector<std::string_view> spellings(const OptionRow& option) {
  std::vector<std::string_view> names;
  for (const std::string_view name : {option.short_name, option.long_name}) {
    if (!name.empty()) names.push_back(name);
  }
  return names;
}

// The help on one line, without the table that it may end with.
std::string short_help(const OptionRow& option) {
  std::string help;
  for (const std::string& line : split(option.help, '\n')) {
    if (line.starts_with(' ')) break;
    help += fmt::format("{}{}", help.empty() ? "" : " ", line);
  }
  if (help.ends_with(':')) help.pop_back();
  return help;
}

std::string in_single_quotes(std::string_view text) {
  std::string quoted = "'";
  for (const char character : text) {
    if (character == '\'') {
      quoted += R"('\'')";
    } else {
      quoted += character;
    }
  }
  return quoted + "'";
}

// A _arguments specification may not have these bare in its description.
std::string for_zsh(std::string_view text) {
  std::string out;
  for (const char character : text) {
    if (std::string_view("[]:\\").find(character) != std::string_view::npos) out += '\\';
    out += character;
  }
  return out;
}

std::string zsh_values(const OptionRow& option) {
  if (option.is_flag()) return "";
  std::string action = " ";
  if (option.values == Values::files) action = "_files";
  if (const std::string source = source_of(option.values); !source.empty()) {
    action =
        fmt::format("{{_nettrace_{} _nettrace_{}}}", option.is_list() ? "list" : "one", source);
  }
  return fmt::format(":{}:{}", for_zsh(option.value), action);
}

}  // namespace

std::string bash_completion() {
  std::string cases, all;
  for (const OptionRow& option : option_table()) {
    for (const std::string_view name : spellings(option)) all += fmt::format("{} ", name);
    if (option.is_flag()) continue;
    cases += fmt::format("    {}{}{})\n", fmt::join(spellings(option), " | "),
                         option.other_name.empty() ? "" : " | ", option.other_name);
    if (option.values == Values::files) {
      cases += "      mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n";
      cases += "      compopt -o filenames\n";
    } else if (const std::string source = source_of(option.values); !source.empty()) {
      if (option.is_list()) cases += "      [[ $cur != *,* ]] || done=${cur%,*}, cur=${cur##*,}\n";
      if (option.values == Values::tracers) {  // "!nf_*" excludes
        cases += "      [[ $cur != '!'* ]] || done+='!' cur=${cur#'!'}\n";
      }
      cases += fmt::format("      _nettrace_offer _nettrace_{}\n", source);
    }
    cases += "      return\n      ;;\n";
  }
  all.pop_back();
  return fmt::format(R"shell(# bash completion for nettrace
{}_nettrace_offer() {{
  local name
  while IFS= read -r name; do
    [[ $name != "$cur"* ]] || COMPREPLY+=("$done$(printf %q "$name")")
  done < <("$1")
}}
_nettrace() {{
  local cur=${{COMP_WORDS[COMP_CWORD]#[\'\"]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}} done=
  COMPREPLY=()
  if [[ $cur == = ]]; then
    cur=
  elif [[ $previous == = ]]; then
    previous=${{COMP_WORDS[COMP_CWORD - 2]}}
  fi
  case $previous in
{}  esac
  [[ $cur != -* ]] || COMPREPLY=($(compgen -W '{}' -- "$cur"))
}}
complete -F _nettrace nettrace
)shell",
                     source_functions(), cases, all);
}

std::string zsh_completion() {
  std::string specifications;
  for (const OptionRow& option : option_table()) {
    const auto names = spellings(option);
    const std::string rest = fmt::format("[{}]{}", for_zsh(short_help(option)), zsh_values(option));
    const std::string equals = option.is_flag() ? "" : "=";
    const std::string_view again = option.is_list() ? "*" : "";
    if (names.size() == 2) {
      const std::string once = option.is_list() ? "*" : fmt::format("({} {})", names[0], names[1]);
      specifications += fmt::format("    '{}'{{{},{}{}}}{} \\\n", once, names[0], names[1], equals,
                                    in_single_quotes(rest));
    } else {
      const std::string name = fmt::format("{}{}{}", again, names[0], equals);
      specifications += fmt::format("    {} \\\n", in_single_quotes(name + rest));
    }
    if (!option.other_name.empty()) {  // accepted, but not offered
      specifications += fmt::format(
          "    {} \\\n", in_single_quotes(fmt::format("!{}{}{}", option.other_name, equals, rest)));
    }
  }
  return fmt::format(R"shell(#compdef nettrace
{}_nettrace_one() {{
  local -a names
  names=(${{(f)"$($1)"}})
  compadd -a names
}}
_nettrace_list() {{
  local -a names
  names=(${{(f)"$($1)"}})
  compset -P '*,'
  compset -P '\!'
  compadd -S '' -a names
}}
_nettrace() {{
  _arguments -s \
{}    '*:expression:{{ }}'
}}
_nettrace "$@"
)shell",
                     source_functions(), specifications);
}

std::string fish_completion() {
  std::string functions, lines;
  for (const Source& source : sources()) {
    functions += fmt::format("function __nettrace_{}\n    {}\nend\n", source.name, source.command);
  }
  for (const OptionRow& option : option_table()) {
    std::string command = "complete -c nettrace";
    if (!option.short_name.empty()) command += fmt::format(" -s {}", option.short_name.substr(1));
    for (const std::string_view name : {option.long_name, option.other_name}) {
      if (!name.empty()) command += fmt::format(" -l {}", name.substr(2));
    }
    if (!option.is_flag()) command += option.values == Values::files ? " -r -F" : " -x";
    lines += fmt::format("{} -d {}\n", command, in_single_quotes(short_help(option)));
    // On a line of its own, or each value would have the option's description.
    if (const std::string source = source_of(option.values); !source.empty()) {
      lines += fmt::format("{} -a '(__nettrace_{} __nettrace_{})'\n", command,
                           option.is_list() ? "list" : "one", source);
    }
  }
  return fmt::format(R"(# fish completion for nettrace
{}function __nettrace_one
    $argv[1]
end
function __nettrace_list
    set -l done (commandline -ct | string replace -r '^--[a-z-]+=' '' | string replace -r '[^,!]*$' '')
    for name in (__nettrace_one $argv[1])
        echo $done$name
    end
end
complete -c nettrace -f
{})",
                     functions, lines);
}

}  // namespace nettrace
