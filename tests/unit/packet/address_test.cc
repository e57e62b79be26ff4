// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Addresses and prefixes as people write them.
#include "packet/address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nettrace {
namespace {

using testing::HasSubstr;

std::string round_trip(std::string_view text) {
  const auto prefix = parse_prefix(text);
  return prefix ? to_string(*prefix) : "error: " + prefix.error().what;
}

TEST(Prefix, ReadsAddresses) {
  EXPECT_EQ(round_trip("10.35.13.63"), "10.35.13.63");
  EXPECT_EQ(round_trip("fe80::1"), "fe80::1");
  EXPECT_EQ(round_trip("2001:DB8:0:0:0:0:0:1"), "2001:db8::1");
  EXPECT_EQ(round_trip("::"), "::");
  EXPECT_EQ(round_trip("::ffff:10.0.0.1"), "::ffff:10.0.0.1");
}

TEST(Prefix, AnAddressIsAPrefixOfAllItsBits) {
  EXPECT_EQ(*parse_prefix("10.0.0.1"), *parse_prefix("10.0.0.1/32"));
  EXPECT_EQ(*parse_prefix("fe80::1"), *parse_prefix("fe80::1/128"));
  EXPECT_EQ(parse_prefix("10.0.0.1")->address.family, Address::Family::ipv4);
  EXPECT_EQ(parse_prefix("fe80::1")->address.family, Address::Family::ipv6);
}

TEST(Prefix, ClearsHostBits) {
  EXPECT_EQ(round_trip("10.1.2.3/8"), "10.0.0.0/8");
  EXPECT_EQ(round_trip("10.255.2.3/12"), "10.240.0.0/12");
  EXPECT_EQ(round_trip("255.255.255.255/0"), "0.0.0.0/0");
  EXPECT_EQ(round_trip("fe80:ffff::1/10"), "fe80::/10");
  EXPECT_EQ(round_trip("ffff:ffff:ffff:ffff:ffff::/65"), "ffff:ffff:ffff:ffff:8000::/65");
  EXPECT_EQ(round_trip("::1/0"), "::/0");
}

TEST(Prefix, RefusesWhatIsNoAddress) {
  for (const std::string_view text :
       {"10.0.0.300", "10.0.0", "", "/8", "localhost", "10.0.0.1:80", "fe80::1::", "[::1]", "-1",
        " 10.0.0.1", "10.0.0.1 ", "0x0a.0.0.1", "%eth0", "fe8g::%eth0"}) {
    const auto prefix = parse_prefix(text);
    ASSERT_FALSE(prefix) << text;
    EXPECT_THAT(prefix.error().what, HasSubstr("is not an IPv4 or IPv6 address")) << text;
    EXPECT_THAT(prefix.error().what, HasSubstr("'" + std::string(text) + "'"));
    EXPECT_EQ(prefix.error().failure, Failure::usage);
    EXPECT_NE(prefix.error().remedy, "");
  }
  EXPECT_FALSE(parse_prefix(std::string_view("10.0.0.1\0x", 10)));
}

TEST(Prefix, RefusesLengthsThatTheFamilyDoesNotHave) {
  for (const std::string_view text :
       {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.0/+8",
        "10.0.0.0/ 8", "10.0.0.0/255.0.0.0", "10.0.0.0/99999999999999999999"}) {
    const auto prefix = parse_prefix(text);
    ASSERT_FALSE(prefix) << text;
    EXPECT_THAT(prefix.error().what, HasSubstr("is not a prefix length"));
    EXPECT_THAT(prefix.error().remedy, HasSubstr("0 to 32 bits"));
  }
  EXPECT_THAT(parse_prefix("fe80::/129").error().remedy, HasSubstr("0 to 128 bits"));
}

TEST(Prefix, SaysThatAnInterfaceIsNoPartOfAPacket) {
  const auto prefix = parse_prefix("fe80::1%eth0");
  ASSERT_FALSE(prefix);
  EXPECT_THAT(prefix.error().what, HasSubstr("names an interface"));
  EXPECT_THAT(prefix.error().remedy, HasSubstr("'%eth0'"));
}

TEST(Address, IsMadeFromBytes) {
  const std::array<uint8_t, 4> four = {10, 0, 0, 1};
  std::array<uint8_t, 16> sixteen{};
  sixteen[0] = 0xfe;
  sixteen[1] = 0x80;
  sixteen[15] = 1;
  EXPECT_EQ(Address::ipv4(four), parse_prefix("10.0.0.1")->address);
  EXPECT_EQ(Address::ipv6(sixteen), parse_prefix("fe80::1")->address);
  EXPECT_EQ(to_string(Address{}), "");
}

TEST(Mask, HasAOneForEachBitOfThePrefix) {
  using Bytes = std::array<uint8_t, 16>;
  EXPECT_EQ(mask(*parse_prefix("10.0.0.0/12")), (Bytes{0xff, 0xf0}));
  EXPECT_EQ(mask(*parse_prefix("10.0.0.1")), (Bytes{0xff, 0xff, 0xff, 0xff}));
  EXPECT_EQ(mask(*parse_prefix("0.0.0.0/0")), Bytes{});
  Bytes all;
  all.fill(0xff);
  EXPECT_EQ(mask(*parse_prefix("::1")), all);
}

TEST(Overlap, IsWhereOnePrefixHoldsTheOther) {
  const auto both = [](std::string_view a, std::string_view b) {
    EXPECT_EQ(overlap(*parse_prefix(a), *parse_prefix(b)),
              overlap(*parse_prefix(b), *parse_prefix(a)));
    return overlap(*parse_prefix(a), *parse_prefix(b));
  };
  EXPECT_TRUE(both("10.0.0.0/8", "10.1.2.3"));
  EXPECT_TRUE(both("10.1.2.3", "10.1.2.3"));
  EXPECT_TRUE(both("0.0.0.0/0", "192.168.0.0/16"));
  EXPECT_TRUE(both("fe80::/10", "fe80::1"));
  EXPECT_FALSE(both("10.0.0.0/9", "10.128.0.0/9"));
  EXPECT_FALSE(both("10.0.0.1", "10.0.0.2"));
  EXPECT_FALSE(both("0.0.0.0/0", "::/0"));
}

}  // namespace
}  // namespace nettrace
