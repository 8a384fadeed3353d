#!/bin/bash
# Runs beside MariaDB in each member, and ends it in the two cases in which only a new start brings it back into the cluster. The engine
# then starts the container again, and node.sh sees to the rest.
#
# Out: Galera takes a member out when it can not go on with it. The member's data differs from what the others agreed on, it was handed
#   less than it asked for when it joined, it was shut out. MariaDB survives that as a server of its own, refuses nearly everything that
#   is asked of it, and never tries to come back: `Disconnected`.
# Left over: the others are gone without a word and have started anew. The member says `non-Primary`: it waits for exactly those that
#   it lost, by ids that nobody has any more, and nobody can join it. Once all the others wait in node.sh there is no majority anywhere
#   that it could belong to, and together they find out who brings the cluster up.
#
# Everything else is left alone. A member that lost sight of the others is `non-Primary` too; they do not wait in node.sh, and it comes
# back by itself. One that is being copied to does not answer yet, or says `Joining`; one that copies to another is `Primary`. Who does
# not answer may be busy. Nothing is lost: a member in either case takes no writes, ends in order, and keeps its data; whether it needs
# more than what it missed is for Galera to say when it joins.
#
# This also ends a member that an administrator takes out with SET GLOBAL wsrep_cluster_address = ''. Stop its container instead.
set -uo pipefail

members=(mariadb-1 mariadb-2 mariadb-3)
roll_port=4569
roll_file=/run/mysqld/roll-call
# Seconds between looks, and how many in a row have to say the same: changing the address of the cluster passes through `Disconnected`.
pause=5
looks=3

# As `Primary Synced`; nothing when there is no answer.
state() {
  timeout 5 mariadb --defaults-extra-file=/run/mysqld/health.cnf --skip-ssl --protocol=socket --batch --skip-column-names \
    --execute="select group_concat(variable_value order by variable_name separator ' ') from information_schema.global_status
      where variable_name in ('wsrep_cluster_status', 'wsrep_local_state_comment')" 2>/dev/null
}

# Until a first start is done, process 1 is the image's entrypoint, with a server of its own that is in no cluster.
is_mariadb() { [[ $(</proc/1/comm) == mariadbd ]]; }

# Whether another member waits in node.sh.
waits() { [[ $(timeout 3 socat -u "TCP:$1:$roll_port,connect-timeout=1" STDOUT 2>/dev/null) == waiting* ]]; }

others_wait() {
  local member
  for member in "${members[@]}"; do
    if [[ $member != "$MARIADB_NODE" ]] && ! waits "$member"; then return 1; fi
  done
}

# Tells the others, who ask in node.sh: apart from the cluster, or a member of it.
publish() {
  sed "s/^[^ ]*/$1/" "$roll_file" >"$roll_file.new" && mv "$roll_file.new" "$roll_file"
}

end_mariadb() {
  printf '%(%Y-%m-%d %H:%M:%S)T 0 [Warning] %s: %s: starting it again\n' -1 "$MARIADB_NODE" "$1"
  kill -TERM 1
}

main() {
  local seen now='member' said='member' out=0 left=0
  while sleep "$pause"; do
    seen=
    if is_mariadb; then seen=$(state); fi
    case $seen in
    Disconnected*) now='apart' out=$((out + 1)) left=0 ;;
    'non-Primary Initialized')
      now='apart' out=0
      if others_wait; then left=$((left + 1)); else left=0; fi
      ;;
    '') out=0 left=0 ;;
    *) now='member' out=0 left=0 ;;
    esac
    if [[ $now != "$said" ]]; then publish "$now" && said=$now; fi
    if ((out >= looks)); then
      end_mariadb 'is out of the cluster and does not come back by itself'
      out=0
    elif ((left >= looks)); then
      end_mariadb 'is left over of the cluster, and the others wait'
      left=0
    fi
  done
}

# Read by a test, it only tells how it decides.
if [[ ${BASH_SOURCE[0]} == "$0" ]]; then main; fi
