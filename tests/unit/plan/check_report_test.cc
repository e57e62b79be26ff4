// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "plan/check_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace nettrace {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

Features everything() {
  Features features;
  features.btf = true;
  features.kprobes = true;
  features.kprobe_multi = true;
  features.cookies = true;
  features.tracefs = true;
  features.symbols = true;
  features.lockdown = Lockdown::none;
  features.release = "6.1.0-18-amd64";
  return features;
}

// What an ordinary user sees of a machine that has everything.
Features without_root() {
  Features features = everything();
  features.kprobe_multi = false;
  features.tracefs = false;
  features.probing_denied = true;
  features.missing_capabilities = {"CAP_BPF", "CAP_PERFMON"};
  return features;
}

std::string obstacle(const Features& features) {
  const auto error = first_obstacle(features);
  if (!error) return "";
  EXPECT_EQ(error->failure, Failure::cannot_trace);
  return error->what + " (" + error->remedy + ")";
}

TEST(Check, AMachineThatHasEverything) {
  EXPECT_EQ(check_report(everything()),
            "kernel        6.1.0-18-amd64\n"
            "privileges    ok\n"
            "lockdown      ok\n"
            "BTF           ok\n"
            "kprobes       ok\n"
            "fprobe        ok\n"
            "cookies       ok\n"
            "tracefs       ok\n"
            "symbols       ok\n");
  EXPECT_EQ(obstacle(everything()), "");
}

// Without them, nothing else that could be said is true.
TEST(Check, AsksForProcAndSysFirst) {
  Features features = without_root();
  features.unmounted = {"/proc", "/sys"};
  EXPECT_THAT(obstacle(features), StartsWith("not mounted here: /proc, /sys (mount -t proc"));
  EXPECT_THAT(check_report(features), Not(HasSubstr("privileges")));
}

TEST(Check, NamesTheMissingCapabilities) {
  const std::string report = check_report(without_root());
  EXPECT_THAT(report, HasSubstr("privileges    missing: lacking CAP_BPF and CAP_PERFMON (run it as "
                                "root"));
  EXPECT_THAT(obstacle(without_root()), HasSubstr("lacking CAP_BPF and CAP_PERFMON"));
}

TEST(Check, WhatOnlyRootCanAskIsUnknown) {
  const std::string report = check_report(without_root());
  EXPECT_THAT(report, HasSubstr("fprobe        unknown: "));
  EXPECT_THAT(report, HasSubstr("tracefs       unknown: "));
  EXPECT_THAT(report, HasSubstr("BTF           ok\n"));
  EXPECT_THAT(report, HasSubstr("cookies       ok\n"));
}

TEST(Check, RootIsNotSentToRoot) {
  Features features = without_root();
  features.missing_capabilities.clear();
  features.lockdown = Lockdown::confidentiality;
  const std::string report = check_report(features);
  EXPECT_THAT(report, HasSubstr("fprobe        unknown: nobody can try it (the kernel's lockdown"));
  EXPECT_THAT(report, Not(HasSubstr("as root")));
}

TEST(Check, RootsAnswersAreDefinite) {
  Features features = everything();
  features.kprobe_multi = false;
  features.cookies = false;
  features.tracefs = false;
  const std::string report = check_report(features);
  EXPECT_THAT(report, HasSubstr("fprobe        missing: "));
  EXPECT_THAT(report, HasSubstr("cookies       missing: "));
  EXPECT_THAT(report, HasSubstr("tracefs       missing: "));
  EXPECT_THAT(report, HasSubstr("mount -t tracefs"));
}

TEST(Check, WhatNettraceCanDoWithoutIsNoObstacle) {
  Features features = everything();
  features.kprobe_multi = false;
  features.cookies = false;
  features.tracefs = false;
  features.lockdown = Lockdown::unknown;
  EXPECT_EQ(obstacle(features), "");
}

TEST(Check, IntegrityIsFineAndConfidentialityIsNot) {
  Features features = everything();
  features.lockdown = Lockdown::integrity;
  EXPECT_THAT(check_report(features), HasSubstr("lockdown      ok\n"));
  EXPECT_EQ(obstacle(features), "");
  features.lockdown = Lockdown::confidentiality;
  EXPECT_THAT(check_report(features), HasSubstr("lockdown      missing: "));
  EXPECT_THAT(obstacle(features), HasSubstr("locked down to confidentiality"));
}

TEST(Check, EachNeedIsAnObstacleWithItsRemedy) {
  Features features = everything();
  features.symbols = false;
  EXPECT_THAT(obstacle(features), HasSubstr("/proc/kallsyms cannot be read (mount /proc"));
  features.btf = false;
  EXPECT_THAT(obstacle(features), HasSubstr("CONFIG_DEBUG_INFO_BTF"));
}

TEST(Check, WhatCannotBeHelpedPointsAtTheDemo) {
  const char* demo = "or trace a throw-away VM, as scripts/demo of the sources does";
  Features features = everything();
  features.btf = false;
  EXPECT_THAT(obstacle(features), HasSubstr(demo));
  features.lockdown = Lockdown::confidentiality;
  EXPECT_THAT(obstacle(features), HasSubstr(demo));
  EXPECT_THAT(obstacle(without_root()), Not(HasSubstr(demo)));
}

TEST(Check, WithoutKprobesTheRestIsTraced) {
  Features features = everything();
  features.kprobes = features.kprobe_multi = false;
  EXPECT_EQ(obstacle(features), "");
  EXPECT_THAT(check_report(features), HasSubstr("kprobes       missing: the kernel has no kprobes "
                                                "(only tracepoints can be traced, such as -t "
                                                "life; for functions boot a kernel built with "
                                                "CONFIG_KPROBE_EVENTS, or trace a throw-away VM"));
  EXPECT_TRUE(functions_obstacle(features));
  features.fentry = true;
  EXPECT_THAT(check_report(features), HasSubstr("kprobes       missing: the kernel has no kprobes "
                                                "(functions that BTF describes are traced by "
                                                "fentry)"));
  EXPECT_FALSE(functions_obstacle(features));
}

TEST(Check, EveryRequirementIsOneLine) {
  Features features;
  features.probing_denied = true;
  const std::string report = check_report(features);
  EXPECT_EQ(std::count(report.begin(), report.end(), '\n'), 9);
}

}  // namespace
}  // namespace nettrace
