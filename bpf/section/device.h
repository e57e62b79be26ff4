/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* skb->dev. */
#ifndef NETTRACE_BPF_SECTION_DEVICE_H
#define NETTRACE_BPF_SECTION_DEVICE_H

#include "match/metadata.h"
#include "section/hit.h"

static __always_inline void fill_device(const struct hit *hit, struct nt_device *to)
{
	struct net_device *dev = device_of(hit->layers->skb);

	*to = (struct nt_device){};
	to->ifindex = dev ? READ(dev, ifindex) : 0;
	if (to->ifindex)
		bpf_core_read(to->name, sizeof(to->name), &dev->name);
}

#endif
