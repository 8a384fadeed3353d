#!/bin/bash
# Prepares what MariaDB finds at its start, and hands over to the image's own entrypoint.
set -euo pipefail

mkdir -p /var/lib/mysql/data /var/lib/mysql/tmp

# The user of the health check is made with the database; its password is only in memory, and in no command line.
(
  umask 077
  printf '[mariadb-client]\nuser=health\npassword=%s\n' "$(</run/secrets/mariadb_health_password)" >/run/mysqld/health.cnf
)

exec docker-entrypoint.sh mariadbd
