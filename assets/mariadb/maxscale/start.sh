#!/bin/bash
# Writes MaxScale's configuration from the mounted secret and becomes MaxScale. Secrets are alphanumeric: nothing to escape.
set -euo pipefail
umask 077

file=/run/secrets/mariadb_maxscale_password
if [[ ! -r $file ]] || ! password=$(<"$file") || [[ -z $password ]]; then
  echo "start.sh: $file is missing, empty or not readable for uid $(id -u)" >&2
  exit 1
fi

cat >/tmp/maxscale.cnf <<END
[maxscale]
threads = 2
# What this file says is all there is: changes made while it runs are gone with the next start.
load_persisted_configs = false
# The interface for administration answers inside this container only.
admin_host = 127.0.0.1
admin_secure_gui = false
syslog = false
query_classifier_cache_size = 32Mi

[mariadb-1]
type = server
address = mariadb-1
port = 3306
priority = 1

[mariadb-2]
type = server
address = mariadb-2
port = 3306
priority = 2

[mariadb-3]
type = server
address = mariadb-3
port = 3306
priority = 3

[cluster]
type = monitor
module = galeramon
servers = mariadb-1, mariadb-2, mariadb-3
user = maxscale
password = $password
monitor_interval = 1000ms
# The same order as ProxySQL's: both write to the same server, unless they see different things.
use_priority = true
available_when_donor = true

[applications]
type = service
router = readwritesplit
servers = mariadb-1, mariadb-2, mariadb-3
user = maxscale
password = $password
enable_root_user = true
# A read that follows a write of the same connection sees it.
causal_reads = local

[listener]
type = listener
service = applications
port = 3306
END

exec maxscale --nodaemon --log=stdout --config=/tmp/maxscale.cnf
