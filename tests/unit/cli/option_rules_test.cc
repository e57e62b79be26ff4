// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The table of rules, held against the parser: each row gives its error, and there are no others.
#include "cli/option_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "cli/option_table.h"
#include "support/option_words.h"

namespace nettrace {
namespace {

using Strings = std::vector<std::string>;

const ValueUse* find_value_use(std::string_view name) {
  for (const ValueUse& use : value_uses()) {
    if (use.name == name) return &use;
  }
  return nullptr;
}

// A value that the option takes, and that agrees with those of all other options.
std::string example_value(const OptionRow& option) {
  static const std::map<std::string_view, std::string> values = {
      {"-p", "tcp"},          {"--tcp-flags", "S"}, {"--sport", "1"},         {"--dport", "2"},
      {"--port", "2"},        {"--netns", "."},     {"--pid", "1"},           {"--mark", "1"},
      {"--len", "84"},        {"-t", "ip"},         {"--stack-tracer", "ip"}, {"-o", "id"},
      {"--time", "utc"},      {"--color", "auto"},  {"--backend", "auto"},    {"--if", "eth0"},
      {"--buffer-size", "1m"}};
  if (const auto value = values.find(option.name()); value != values.end()) return value->second;
  if (option.value == "ADDRESS") return "10.0.0.1";
  if (option.value == "TIME") return "1s";
  return option.value == "FILE" ? "f" : "1";
}

Strings words_of(std::string_view use) {
  if (const ValueUse* some = find_value_use(use)) return some->example;
  const OptionRow* const option = find_option(use);
  if (option == nullptr) return {"no option is called " + std::string(use)};
  Strings words = {std::string(option->name())};
  if (!option->is_flag()) words.push_back(example_value(*option));
  return words;
}

Strings words_of(const std::vector<std::string_view>& uses) {
  Strings words;
  for (const std::string_view use : uses) {
    for (std::string& word : words_of(use)) words.push_back(std::move(word));
  }
  return words;
}

// --stack without -t is of all functions, about which there is another rule.
std::optional<Error> error_of(Strings words) {
  if (std::count(words.begin(), words.end(), "-t") == 0) words.insert(words.end(), {"-t", "ip"});
  Words argv;
  for (const std::string& word : words) argv.push_back(word.c_str());
  const auto options = parse(argv);
  return options ? std::nullopt : std::optional(options.error());
}

// The rule whose error it is; nullptr: none.
const OptionRule* rule_of(const Error& error) {
  for (const OptionRule& rule : option_rules()) {
    if (rule.relation == Relation::requires_any) {
      if (error.what == describe(rule, rule.others)) return &rule;
      continue;
    }
    for (const std::string_view& other : rule.others) {
      if (error.what == describe(rule, std::span(&other, 1))) return &rule;
    }
  }
  return nullptr;
}

// Adds the options that rules other than this one require, and returns the error that remains.
std::optional<Error> error_with_requirements(Strings& words, const OptionRule* rule) {
  for (;;) {
    auto error = error_of(words);
    const OptionRule* const broken = error ? rule_of(*error) : nullptr;
    if (broken == nullptr || broken == rule || broken->relation == Relation::excludes) return error;
    for (std::string& word : words_of(broken->others.front())) words.push_back(std::move(word));
  }
}

std::string joined(const Strings& words) {
  std::string text;
  for (const std::string& word : words) text += word + ' ';
  return text;
}

TEST(OptionRules, NameOptionsAndSayWhatToDo) {
  for (const OptionRule& rule : option_rules()) {
    for (const auto& names : {rule.uses, rule.others}) {
      EXPECT_FALSE(names.empty());
      for (const std::string_view name : names) {
        const OptionRow* const option = find_option(name);
        EXPECT_TRUE(find_value_use(name) != nullptr ||
                    (option != nullptr && option->name() == name))
            << name;
      }
    }
    EXPECT_FALSE(rule.remedy.empty()) << rule.uses.front();
  }
}

TEST(OptionRules, WhatIsExcludedIsAnErrorInEitherOrder) {
  for (const OptionRule& rule : option_rules()) {
    if (rule.relation != Relation::excludes) continue;
    for (const std::string_view& other : rule.others) {
      auto forwards = rule.uses, backwards = rule.uses;
      forwards.push_back(other);
      backwards.insert(backwards.begin(), other);
      for (const auto& uses : {forwards, backwards}) {
        Strings words = words_of(uses);
        const auto error = error_with_requirements(words, &rule);
        ASSERT_TRUE(error) << joined(words);
        EXPECT_EQ(error->what, describe(rule, std::span(&other, 1))) << joined(words);
        EXPECT_EQ(error->remedy, rule.remedy);
        EXPECT_EQ(error->failure, Failure::usage);
      }
    }
  }
}

TEST(OptionRules, WhatIsRequiredIsAnErrorWhereItLacksAndNoneWhereItIsThere) {
  for (const OptionRule& rule : option_rules()) {
    if (rule.relation != Relation::requires_any) continue;
    const auto error = error_of(words_of(rule.uses));
    ASSERT_TRUE(error) << joined(words_of(rule.uses));
    EXPECT_EQ(error->what, describe(rule, rule.others));
    EXPECT_EQ(error->remedy, rule.remedy);
    for (const std::string_view other : rule.others) {
      auto uses = rule.uses;
      uses.push_back(other);
      Strings words = words_of(uses);
      const auto still = error_with_requirements(words, &rule);
      EXPECT_FALSE(still) << joined(words) << (still ? still->what : "");
    }
  }
}

// Any other error that two options give together would be a rule outside of the table.
TEST(OptionRules, NoPairConflictsThatNoRuleNames) {
  const auto options = option_table();
  for (size_t i = 0; i < options.size(); ++i) {
    for (size_t j = i + 1; j < options.size(); ++j) {
      Strings words = words_of({options[i].name(), options[j].name()});
      const auto error = error_with_requirements(words, nullptr);
      if (!error) continue;
      EXPECT_NE(rule_of(*error), nullptr) << joined(words) << ": " << error->what;
    }
  }
}

TEST(OptionRules, DescribeThemselves) {
  const OptionRule excludes = {{"-a"}, Relation::excludes, {"-b", "-c", "-d"}, "", "leave it out"};
  EXPECT_EQ(describe(excludes, excludes.others), "-a cannot be combined with -b, -c or -d");
  const OptionRule requires_any = {{"-a", "-b"}, Relation::requires_any, {"-c"}, "why", "add -c"};
  EXPECT_EQ(describe(requires_any, requires_any.others), "-a with -b requires -c: why");
}

TEST(OptionRules, AreAboutSomeValuesOnly) {
  EXPECT_TRUE(good({"-w", "f", "-o", "caller"}).shows_callers());
  EXPECT_THAT(bad({"-w", "f", "-o", "caller,netns"}), testing::HasSubstr("-w cannot be combined"));
  EXPECT_THAT(bad({"-w", "-", "-C", "2"}), testing::HasSubstr("standard output"));
  EXPECT_EQ(good({"-w", "f", "-C", "2"}).write_file, "f");
  EXPECT_THAT(bad({"-r", "f", "-t", "?"}), testing::HasSubstr("-t '?'"));
}

}  // namespace
}  // namespace nettrace
