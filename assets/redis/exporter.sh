#!/bin/sh
# The exporter takes passwords by address, from a file of its own format. It would also take one for every address that it is asked for,
# but then anybody who reaches it could have the password sent to an address of their own.
set -eu

secret=/run/secrets/redis_password
password=$(cat "$secret") || password=
if [ -z "$password" ]; then
  echo "exporter: $secret is missing, empty or not readable for uid $(id -u); it holds the password of Redis" >&2
  exit 1
fi

umask 077
separator='{'
# One instance, or the nodes of a cluster.
for node in redis redis-1 redis-2 redis-3 redis-4 redis-5 redis-6; do
  printf '%s"redis://%s:6379": "%s"' "$separator" "$node" "$password"
  separator=', '
done >/run/exporter/passwords.json
printf '}\n' >>/run/exporter/passwords.json

REDIS_PASSWORD_FILE=/run/exporter/passwords.json
export REDIS_PASSWORD_FILE
exec /redis_exporter
