#!/bin/bash
# Makes MaxScale's user in the cluster, or brings its password and rights in line, and ends. Secrets are alphanumeric.
set -euo pipefail
umask 077

secret() {
  local value
  if [[ ! -r /run/secrets/$1 ]] || ! value=$(<"/run/secrets/$1") || [[ -z $value ]]; then
    echo "user.sh: /run/secrets/$1 is missing, empty or not readable for uid $(id -u)" >&2
    return 1
  fi
  printf '%s' "$value"
}

root=$(secret mariadb_root_password)
maxscale=$(secret mariadb_maxscale_password)
printf '[client]\nhost=mariadb-admin\nuser=root\npassword=%s\n' "$root" >/tmp/root.cnf

mariadb --defaults-file=/tmp/root.cnf <<END
CREATE USER IF NOT EXISTS 'maxscale'@'%';
ALTER USER 'maxscale'@'%' IDENTIFIED BY '$maxscale';
GRANT SHOW DATABASES, BINLOG MONITOR, SLAVE MONITOR ON *.* TO 'maxscale'@'%';
GRANT SELECT ON mysql.user TO 'maxscale'@'%';
GRANT SELECT ON mysql.global_priv TO 'maxscale'@'%';
GRANT SELECT ON mysql.db TO 'maxscale'@'%';
GRANT SELECT ON mysql.tables_priv TO 'maxscale'@'%';
GRANT SELECT ON mysql.columns_priv TO 'maxscale'@'%';
GRANT SELECT ON mysql.procs_priv TO 'maxscale'@'%';
GRANT SELECT ON mysql.proxies_priv TO 'maxscale'@'%';
GRANT SELECT ON mysql.roles_mapping TO 'maxscale'@'%';
END
