// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Containers by their processes' cgroups, as the engines write them.
#include "host/container.h"

#include <gtest/gtest.h>

#include <string>

namespace nettrace {
namespace {

const std::string id = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

TEST(Container, IsFoundInTheCgroupOfEachEngine) {
  const std::string paths[] = {
      "0::/system.slice/docker-" + id + ".scope",
      "12:pids:/docker/" + id + "\n11:cpu:/docker/" + id,
      "0::/machine.slice/libpod-" + id + ".scope/container",
      "0::/kubepods.slice/kubepods-pod6f2a.slice/cri-containerd-" + id + ".scope",
      "0::/kubepods/burstable/pod0af03c5e-8f0e-4a55-8e5a-d2c0ffee0000/" + id,
      "0::/kubepods.slice/crio-" + id + ".scope",
  };
  for (const std::string& path : paths)
    EXPECT_EQ(container_of(path + "\n"), "0123456789ab") << path;
}

TEST(Container, OfOneInAnotherIsTheInnermost) {
  EXPECT_EQ(container_of("0::/docker/" + std::string(64, 'f') + "/docker/" + id), "0123456789ab");
}

TEST(Container, IsNotWhatOnlyLooksLikeOne) {
  for (const std::string& path :
       {std::string(), std::string("0::/"), std::string("0::/user.slice/session-3.scope"),
        "0::/docker/" + id + "0", "0::/docker/" + id.substr(1)}) {
    EXPECT_EQ(container_of(path), "") << path;
  }
}

TEST(Container, IdentifiersAreShortOrLonger) {
  EXPECT_TRUE(is_container_id("0123456789ab"));
  EXPECT_TRUE(is_container_id(id));
  for (const std::string& word : {id + "0", id.substr(0, 11), std::string("left-0123456789")}) {
    EXPECT_FALSE(is_container_id(word)) << word;
  }
}

}  // namespace
}  // namespace nettrace
