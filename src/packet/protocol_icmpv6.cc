// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// ICMPv6 (RFC 4443) with neighbour discovery (RFC 4861) and multicast listeners (RFC 3810): types
// and codes in the words of ping and tcpdump.
#include <linux/icmpv6.h>

#include "packet/icmp_message.h"
#include "packet/protocols.h"

namespace nettrace {
namespace {

constexpr std::string_view icmpv6_unreachable_codes[] = {
    "no route",         "admin prohibited", "beyond scope", "address unreachable",
    "port unreachable", "policy failed",    "reject route",
};
constexpr std::string_view icmpv6_time_codes[] = {"hop limit exceeded", "reassembly timeout"};
constexpr std::string_view icmpv6_parameter_codes[] = {"bad field", "unknown next header",
                                                       "unknown option"};

constexpr IcmpType icmpv6_types[] = {
    {ICMPV6_DEST_UNREACH, false, "dest unreachable", icmpv6_unreachable_codes},
    {ICMPV6_PKT_TOOBIG, false, "packet too big"},
    {ICMPV6_TIME_EXCEED, false, "time exceeded", icmpv6_time_codes},
    {ICMPV6_PARAMPROB, false, "parameter problem", icmpv6_parameter_codes},
    {ICMPV6_ECHO_REQUEST, true, "ping request"},
    {ICMPV6_ECHO_REPLY, true, "ping reply"},
    {ICMPV6_MGM_QUERY, false, "multicast listener query"},
    {ICMPV6_MGM_REPORT, false, "multicast listener report"},
    {ICMPV6_MGM_REDUCTION, false, "multicast listener done"},
    {133, false, "router solicitation"},
    {134, false, "router advertisement"},
    {135, false, "neighbor solicitation"},
    {136, false, "neighbor advertisement"},
    {137, false, "redirect"},
    {ICMPV6_NI_QUERY, false, "node information query"},
    {ICMPV6_NI_REPLY, false, "node information reply"},
    {ICMPV6_MLD2_REPORT, false, "multicast listener report v2"},
    {ICMPV6_DHAAD_REQUEST, false, "home agent request"},
    {ICMPV6_DHAAD_REPLY, false, "home agent reply"},
    {ICMPV6_MOBILE_PREFIX_SOL, false, "mobile prefix solicitation"},
    {ICMPV6_MOBILE_PREFIX_ADV, false, "mobile prefix advertisement"},
    {ICMPV6_MRDISC_ADV, false, "multicast router advertisement"},
};

}  // namespace

void parse_icmpv6(Bytes header, Packet& packet) {
  parse_icmp_message(icmpv6_types, header, packet);
}

char* put_icmpv6(const Packet& packet, char* to) {
  return put_icmp_message(icmpv6_types, packet, to);
}

}  // namespace nettrace
