/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* skb->mark. */
#ifndef NETTRACE_BPF_SECTION_MARK_H
#define NETTRACE_BPF_SECTION_MARK_H

#include "section/hit.h"

static __always_inline void fill_mark(const struct hit *hit, struct nt_mark *to)
{
	/* By itself: READ() would take the way to it for fields of the kernel's, too. */
	struct sk_buff *skb = hit->layers->skb;

	to->value = READ(skb, mark);
	to->pad = 0;
}

#endif
