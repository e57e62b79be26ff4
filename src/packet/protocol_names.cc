// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The kernel's names (linux/if_ether.h, linux/in.h, linux/in6.h) and those of /etc/protocols and
// of everyday use. Sorted by number; the name to show comes first.
#include "packet/protocol_names.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace nettrace {
namespace {

// Numbers below 0x600 are no ethertypes but what the kernel puts in their place (skb->protocol).
constexpr auto l3_table = std::to_array<ProtocolName>({
    {"802.3", 0x0001},    {"ax25", 0x0002},      {"802.2", 0x0004},     {"llc", 0x0004},
    {"snap", 0x0005},     {"can", 0x000c},       {"canfd", 0x000d},     {"canxl", 0x000e},
    {"hdlc", 0x0019},     {"dsa", 0x001b},       {"loop", 0x0060},      {"phonet", 0x00f5},
    {"802.15.4", 0x00f6}, {"caif", 0x00f7},      {"xdsa", 0x00f8},      {"map", 0x00f9},
    {"mctp", 0x00fa},     {"pup", 0x0200},       {"pupat", 0x0201},     {"ip", 0x0800},
    {"ipv4", 0x0800},     {"x25", 0x0805},       {"arp", 0x0806},       {"bpq", 0x08ff},
    {"ieeepup", 0x0a00},  {"ieeepupat", 0x0a01}, {"erspan2", 0x22eb},   {"tsn", 0x22f0},
    {"batman", 0x4305},   {"dec", 0x6000},       {"dna_dl", 0x6001},    {"dna_rc", 0x6002},
    {"dna_rt", 0x6003},   {"lat", 0x6004},       {"diag", 0x6005},      {"cust", 0x6006},
    {"sca", 0x6007},      {"teb", 0x6558},       {"rarp", 0x8035},      {"atalk", 0x809b},
    {"aarp", 0x80f3},     {"802.1q", 0x8100},    {"8021q", 0x8100},     {"vlan", 0x8100},
    {"ipx", 0x8137},      {"ipv6", 0x86dd},      {"ip6", 0x86dd},       {"pause", 0x8808},
    {"slow", 0x8809},     {"lacp", 0x8809},      {"wccp", 0x883e},      {"mpls", 0x8847},
    {"mpls_uc", 0x8847},  {"mpls_mc", 0x8848},   {"atmmpoa", 0x884c},   {"ppp_disc", 0x8863},
    {"pppoe", 0x8864},    {"ppp_ses", 0x8864},   {"link_ctl", 0x886c},  {"atmfate", 0x8884},
    {"pae", 0x888e},      {"eapol", 0x888e},     {"profinet", 0x8892},  {"realtek", 0x8899},
    {"aoe", 0x88a2},      {"ethercat", 0x88a4},  {"802.1ad", 0x88a8},   {"8021ad", 0x88a8},
    {"qinq", 0x88a8},     {"802_ex1", 0x88b5},   {"erspan", 0x88be},    {"preauth", 0x88c7},
    {"tipc", 0x88ca},     {"lldp", 0x88cc},      {"mrp", 0x88e3},       {"macsec", 0x88e5},
    {"ptp", 0x88f7},      {"ncsi", 0x88f8},      {"prp", 0x88fb},       {"cfm", 0x8902},
    {"fcoe", 0x8906},     {"tdls", 0x890d},      {"fip", 0x8914},       {"iboe", 0x8915},
    {"roce", 0x8915},     {"802.21", 0x8917},    {"hsr", 0x892f},       {"nsh", 0x894f},
    {"loopback", 0x9000}, {"qinq1", 0x9100},     {"qinq2", 0x9200},     {"qinq3", 0x9300},
    {"edsa", 0xdada},     {"dsa_8021q", 0xdadb}, {"dsa_a5psw", 0xe001}, {"ife", 0xed3e},
    {"af_iucv", 0xfbfb},
});

constexpr auto l4_table = std::to_array<ProtocolName>({
    {"hopopt", 0},     {"icmp", 1},         {"igmp", 2},
    {"ggp", 3},        {"ipip", 4},         {"ipencap", 4},
    {"st", 5},         {"tcp", 6},          {"egp", 8},
    {"igp", 9},        {"pup", 12},         {"udp", 17},
    {"hmp", 20},       {"idp", 22},         {"xns-idp", 22},
    {"rdp", 27},       {"tp", 29},          {"iso-tp4", 29},
    {"dccp", 33},      {"xtp", 36},         {"ddp", 37},
    {"idpr-cmtp", 38}, {"ipv6", 41},        {"ipv6-route", 43},
    {"ipv6-frag", 44}, {"idrp", 45},        {"rsvp", 46},
    {"gre", 47},       {"esp", 50},         {"ah", 51},
    {"skip", 57},      {"icmpv6", 58},      {"ipv6-icmp", 58},
    {"icmp6", 58},     {"ipv6-nonxt", 59},  {"ipv6-opts", 60},
    {"rspf", 73},      {"vmtp", 81},        {"eigrp", 88},
    {"ospf", 89},      {"mtp", 92},         {"ax.25", 93},
    {"beetph", 94},    {"etherip", 97},     {"encap", 98},
    {"pim", 103},      {"ipcomp", 108},     {"comp", 108},
    {"vrrp", 112},     {"l2tp", 115},       {"isis", 124},
    {"sctp", 132},     {"fc", 133},         {"mobility-header", 135},
    {"mh", 135},       {"udplite", 136},    {"udp-lite", 136},
    {"mpls", 137},     {"mpls-in-ip", 137}, {"manet", 138},
    {"hip", 139},      {"shim6", 140},      {"wesp", 141},
    {"rohc", 142},     {"ethernet", 143},   {"raw", 255},
});

constexpr bool by_number(const ProtocolName& a, const ProtocolName& b) {
  return a.number < b.number;
}
static_assert(std::is_sorted(l3_table.begin(), l3_table.end(), by_number));
static_assert(std::is_sorted(l4_table.begin(), l4_table.end(), by_number));
static_assert(l4_table.back().number <= 255);

using Label = std::array<char, 16>;

// The names of a table in upper case, row by row.
template <size_t rows>
constexpr std::array<Label, rows> labels_of(const std::array<ProtocolName, rows>& table) {
  std::array<Label, rows> labels{};
  for (size_t row = 0; row < rows; ++row) {
    for (size_t i = 0; i < table[row].name.size(); ++i) {
      const char c = table[row].name[i];
      labels[row][i] = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
  }
  return labels;
}
constexpr auto l3_labels = labels_of(l3_table);
constexpr auto l4_labels = labels_of(l4_table);

std::optional<uint16_t> number_of(std::span<const ProtocolName> table, std::string_view name) {
  const std::string lower = lower_case(name);
  const auto row = std::find_if(table.begin(), table.end(), [&](const ProtocolName& candidate) {
    return candidate.name == lower;
  });
  if (row == table.end()) return std::nullopt;
  return row->number;
}

std::string_view label_of(std::span<const ProtocolName> table, std::span<const Label> labels,
                          uint16_t number) {
  const auto row =
      std::lower_bound(table.begin(), table.end(), ProtocolName{"", number}, by_number);
  if (row == table.end() || row->number != number) return {};
  return {labels[static_cast<size_t>(row - table.begin())].data(), row->name.size()};
}

}  // namespace

std::span<const ProtocolName> ethertypes() { return l3_table; }
std::span<const ProtocolName> l4_protocols() { return l4_table; }

std::optional<uint16_t> ethertype_by_name(std::string_view name) {
  return number_of(l3_table, name);
}

std::optional<uint8_t> l4_proto_by_name(std::string_view name) {
  const auto number = number_of(l4_table, name);
  if (!number) return std::nullopt;
  return static_cast<uint8_t>(*number);
}

std::string_view ethertype_name(uint16_t ethertype) {
  return label_of(l3_table, l3_labels, ethertype);
}

std::string_view l4_proto_name(uint8_t l4_proto) { return label_of(l4_table, l4_labels, l4_proto); }

}  // namespace nettrace
