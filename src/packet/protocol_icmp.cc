// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// ICMP (RFC 792, RFC 1122, RFC 1812): its types and codes, in the words of ping and tcpdump.
#include <linux/icmp.h>

#include "packet/icmp_message.h"
#include "packet/protocols.h"

namespace nettrace {
namespace {

constexpr std::string_view icmp_unreachable_codes[] = {
    "net unreachable",
    "host unreachable",
    "protocol unreachable",
    "port unreachable",
    "frag needed",
    "source route failed",
    "net unknown",
    "host unknown",
    "source isolated",
    "net prohibited",
    "host prohibited",
    "net unreachable for tos",
    "host unreachable for tos",
    "admin prohibited",
    "precedence violation",
    "precedence cutoff",
};
constexpr std::string_view icmp_redirect_codes[] = {"for net", "for host", "for tos and net",
                                                    "for tos and host"};
constexpr std::string_view icmp_time_codes[] = {"ttl exceeded", "reassembly timeout"};
constexpr std::string_view icmp_parameter_codes[] = {"bad field", "missing option", "bad length"};

constexpr IcmpType icmp_types[] = {
    {ICMP_ECHOREPLY, true, "ping reply"},
    {ICMP_DEST_UNREACH, false, "dest unreachable", icmp_unreachable_codes},
    {ICMP_SOURCE_QUENCH, false, "source quench"},
    {ICMP_REDIRECT, false, "redirect", icmp_redirect_codes},
    {ICMP_ECHO, true, "ping request"},
    {9, false, "router advertisement"},
    {10, false, "router solicitation"},
    {ICMP_TIME_EXCEEDED, false, "time exceeded", icmp_time_codes},
    {ICMP_PARAMETERPROB, false, "parameter problem", icmp_parameter_codes},
    {ICMP_TIMESTAMP, false, "timestamp request"},
    {ICMP_TIMESTAMPREPLY, false, "timestamp reply"},
    {ICMP_INFO_REQUEST, false, "information request"},
    {ICMP_INFO_REPLY, false, "information reply"},
    {ICMP_ADDRESS, false, "address mask request"},
    {ICMP_ADDRESSREPLY, false, "address mask reply"},
    {ICMP_EXT_ECHO, false, "extended echo request"},
    {ICMP_EXT_ECHOREPLY, false, "extended echo reply"},
};

}  // namespace

void parse_icmp(Bytes header, Packet& packet) { parse_icmp_message(icmp_types, header, packet); }

char* put_icmp(const Packet& packet, char* to) { return put_icmp_message(icmp_types, packet, to); }

}  // namespace nettrace
