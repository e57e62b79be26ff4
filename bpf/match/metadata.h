/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the kernel keeps beside a packet: its device, network namespace, mark, length, and the
 * process that the CPU runs. A load or a few of each tell, before any header is looked at. */
#ifndef NETTRACE_BPF_MATCH_METADATA_H
#define NETTRACE_BPF_MATCH_METADATA_H

#include "constants.h"
#include "kernel.h"

static __always_inline struct net_device *device_of(struct sk_buff *skb)
{
	return KERNEL_OBJECT(net_device, READ(skb, dev));
}

/* No namespace has a smaller inode number (PROC_DYNAMIC_FIRST, and the few fixed ones below it). */
#define MIN_INODE 0xeffffff0

static __always_inline __u32 inode_of(struct net *address)
{
	struct net *net = KERNEL_OBJECT(net, address);

	return net ? READ(net, ns.inum) : 0;
}

/* Inode number of the device's network namespace, else of the socket's; 0: there is neither. In
 * queues that are trees, skb->dev is no device, and what is read through it no inode number. */
static __always_inline __u32 netns_of(struct sk_buff *skb)
{
	struct net_device *dev = device_of(skb);
	__u32 inode = dev ? inode_of(READ(dev, nd_net.net)) : 0;
	struct sock *sk;

	if (inode >= MIN_INODE)
		return inode;
	sk = KERNEL_OBJECT(sock, READ(skb, sk));
	return sk ? inode_of(READ(sk, __sk_common.skc_net.net)) : 0;
}

static __always_inline bool device_name_matches(struct net_device *dev)
{
	const __u64 *words = (const __u64 *)&dev->name;
	__u64 name[2] = {};

	if (bpf_rdonly_cast) {
		name[0] = words[0];
		name[1] = words[1];
	} else {
		bpf_core_read(name, sizeof(name), &dev->name);
	}
	return (name[0] & config.device.mask[0]) == config.device.name[0] &&
	       (name[1] & config.device.mask[1]) == config.device.name[1];
}

static __always_inline bool metadata_matches(struct sk_buff *skb)
{
	if (config.mark_mask && (READ(skb, mark) & config.mark_mask) != config.mark)
		return false;
	if (config.has_len && (READ(skb, len) < config.min_len || READ(skb, len) > config.max_len))
		return false;
	if (config.has_pid && bpf_get_current_pid_tgid() >> 32 != config.pid)
		return false;
	if (config.netns && netns_of(skb) != config.netns)
		return false;
	if (config.device.mask[0]) {
		struct net_device *dev = device_of(skb);

		return dev && device_name_matches(dev);
	}
	return true;
}

#endif
