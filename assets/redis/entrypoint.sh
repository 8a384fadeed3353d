#!/bin/bash
# Redis takes its password from its configuration or from arguments, and arguments show in the host's process list. So this writes a
# small configuration file into the container's memory and then becomes Redis.
set -euo pipefail

secret=/run/secrets/redis_password
if [[ ! -r $secret ]] || ! password=$(<"$secret") || [[ -z $password ]]; then
  echo "entrypoint: $secret is missing, empty or not readable for uid $(id -u); it holds the password of Redis" >&2
  exit 1
fi
if [[ ! $MEMORY_LIMIT =~ ^[1-9][0-9]*[MG]$ ]]; then
  echo "entrypoint: MEMORY_LIMIT has to be an amount such as 512M or 2G, not '$MEMORY_LIMIT'" >&2
  exit 1
fi
megabytes=${MEMORY_LIMIT%[MG]}
[[ $MEMORY_LIMIT != *G ]] || megabytes=$((megabytes * 1024))

umask 077
{
  printf 'requirepass %s\n' "$password"
  # What a replica tells its master.
  printf 'masterauth %s\n' "$password"
  # Data get three fifths of the container's memory. The rest is for clients' buffers, for replication, and for what changes while a copy
  # of the process rewrites the file on disk. Beyond its limit the kernel kills the container.
  printf 'maxmemory %smb\n' "$((megabytes * 3 / 5))"
} >/run/redis/start.conf

# The image's own entrypoint loads the modules that the image brings.
exec docker-entrypoint.sh redis-server "$@"
