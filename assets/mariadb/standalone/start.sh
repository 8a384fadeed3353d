#!/bin/bash
# Prepares what MariaDB finds at its start, and hands over to the image's own entrypoint.
set -euo pipefail

volume=/var/lib/mysql
# A first start that was cut off leaves half a database, and nobody can have written to it. The mark goes when users.sh is through.
if [[ -e $volume/unfinished ]]; then rm -rf "$volume/data"; fi
mkdir -p "$volume/data" "$volume/tmp"
if [[ ! -d $volume/data/mysql ]]; then touch "$volume/unfinished"; fi

# The user of the health check is made with the database; its password is only in memory, and in no command line.
(
  umask 077
  printf '[mariadb-client]\nuser=health\npassword=%s\n' "$(</run/secrets/mariadb_health_password)" >/run/mysqld/health.cnf
)

exec docker-entrypoint.sh mariadbd
