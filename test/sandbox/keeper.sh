#!/bin/sh
# Cleans up after a sandbox, however its starter ends: standard input is a pipe that the starter holds open.
# usage: keeper.sh DIRECTORY CGROUP COMMAND...   (COMMAND is unshare; it stays in the new network namespace)
directory=$1 cgroup=$2
shift 2

# Should this script be killed, the kernel kills unshare, and unshare its child: process 1 of the namespace, so all of it.
setpriv --pdeathsig KILL "$@" </dev/null &
space=$!
echo "$space"
cat >/dev/null

# Process 1 first: unshare ends only when nothing is left in the namespace.
read -r init _ 2>/dev/null <"/proc/$space/task/$space/children"
kill -TERM "${init:-$space}" 2>/dev/null
wait "$space" 2>/dev/null
for group in /sys/fs/cgroup/"$cgroup" /sys/fs/cgroup/*/"$cgroup"; do
	[ -d "$group" ] && find "$group" -depth -type d -exec rmdir '{}' ';'
done
rm -rf "$directory"
