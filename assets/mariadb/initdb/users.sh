#!/bin/bash
# The users that the platform itself needs. Read by the image's entrypoint once, when it makes an empty database; in a cluster every
# other member gets them with the copy of the data. Secrets are alphanumeric: nothing to escape.

password_of() {
  local file=/run/secrets/mariadb_$1_password
  if [[ ! -s $file ]]; then
    echo "users.sh: $file is missing or empty" >&2
    return 1
  fi
  cat "$file"
}

{
  # Signs in, and may do nothing else: health checks of the servers and of what stands in front of them.
  echo "CREATE USER 'health'@'%' IDENTIFIED BY '$(password_of health)', 'health'@'localhost' IDENTIFIED BY '$(password_of health)';"
  # Reads how the server is, and no data: ProxySQL and the exporter for Prometheus.
  echo "CREATE USER 'monitor'@'%' IDENTIFIED BY '$(password_of monitor)';"
  echo "GRANT PROCESS, BINLOG MONITOR, SLAVE MONITOR ON *.* TO 'monitor'@'%';"
  if [[ -e /run/secrets/mariadb_sst_password ]]; then
    # Copies the whole server to a member that joins. From this container only.
    echo "CREATE USER 'sst'@'localhost' IDENTIFIED BY '$(password_of sst)';"
    echo "GRANT RELOAD, PROCESS, LOCK TABLES, BINLOG MONITOR, SLAVE MONITOR, CONNECTION ADMIN ON *.* TO 'sst'@'localhost';"
  fi
} | docker_process_sql --database=mysql

# The database is complete: see standalone/start.sh.
rm -f /var/lib/mysql/unfinished
