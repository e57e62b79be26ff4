/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What both halves know of tunnels' headers. */
#ifndef NETTRACE_TUNNEL_H
#define NETTRACE_TUNNEL_H

#define NT_MAX_VLAN_TAGS 2 /* of a frame; what is behind more is not found */
#define NT_MAX_TUNNELS 2   /* one in another; what is deeper stays inside */

/* UDP destination ports: IANA's, and the one that Linux had before (drivers/net/vxlan). */
#define NT_IS_VXLAN_PORT(port) ((port) == 4789 || (port) == 8472)
#define NT_VXLAN_BYTES 8
#define NT_GENEVE_PORT 6081
/* Of its header, whose first two bytes are given: version and length of the options, in words of
 * 4 bytes; flags. */
#define NT_GENEVE_BYTES(word) (8 + ((word) >> 8 & 0x3f) * 4)

/* GRE's first two bytes: which fields it has, and its version. One with routing or a version of
 * its own (PPTP) is not looked into. */
#define NT_GRE_UNKNOWN 0x4007
#define NT_GRE_BYTES(flags)                                                                        \
	(4 + ((flags)&0x8000 ? 4 : 0) + ((flags)&0x2000 ? 4 : 0) + ((flags)&0x1000 ? 4 : 0))

#endif
