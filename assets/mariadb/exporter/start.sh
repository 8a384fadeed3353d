#!/bin/sh
# The exporter reads its user and password from a file in the format of MySQL's clients: made here, in memory, from the secret.
set -eu
umask 077

if [ ! -s /run/secrets/mariadb_monitor_password ]; then
  echo 'start.sh: /run/secrets/mariadb_monitor_password is missing or empty' >&2
  exit 1
fi
printf '[client]\nuser=monitor\npassword=%s\n' "$(cat /run/secrets/mariadb_monitor_password)" >/tmp/my.cnf

# The servers to look at are named in each request: GET /probe?target=mariadb-1:3306
exec /bin/mysqld_exporter --config.my-cnf=/tmp/my.cnf
