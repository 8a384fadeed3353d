#!/bin/bash
# Runs beside MariaDB in each member, and ends it when it is out of the cluster for good. The engine then starts the container again,
# and node.sh lets it join.
#
# Galera takes a member out when it can not go on with it: the member's data differs from what the others agreed on, it was handed
# less than it asked for when it joined, it was shut out. MariaDB survives that as a server of its own, refuses nearly everything that
# is asked of it, and never tries to come back: `Disconnected`. Only a new start helps.
#
# Everything else is left alone. A member that lost sight of the others says `non-Primary`, goes on looking for them, and comes back
# by itself. One that is being copied to does not answer yet, or is `non-Primary` too; one that copies to another is `Primary`. Who
# does not answer may be busy. Nothing is lost: a member that is out takes no writes, ends in order, and keeps its data; whether it
# needs more than what it missed is for Galera to say when it joins.
#
# This also ends a member that an administrator takes out with SET GLOBAL wsrep_cluster_address = ''. Stop its container instead.
set -uo pipefail

# Seconds between looks, and how many in a row have to say the same: changing the address of the cluster passes through this state.
pause=5
looks=3

# `Primary`, `non-Primary` or `Disconnected`; nothing when there is no answer.
cluster_status() {
  timeout 5 mariadb --defaults-extra-file=/run/mysqld/health.cnf --skip-ssl --protocol=socket --batch --skip-column-names \
    --execute="select variable_value from information_schema.global_status where variable_name = 'wsrep_cluster_status'" 2>/dev/null
}

# Until a first start is done, process 1 is the image's entrypoint, with a server of its own that is in no cluster.
is_mariadb() { [[ $(</proc/1/comm) == mariadbd ]]; }

end_mariadb() {
  printf '%(%Y-%m-%d %H:%M:%S)T 0 [Warning] %s: is out of the cluster and does not come back by itself: starting it again\n' -1 "$MARIADB_NODE"
  kill -TERM 1
}

main() {
  local out=0
  while sleep "$pause"; do
    if is_mariadb && [[ $(cluster_status) == Disconnected ]]; then out=$((out + 1)); else out=0; fi
    if ((out >= looks)); then
      end_mariadb
      out=0
    fi
  done
}

# Read by a test, it only tells how it decides.
if [[ ${BASH_SOURCE[0]} == "$0" ]]; then main; fi
