/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The process that the CPU runs. */
#ifndef NETTRACE_BPF_SECTION_TASK_H
#define NETTRACE_BPF_SECTION_TASK_H

#include "section/hit.h"

static __always_inline void fill_task(const struct hit *hit, struct nt_task *to)
{
	(void)hit;
	to->pid = bpf_get_current_pid_tgid() >> 32;
	to->pad = 0;
	bpf_get_current_comm(to->comm, sizeof(to->comm));
}

#endif
