#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# Enters the root file system that this file is at the top of, on a host without docker: runs a shell
# in it, or the command given. The host's /proc, /sys, /dev and /run are there, in a mount namespace
# that ends with the shell: the host never sees a mount, and this folder can be deleted at any time.
# usage: ntenter.sh [COMMAND...]
#        ntenter.sh clean            fails while something still runs in there
set -eu
root=$(cd "$(dirname "$0")" && pwd -P)
busybox=$root/bin/busybox # whatever the host has

enter() {
	[ $# != 0 ] || set -- bash
	export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
	# shellcheck disable=SC2016 # the inner shell's variables
	exec "$busybox" unshare -m --propagation slave "$busybox" sh -euc '
		busybox=$1 root=$2
		shift 2
		for folder in proc sys dev run; do
			"$busybox" mount --rbind "/$folder" "$root/$folder"
		done
		exec "$busybox" chroot "$root" "$@"' sh "$busybox" "$root" "$@"
}

clean() {
	"$busybox" ls -l /proc/[0-9]*/root 2>/dev/null | while read -r line; do
		case $line in *" -> $root") ;; *) continue ;; esac
		process=${line##* /proc/} process=${process%%/*}
		echo "ntenter.sh: process $process still runs in $root: end it first" >&2
		exit 1
	done
}

[ "$("$busybox" id -u)" = 0 ] || {
	echo "ntenter.sh: only root can do this" >&2
	exit 1
}
case $* in
clean) clean ;;
clean\ * | -*)
	sed -n '6,7s/^# //p' "$0" >&2
	exit 2
	;;
*) enter "$@" ;;
esac
