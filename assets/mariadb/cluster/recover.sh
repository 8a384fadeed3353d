#!/bin/bash
# Brings the cluster back when it can not find together by itself: no member serves, and at least one is lost for good (its host, its
# volume), or members hold data of different clusters. `docker compose logs mariadb-1 mariadb-2 mariadb-3` says what they wait for.
# When all three are there, also after a power cut, nothing of this is needed.
#
#   docker compose stop mariadb-1 mariadb-2 mariadb-3
#   docker compose run --rm mariadb-recover                  # looks, and chooses the member with the newest data
#   docker compose up --detach
#
# The chosen member brings the cluster up and the others join it. To choose another one (who is ahead of it gives up its own data):
#
#   docker compose run --rm mariadb-recover mariadb-2
#
# Running it again does no harm: it only leaves a note in each member's volume, and only while all are stopped.
set -euo pipefail

here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source-path=SCRIPTDIR source=position.sh
. "$here/position.sh"

members=(mariadb-1 mariadb-2 mariadb-3)
wanted=${1:-}

stop_with() {
  printf '\n%s\nNothing was changed.\n' "$*" >&2
  exit 1
}

if [[ -n $wanted && " ${members[*]} " != *" $wanted "* ]]; then stop_with "There is no member $wanted: choose one of ${members[*]}."; fi

# A member that runs has a name in the network, even one that is only starting again and again.
for member in "${members[@]}"; do
  if getent hosts "$member" >/dev/null; then stop_with "$member runs. Stop all members first: docker compose stop ${members[*]}"; fi
done

newest='' newest_seqno=-2 cluster='' mixed=0
printf '%-12s %-38s %s\n' MEMBER CLUSTER 'LAST TRANSACTION'
for member in "${members[@]}"; do
  read_position "/members/$member/data"
  printf '%-12s %-38s %s\n' "$member" "${uuid/#[-~]/no data}" "$seqno"
  if [[ $uuid == [-~] ]]; then
    if [[ $member == "$wanted" ]]; then stop_with "$wanted holds no data."; fi
    continue
  fi
  if [[ -n $cluster && $cluster != "$uuid" ]]; then mixed=1; fi
  cluster=$uuid
  if ((seqno > newest_seqno)); then newest=$member newest_seqno=$seqno; fi
done

if [[ -z $newest ]]; then stop_with 'No member holds data. Restore a backup, or remove the volumes to start anew.'; fi
if ((mixed)) && [[ -z $wanted ]]; then stop_with 'The members hold data of different clusters. Name the one to keep; the others lose theirs.'; fi
chosen=${wanted:-$newest}
read_position "/members/$chosen/data"
chosen_uuid=$uuid chosen_seqno=$seqno

for member in "${members[@]}"; do
  folder=/members/$member
  rm -f "$folder/chosen" "$folder/give-up"
  if [[ $member == "$chosen" ]]; then
    touch "$folder/chosen"
    continue
  fi
  # Nobody shall look for the cluster as it was: it is made again from the chosen member.
  rm -f "$folder/data/gvwstate.dat" "$folder/last-view"
  read_position "$folder/data"
  # Galera refuses a member that is ahead of the cluster, or of another one. It drops its data once the chosen member serves.
  if [[ $uuid != [-~] ]] && { [[ $uuid != "$chosen_uuid" ]] || ((seqno > chosen_seqno)); }; then
    touch "$folder/give-up"
    printf '%s will give up its own data.\n' "$member"
  fi
done

printf '\n%s will bring the cluster up. Start it: docker compose up --detach\n' "$chosen"
