/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The network namespace. */
#ifndef NETTRACE_BPF_SECTION_NETNS_H
#define NETTRACE_BPF_SECTION_NETNS_H

#include "match/metadata.h"
#include "section/hit.h"

static __always_inline void fill_netns(const struct hit *hit, struct nt_netns *to)
{
	to->inode = netns_of(hit->layers->skb);
	to->pad = 0;
}

#endif
