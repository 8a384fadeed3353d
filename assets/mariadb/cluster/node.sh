#!/bin/bash
# One member of the MariaDB cluster, up to the moment when it becomes MariaDB. All three run this script.
#
# Who starts has to find out whether there is a cluster to join or whether it has to bring the cluster up. A wrong guess makes two
# clusters of one, or overwrites good data with old. So nobody guesses: until MariaDB runs, members tell each other what they hold
# (port 4569), and all come to the same conclusion:
#
#   1. A member serves: join it.
#   2. I was the last to stop, says grastate.dat, or I was chosen by recover.sh: bring the cluster up. First the others get a moment
#      to say if they know better.
#   3. All are here and none serves: who holds the newest data brings the cluster up. A member whose copy was cut off has nothing to
#      add. If nobody holds anything, this is the very first start, and the first member makes the cluster.
#   4. Not all are here, but all that were in the cluster when this one was torn out of it: again the one with the newest data.
#   5. Otherwise wait, and say for whom. If a member is lost for good: recover.sh.
#
# A member that runs apart from the cluster serves nobody, and may hold the newest data: wait for it. It comes back, or it starts again
# and has its say (watch.sh).
#
# A member without data never brings anything up unless all are without data. It joins, or it waits.
set -euo pipefail

here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source-path=SCRIPTDIR source=position.sh
. "$here/position.sh"

members=(mariadb-1 mariadb-2 mariadb-3)
me=${MARIADB_NODE:?is the name of this member}
volume=/var/lib/mysql
data=$volume/data
last_view=$volume/last-view
roll_port=4569
roll_file=/run/mysqld/roll-call
# Seconds that the others may take to answer before one goes first without them (rules 2 and 4).
patience=10

say() { printf '%(%Y-%m-%d %H:%M:%S)T 0 [Note] %s: %s\n' -1 "$me" "$*"; }

from_secret() {
  local file=/run/secrets/$1 value
  if [[ ! -r $file ]] || ! value=$(<"$file") || [[ -z $value ]]; then
    echo "node.sh: $file is missing, empty or not readable for uid $(id -u)" >&2
    exit 1
  fi
  printf '%s' "$value"
}

# Files in memory, for this user only.
write_configuration() {
  local address _
  # Of the only network this container is on.
  read -r address _ < <(getent ahostsv4 "$HOSTNAME")
  cat >/etc/mysql/conf.d/node.cnf <<END
[mariadbd]
wsrep_node_name = $me
wsrep_node_address = $address
wsrep_sst_auth = sst:$(from_secret mariadb_sst_password)
END
  # A user of the cluster's own: the one that the image makes for its health check is lost when a member gets a copy of another.
  cat >/run/mysqld/health.cnf <<END
[mariadb-client]
user = health
password = $(from_secret mariadb_health_password)
END
}

# A first start that was cut off before there was a cluster: nobody can have written to it.
drop_half_made() {
  [[ -e $volume/founding ]] || return 0
  local made
  made=$(of_grastate "$data" uuid)
  if [[ ${made:-$no_cluster} == "$no_cluster" ]]; then
    say 'the first start was cut off: starting it over'
    rm -rf "$data"
    mkdir "$data"
  fi
  rm -f "$volume/founding"
}

# Who was in the cluster last, as Galera's own random ids, and which of them this member was. Out of Galera's sight: it would wait for
# exactly those, for ever. Valid until MariaDB starts.
read_view() {
  view_self=- view_members=-
  if [[ -e $data/gvwstate.dat ]]; then mv "$data/gvwstate.dat" "$last_view"; fi
  [[ -e $last_view ]] || return 0
  view_self=$(sed -n 's/^my_uuid: *//p' "$last_view")
  view_members=$(sed -n 's/^member: *\([^ ]*\).*/\1/p' "$last_view" | paste -sd,)
  view_self=${view_self:--} view_members=${view_members:--}
}

# phase: reading, waiting, founding or joining.
publish() {
  phase=$1
  printf '%s %s %s %s %s\n' "$phase" "$uuid" "$seqno" "$safe" "$view_self" >"$roll_file.new"
  mv "$roll_file.new" "$roll_file"
}

# The state of a member, as `phase uuid seqno safe id`; `serving` when it accepts connections, `absent` when it does not answer.
# `apart` is what watch.sh says of one that runs and serves nobody.
ask() {
  local line
  if [[ $1 == "$me" ]]; then
    echo "$phase $uuid $seqno $safe $view_self"
    return
  fi
  line=$(timeout 3 socat -u "TCP:$1:$roll_port,connect-timeout=1" STDOUT 2>/dev/null) || line=absent
  case $line in
  reading* | waiting* | apart*) ;;
  *) if timeout 3 socat -u OPEN:/dev/null "TCP:$1:3306,connect-timeout=1" 2>/dev/null; then line=serving; fi ;;
  esac
  echo "${line:-absent}"
}

# view_is_in ,ID,ID,: whether all that were in the cluster with this member are among these.
view_is_in() {
  [[ $view_members != - ]] || return 1
  local id
  for id in ${view_members//,/ }; do
    [[ $1 == *",$id,"* ]] || return 1
  done
}

# Sets decision to join, found, restore or wait, and why; for who joins, donor to the member that serves. Rules 1 to 5 above.
decide() {
  local member member_phase member_uuid member_seqno member_safe member_self seen=,
  local newest='' newest_seqno=-1 newest_safe=0 cluster='' mixed=0
  local absent=() empty=() busy=() apart=() holders=0
  for member in "${members[@]}"; do
    read -r member_phase member_uuid member_seqno member_safe member_self < <(ask "$member")
    case $member_phase in
    serving)
      decision='join' why="$member serves" donor=$member
      return
      ;;
    absent)
      absent+=("$member")
      continue
      ;;
    apart)
      # What it said at its own start is not what it holds now.
      apart+=("$member")
      continue
      ;;
    waiting) ;;
    *) busy+=("$member") ;;
    esac
    seen+=$member_self,
    if [[ $member_uuid == - ]]; then empty+=("$member"); fi
    if [[ $member_uuid == - || $member_uuid == '~' ]]; then continue; fi
    holders=$((holders + 1))
    if [[ -n $cluster && $cluster != "$member_uuid" ]]; then mixed=1; fi
    cluster=$member_uuid
    if [[ -z $newest ]] || ((member_safe > newest_safe)) ||
      ((member_safe == newest_safe && member_seqno > newest_seqno)); then
      newest=$member newest_seqno=$member_seqno newest_safe=$member_safe
    fi
  done
  local everybody=0
  if ((${#absent[@]} == 0)); then everybody=1; fi

  decision='wait'
  if [[ $safe == 2 ]] && { ((everybody)) || ((SECONDS >= patience)); }; then
    decision='restore' why='it was chosen to'
  elif ((${#apart[@]} > 0)); then
    why="apart from the cluster: ${apart[*]}"
    if ((${#absent[@]} > 0)); then why+=", and no answer from ${absent[*]}"; fi
    if ((${#absent[@]} > 0 && SECONDS >= 3 * patience)); then why+='; if that is lost for good, read config/mariadb/cluster/recover.sh'; fi
  elif ((mixed)); then
    why="members hold data of different clusters: stop all three and read config/mariadb/cluster/recover.sh"
  elif [[ $safe == 1 && $newest == "$me" ]] && { ((everybody)) || ((SECONDS >= patience)); }; then
    decision='restore' why='it was the last to stop'
  elif ((${#busy[@]} > 0)); then
    why="starting: ${busy[*]}"
  elif ((everybody && holders == 0)); then
    if [[ $me == "${members[0]}" ]]; then decision='found' why='no member holds data'; else why="${members[0]} makes the cluster"; fi
  elif ((everybody && ${#empty[@]} == 0)); then
    if [[ $newest == "$me" ]]; then decision='restore' why="all are here and nobody holds newer data than $seqno"; else why="$newest holds the newest data"; fi
  elif [[ $newest == "$me" ]] && ((SECONDS >= patience)) && view_is_in "$seen"; then
    decision='restore' why='all that were with me are here, and nobody holds newer data'
  elif ((everybody)); then
    why="no data on ${empty[*]}, and nobody knows what was there: read config/mariadb/cluster/recover.sh"
  else
    why="no answer from ${absent[*]}"
    if ((SECONDS >= 3 * patience)); then why+='; if that is lost for good, read config/mariadb/cluster/recover.sh'; fi
  fi
}

main() {
  # Bash as process 1 would not hear the engine's signal to stop.
  trap 'exit 0' TERM INT
  (umask 077 && write_configuration)
  mkdir -p "$data" "$volume/tmp"
  drop_half_made
  # Tells what this member holds, to whoever asks. Goes on when this script has become MariaDB, and ends with the container.
  uuid=- seqno=-1 safe=0 view_self=- view_members=-
  publish reading
  socat -U "TCP-LISTEN:$roll_port,reuseaddr,fork,max-children=16" "OPEN:$roll_file,rdonly" &
  read_position "$data"
  if [[ -e $volume/chosen ]]; then safe=2; fi
  read_view
  publish waiting

  if [[ $uuid == [-~] ]]; then say 'holds no data'; else say "holds data of cluster $uuid up to transaction $seqno"; fi
  SECONDS=0 told='' told_at=0
  while decide && [[ $decision == wait ]]; do
    if [[ $why != "$told" ]] || ((SECONDS - told_at >= 60)); then
      say "waits: $why"
      told=$why told_at=$SECONDS
    fi
    sleep 1 &
    wait $!
  done

  rm -f "$last_view"
  if [[ $decision == join && -e $volume/give-up ]]; then
    say 'gives up its own data, as recover.sh was told'
    rm -rf "$data"
    mkdir "$data"
    rm "$volume/give-up"
    uuid=- seqno=-1
  fi
  bash "$here/watch.sh" &
  position=()
  if [[ $uuid != [-~] && $uuid != "$no_cluster" && $seqno != -1 ]]; then position=("--wsrep-start-position=$uuid:$seqno"); fi
  case $decision in
  found)
    say "makes a new cluster: $why"
    publish founding
    touch "$volume/founding"
    exec docker-entrypoint.sh mariadbd --wsrep-new-cluster
    ;;
  restore)
    say "brings the cluster up: $why"
    publish founding
    rm -f "$volume/chosen" "$volume/give-up"
    mark_safe "$data"
    exec mariadbd --wsrep-new-cluster "${position[@]}"
    ;;
  join)
    say "joins: $why"
    publish joining
    # Of two that join at the same moment, the first must not hand on to the second what it has just been handed itself: Galera lets
    # it leave out the end ("IST didn't contain all write sets"), and the second is out of the cluster. So everybody asks the member
    # that served already, and any other one only if that can not (the comma).
    exec mariadbd --wsrep-sst-donor="$donor," "${position[@]}"
    ;;
  esac
}

# Read by a test, it only tells how it decides.
if [[ ${BASH_SOURCE[0]} == "$0" ]]; then main; fi
