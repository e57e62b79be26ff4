// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Completion scripts; bash's is run by bash, which is everywhere.
#include "cli/completion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "cli/option_table.h"

namespace nettrace {
namespace {

using testing::HasSubstr;
using testing::Not;

// What bash offers where the last of the words is to be completed; a tree stands in for nettrace.
std::string completed(const std::string& words) {
  const std::string script = testing::TempDir() + "nettrace_completion." + std::to_string(getpid());
  std::ofstream(script)
      << bash_completion()
      << "nettrace() { printf '%s\\n' 'available tracer:' ----- '' 'all: everything' '    ip: IP' "
         "'        ip_rcv' '        ip_rcv_core (not in this kernel)'; }\n"
      << "compopt() { :; }\n"
      << "COMP_WORDS=(nettrace " << words << ")\n"
      << "COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_nettrace\necho \"${COMPREPLY[@]}\"\n";
  FILE* const bash = popen(("bash " + script + " 2>&1").c_str(), "r");
  if (bash == nullptr) return "no bash";
  std::string text;
  for (int character = std::fgetc(bash); character != EOF; character = std::fgetc(bash)) {
    text += static_cast<char>(character);
  }
  pclose(bash);
  std::remove(script.c_str());
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

TEST(Completion, KnowsEveryOptionInEveryShell) {
  for (const OptionRow& option : option_table()) {
    const std::string name(option.long_name);
    EXPECT_THAT(bash_completion(), HasSubstr(name));
    EXPECT_THAT(zsh_completion(), HasSubstr(name));
    EXPECT_THAT(fish_completion(), HasSubstr(" -l " + name.substr(2) + " "));
  }
}

TEST(Completion, OfOptions) {
  EXPECT_EQ(completed("--sad"), "--saddr");
  EXPECT_EQ(completed("--lat"), "--latency");
  EXPECT_EQ(completed("host"), "");
}

TEST(Completion, OfValues) {
  EXPECT_EQ(completed("--backend kprobe"), "kprobe-multi kprobe");
  EXPECT_EQ(completed("--time u"), "utc");
  EXPECT_EQ(completed("-p sct"), "sctp");
  EXPECT_EQ(completed("--time = d"), "delta");
}

TEST(Completion, OfListsGoesOnBehindTheLastComma) {
  EXPECT_EQ(completed("-o ca"), "caller");
  EXPECT_EQ(completed("-o if,ca"), "if,caller");
}

TEST(Completion, OfTracersAsksNettrace) {
  EXPECT_EQ(completed("-t ip"), "ip ip_rcv ip_rcv_core");
  EXPECT_EQ(completed("-t all,ip_rcv_"), "all,ip_rcv_core");
  EXPECT_THAT(completed("-t ''"), Not(HasSubstr("available")));
}

}  // namespace
}  // namespace nettrace
