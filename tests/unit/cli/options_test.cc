// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The command line, right and wrong.
#include "cli/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <chrono>

#include "base/text.h"
#include "cli/help.h"
#include "filter/expression.h"
#include "support/option_words.h"

namespace nettrace {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string printed(const Words& words) {
  const auto parsed = parse(words);
  if (!parsed) return "error: " + parsed.error().what;
  return parsed->mode == Options::Mode::help ? help_text() : "options";
}

std::vector<std::string> names_of(const std::vector<const Column*>& columns) {
  std::vector<std::string> names;
  for (const Column* field : columns) names.emplace_back(field->name);
  return names;
}

std::vector<std::string> detail_names() {
  std::vector<std::string> names;
  for (const Column& field : all_columns()) {
    if (field.in_detail) names.emplace_back(field.name);
  }
  return names;
}

TEST(Options, WithoutWordsTraceAllPacketsEverywhere) {
  const Options options = good({});
  EXPECT_EQ(options.mode, Options::Mode::trace);
  EXPECT_THAT(options.tracers, ElementsAre("all"));
  EXPECT_THAT(options.columns, IsEmpty());
  EXPECT_EQ(options.tracer_file, std::nullopt);
  EXPECT_FALSE(options.verbose);
}

TEST(Options, TracersThatOnlyExcludeDoSoFromAll) {
  EXPECT_THAT(good({"-t", "!ip,!nf_*"}).tracers, ElementsAre("!ip", "!nf_*", "all"));
  EXPECT_THAT(good({"-t", "tcp,!nf_*"}).tracers, ElementsAre("tcp", "!nf_*"));
}

TEST(Options, AllFunctionsAreAGlob) {
  EXPECT_THAT(good({"--all-functions"}).tracers, ElementsAre("*"));
  EXPECT_THAT(good({"--all-functions", "-t", "!nf_*"}).tracers, ElementsAre("!nf_*", "*"));
}

TEST(Options, TakeTypesFromAFile) { EXPECT_EQ(good({"--btf", "vmlinux"}).btf_file, "vmlinux"); }

TEST(Options, SurviveAnEmptyArgv) {
  const auto parsed = parse_options(0, nullptr);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->mode, Options::Mode::trace);
}

TEST(Options, TakeEveryFilter) {
  const Filter filter =
      good({"-s", "10.0.0.1", "-d", "10.0.0.2", "--addr", "10.0.0.0/8", "-p", "tcp", "--sport", "1",
            "--dport", "2", "--port", "2", "--tcp-flags", "SA"})
          .filter;
  EXPECT_EQ(to_string(*filter.saddr), "10.0.0.1");
  EXPECT_EQ(to_string(*filter.daddr), "10.0.0.2");
  EXPECT_EQ(to_string(*filter.addr), "10.0.0.0/8");
  EXPECT_EQ(filter.l4_proto, IPPROTO_TCP);
  EXPECT_EQ(filter.sport, 1);
  EXPECT_EQ(filter.dport, 2);
  EXPECT_EQ(filter.port, 2);
  EXPECT_EQ(filter.tcp_flags, 0x12);
}

TEST(Options, TakeValuesInEveryForm) {
  for (const Words& words :
       {Words{"-s", "10.0.0.1"}, Words{"-s10.0.0.1"}, Words{"--saddr", "10.0.0.1"},
        Words{"--saddr=10.0.0.1"}, Words{"-vs", "10.0.0.1"}, Words{"-vs10.0.0.1"}}) {
    EXPECT_EQ(to_string(*good(words).filter.saddr), "10.0.0.1") << words.front();
  }
  EXPECT_EQ(good({"--daddr=10.0.0.1"}).filter.daddr->length, 32);
  EXPECT_EQ(good({"--proto=udp"}).filter.l4_proto, IPPROTO_UDP);
}

TEST(Options, PassTheFiltersErrorsOn) {
  EXPECT_THAT(bad({"--addr", "10.0.0.300"}), HasSubstr("'10.0.0.300' is not an IPv4 or IPv6"));
  EXPECT_THAT(bad({"-p", "icmp", "--port", "1"}), HasSubstr("has no ports"));
  EXPECT_THAT(good({"--tcp-flags", "SF"}).filter.warnings, Not(IsEmpty()));
}

TEST(Options, CollectTracers) {
  EXPECT_THAT(good({"-t", "ip,icmp"}).tracers, ElementsAre("ip", "icmp"));
  EXPECT_THAT(good({"-t", "ip", "--tracer=tcp,ip_rcv"}).tracers,
              ElementsAre("ip", "tcp", "ip_rcv"));
  EXPECT_THAT(good({"-t", "[a,b]"}).tracers, ElementsAre("[a", "b]"));
}

TEST(Options, AQuestionMarkPrintsTheTree) {
  EXPECT_EQ(good({"-t", "?"}).mode, Options::Mode::print_tree);
  EXPECT_EQ(good({"-t?"}).mode, Options::Mode::print_tree);
  EXPECT_EQ(good({"--tracer=?"}).mode, Options::Mode::print_tree);
  EXPECT_THAT(bad({"-t", "?,ip"}), HasSubstr("?"));
  EXPECT_THAT(bad({"-t", "ip", "-t", "?"}), HasSubstr("?"));
}

TEST(Options, CheckIsAModeOfItsOwn) { EXPECT_EQ(good({"--check"}).mode, Options::Mode::check); }

TEST(Options, ChooseColumnsInTheOrderGiven) {
  EXPECT_THAT(names_of(good({"-o", "pid,if"}).columns), ElementsAre("pid", "if"));
  EXPECT_THAT(names_of(good({"-o", "pid", "--output=id"}).columns), ElementsAre("pid", "id"));
  EXPECT_THAT(names_of(good({"-o", "pid,if,pid"}).columns), ElementsAre("pid", "if"));
}

TEST(Options, DetailAddsItsColumnsInTheTablesOrder) {
  EXPECT_EQ(names_of(good({"--detail"}).columns), detail_names());
  const auto columns = names_of(good({"--detail", "-o", "cpu"}).columns);
  EXPECT_EQ(columns.front(), "cpu");
  EXPECT_THAT(columns, testing::UnorderedElementsAreArray(detail_names()));
}

TEST(Options, RefuseUnknownColumns) {
  EXPECT_THAT(bad({"-o", "pdi"}), HasSubstr("'pdi' is not an output column (did you mean pid?"));
  for (const Column& field : all_columns()) {
    EXPECT_THAT(bad({"-o", "banana"}), HasSubstr(std::string(field.name)));
  }
}

TEST(Options, RefuseEmptyNames) {
  for (const char* list : {",", "ip,", ",ip", "ip,,tcp"}) {
    EXPECT_THAT(bad({"-t", list}), HasSubstr("--tracer has an empty name")) << list;
  }
  EXPECT_THAT(bad({"-o", "pid,"}), HasSubstr("--output has an empty name"));
  EXPECT_THAT(bad({"-o", "pid, ,if"}), HasSubstr("--output has an empty name"));
}

TEST(Options, TrimBlanksAroundCommas) {
  EXPECT_THAT(good({"-t", " ip , icmp\t"}).tracers, ElementsAre("ip", "icmp"));
  EXPECT_EQ(good({"-o", "pid, if"}).columns, good({"-o", "pid,if"}).columns);
}

TEST(Options, TakeTheRest) {
  const Options options = good({"--tracer-file", "my.json", "-v"});
  EXPECT_EQ(options.tracer_file, "my.json");
  EXPECT_TRUE(options.verbose);
  EXPECT_TRUE(good({"-vv"}).verbose);
  EXPECT_TRUE(good({"--verbose", "--"}).verbose);
}

TEST(Options, RefuseUnknownOptions) {
  EXPECT_THAT(bad({"--tcpflags", "SA"}),
              HasSubstr("'--tcpflags' is not an option (did you mean --tcp-flags?)"));
  EXPECT_THAT(bad({"--tcpflags=SA"}), HasSubstr("'--tcpflags' is not an option (did you mean"));
  EXPECT_THAT(bad({"-addr", "10.0.0.1"}), HasSubstr("did you mean --addr?"));
  EXPECT_THAT(bad({"-x"}), HasSubstr("'-x' is not an option (see nettrace -h)"));
  EXPECT_THAT(bad({"-vx"}), HasSubstr("is not an option"));
}

TEST(Options, UnderstandATypographicDash) {
  EXPECT_THAT(bad({"-p", "tcp", "\u2013tcp-flags", "SA"}),
              HasSubstr("'\u2013tcp-flags' is not an option (did you mean --tcp-flags?)"));
}

TEST(Options, WordsWithoutAnOptionAreAnExpression) {
  EXPECT_TRUE(good({"icmp"}).filter.expression);
  EXPECT_TRUE(good({"-s", "10.0.0.1", "host", "10.0.0.2"}).filter.expression);
  EXPECT_TRUE(good({"tcp port 80", "and", "host 10.0.0.1", "-v"}).filter.expression);
  EXPECT_TRUE(good({"--", "ip[0]", "-", "1", "=", "68"}).filter.expression);
  EXPECT_FALSE(good({"-p", "icmp"}).filter.expression);
  EXPECT_EQ(good({"--addr", "10.0.0.1", "udp", "port 53"}).filter_text,
            "--addr 10.0.0.1 udp port 53");
}

TEST(Options, RefuseWhatLibpcapRefuses) {
  EXPECT_THAT(bad({"-"}), HasSubstr("'-' is not an option"));
  EXPECT_THAT(bad({""}), HasSubstr("an empty word is no expression"));
  EXPECT_THAT(bad({"tcp port 80 adn host 10.0.0.1"}), HasSubstr("behind 'tcp port 80'"));
  EXPECT_THAT(bad({"tcp[tcpfloogs] & 2 != 0"}), HasSubstr("behind 'tcp'"));
  EXPECT_THAT(bad({"tcp", "port", "70000"}), HasSubstr("illegal port number"));
  EXPECT_THAT(bad({"and icmp"}), HasSubstr("at its beginning"));
  EXPECT_THAT(bad({"ip6", "protochain", "17"}), HasSubstr("it needs a loop"));
  EXPECT_THAT(bad({"inbound", "or", "icmp"}), HasSubstr("only tcpdump's socket knows"));
  std::string long_one = "icmp";
  for (int i = 0; i < 1300; ++i) long_one += " or ether[" + std::to_string(i) + "] = 1";
  EXPECT_THAT(bad({long_one.c_str()}), HasSubstr("instructions, more than 3600"));
  const std::vector<std::string> words = {long_one};
  EXPECT_THAT(Expression::compile(words, std::chrono::milliseconds(1)).error().what,
              HasSubstr("libpcap takes more than 1 s to compile 'icmp or ether[0]"));
}

TEST(Options, RefuseMissingValues) {
  EXPECT_THAT(bad({"--addr"}), HasSubstr("--addr needs a value (write --addr ADDRESS)"));
  EXPECT_THAT(bad({"-v", "-s"}), HasSubstr("--saddr needs a value"));
  EXPECT_THAT(bad({"-vs"}), HasSubstr("--saddr needs a value"));
  EXPECT_THAT(bad({"--addr="}), HasSubstr("--addr needs a value"));
  EXPECT_THAT(bad({"--addr=", "10.0.0.1"}), HasSubstr("--addr needs a value"));
  EXPECT_THAT(bad({"--addr", ""}), HasSubstr("--addr needs a value"));
  EXPECT_THAT(bad({"--addr", "--check"}), HasSubstr("--addr needs a value"));
  EXPECT_THAT(bad({"-t", "-o", "pid"}), HasSubstr("--tracer needs a value"));
}

TEST(Options, RefuseNegativeNumbersWithTheirOwnError) {
  EXPECT_THAT(bad({"--sport", "-5"}), HasSubstr("'-5' is not a port"));
  EXPECT_THAT(bad({"--addr", "-1"}), HasSubstr("'-1' is not an IPv4 or IPv6 address"));
}

TEST(Options, RefuseValuesOfFlags) {
  EXPECT_THAT(bad({"--detail=yes"}), HasSubstr("--detail takes no value"));
  EXPECT_THAT(bad({"--check="}), HasSubstr("--check takes no value"));
  EXPECT_THAT(bad({"--help=false"}), HasSubstr("--help takes no value"));
}

TEST(Options, RefuseTwoDifferentValues) {
  EXPECT_THAT(bad({"-s", "10.0.0.1", "--saddr", "10.0.0.2"}),
              HasSubstr("--saddr is given as '10.0.0.1' and as '10.0.0.2'"));
  EXPECT_EQ(to_string(*good({"-s", "10.0.0.1", "--saddr=10.0.0.1"}).filter.saddr), "10.0.0.1");
}

TEST(Options, ShowControlCharactersHarmlessly) {
  EXPECT_THAT(bad({"\x1b[2J"}), HasSubstr("'?[2J'"));
  EXPECT_THAT(bad({"--\x1b[2J"}), HasSubstr("'--?[2J'"));
  EXPECT_THAT(bad({"-o", "\x1b[2J"}), HasSubstr("'?[2J'"));
}

TEST(Help, ListsEveryOptionAndColumn) {
  const std::string help = printed({"-h"});
  for (const char* option :
       {"-s, --saddr", "-d, --daddr",   "--addr",       "-p, --proto",   "--sport",      "--dport",
        "--port",      "--tcp-flags",   "--netns",      "--if",          "--pid",        "--mark",
        "--len",       "--time",        "-t, --tracer", "--tracer-file", "-o, --output", "--detail",
        "--check",     "-v, --verbose", "-h, --help",   "--version",     "Examples:"}) {
    EXPECT_THAT(help, HasSubstr(option));
  }
  for (const Column& field : all_columns()) {
    EXPECT_THAT(help, HasSubstr(std::string(field.name) + " "));
    EXPECT_THAT(help, HasSubstr(std::string(field.help)));
  }
  EXPECT_EQ(printed({"--help"}), help);
}

TEST(Help, FitsATerminal) {
  for (const std::string& line : split(printed({"-h"}), '\n')) EXPECT_LE(line.size(), 80u) << line;
}

TEST(Help, ComesBeforeTheWordsAreJudged) {
  EXPECT_THAT(printed({"-p", "banana", "-h"}), HasSubstr("usage:"));
}

// Every example of the help is a command line that works.
TEST(Help, ExamplesWork) {
  size_t examples = 0;
  for (const std::string& line : split(printed({"-h"}), '\n')) {
    if (!line.starts_with("  nettrace ")) continue;
    ++examples;
    std::vector<std::string> words = split(line.substr(2, line.find("  ", 2) - 2), ' ');
    Words argv;
    for (const std::string& word : words) argv.push_back(word.c_str());
    EXPECT_TRUE(parse_options(static_cast<int>(argv.size()), argv.data())) << line;
  }
  EXPECT_GE(examples, 3u);
}

TEST(Version, IsAskedForWhateverElseIs) {
  const char* const words[] = {"nettrace", "--version", "-p", "banana"};
  const auto parsed = parse_options(std::size(words), words);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->mode, Options::Mode::version);
}

TEST(TimeColumn, FormsHaveNames) {
  EXPECT_EQ(good({}).time, TimeForm::boot);
  EXPECT_EQ(good({"--time", "boot"}).time, TimeForm::boot);
  EXPECT_EQ(good({"--time", "local"}).time, TimeForm::local);
  EXPECT_EQ(good({"--time", "utc"}).time, TimeForm::utc);
  EXPECT_EQ(good({"--time", "delta"}).time, TimeForm::delta);
  EXPECT_THAT(bad({"--time", "detla"}), HasSubstr("did you mean delta?"));
  EXPECT_THAT(bad({"--time", "banana"}), HasSubstr("boot, local, utc, delta"));
}

}  // namespace
}  // namespace nettrace
