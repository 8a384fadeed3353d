#!/bin/bash
# Writes ProxySQL's configuration from the mounted secrets and becomes ProxySQL. Everything it knows is in this file: what is changed
# through its admin interface is gone with the next start. Secrets are alphanumeric: nothing to escape.
#
# To look in:  docker compose exec mariadb-proxysql mysql --defaults-file=/var/lib/proxysql/admin.cnf
#              SELECT hostgroup_id, hostname, status FROM runtime_mysql_servers;
set -euo pipefail
umask 077

home=/var/lib/proxysql
writer=10

secret_in() {
  local value
  if [[ ! -r $1 ]] || ! value=$(<"$1") || [[ -z $value ]]; then
    echo "start.sh: $1 is missing, empty or not readable for uid $(id -u)" >&2
    return 1
  fi
  printf '%s' "$value"
}

# users: who may pass. Each needs the same name and password here and in MariaDB.
users() {
  local file
  printf '  {username="health", password="%s", default_hostgroup=%s, max_connections=10}' "$health" "$writer"
  for file in /run/secrets/mysql_users/*; do
    printf ',\n  {username="%s", password="%s", default_hostgroup=%s}' "$(basename "$file")" "$(secret_in "$file")" "$writer"
  done
}

# client_file NAME USER PASSWORD PORT. The client would insist on encryption, which is pointless to the own container.
client_file() {
  printf '[client]\nhost=127.0.0.1\nport=%s\nprotocol=tcp\nuser=%s\npassword=%s\nloose-skip-ssl\nconnect-timeout=4\n' "$4" "$2" "$3" >"$home/$1"
}

health=$(secret_in /run/secrets/mariadb_health_password)
monitor=$(secret_in /run/secrets/mariadb_monitor_password)
# The admin interface answers inside this container only, with a password that nobody has to know.
admin=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
users=$(users)

client_file health.cnf health "$health" 3306
client_file admin.cnf admin "$admin" 6032

cat >"$home/proxysql.cnf" <<END
datadir="$home"

admin_variables=
{
  admin_credentials="admin:$admin"
  stats_credentials="stats:$admin"
  mysql_ifaces="127.0.0.1:6032"
  restapi_enabled=true
  restapi_port=6070
}

mysql_variables=
{
  interfaces="0.0.0.0:3306"
  threads=4
  max_connections=1000
  server_version="11.8.9-MariaDB"
  # No certificate that a client could check, and no way out of this network: clients of MariaDB 11.4 and newer need --skip-ssl.
  have_ssl=false
  monitor_username="monitor"
  monitor_password="$monitor"
  monitor_galera_healthcheck_interval=1000
  monitor_galera_healthcheck_timeout=900
  monitor_galera_healthcheck_max_timeout_count=2
  connect_timeout_server=2000
  # How long a query waits for a member to take over before it fails.
  connect_timeout_server_max=20000
  # As MariaDB's own.
  default_query_timeout=86400000
  wait_timeout=28800000
}

# One member for everything; the one with the most weight that works. The others stand by.
mysql_galera_hostgroups=
(
  {writer_hostgroup=$writer, backup_writer_hostgroup=20, reader_hostgroup=30, offline_hostgroup=99, active=1, max_writers=1, writer_is_also_reader=0, max_transactions_behind=100}
)

mysql_servers=
(
  {address="mariadb-1", port=3306, hostgroup=$writer, weight=300, max_connections=150},
  {address="mariadb-2", port=3306, hostgroup=$writer, weight=200, max_connections=150},
  {address="mariadb-3", port=3306, hostgroup=$writer, weight=100, max_connections=150}
)

mysql_users=
(
$users
)
END

exec proxysql --initial --foreground --idle-threads --config "$home/proxysql.cnf" --datadir "$home"
