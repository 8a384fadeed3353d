#!/bin/bash
# What a data folder holds. Read by node.sh and recover.sh.

no_cluster=00000000-0000-0000-0000-000000000000

# of_grastate FOLDER KEY
of_grastate() {
  sed -n "s/^$2: *//p" "$1/grastate.dat" 2>/dev/null || true
}

# The last transaction on disk, as UUID:NUMBER. Repairs InnoDB after a crash, and serves nobody.
recovered_position() {
  local output
  if ! output=$(mariadbd --datadir="$1" --tmpdir=/tmp --skip-networking --wsrep-recover --disable-log-error 2>&1); then
    printf '%s\n' "$output" >&2
    echo "position.sh: MariaDB can not read $1" >&2
    return 1
  fi
  sed -n 's/.*WSREP: Recovered position: *//p' <<<"$output" | tail -n 1
}

# Sets uuid (of the cluster; - without data, ~ with a part of a copy), seqno (of the last transaction; -1 when unknown) and safe
# (1: was the last to stop).
read_position() {
  local folder=$1 recovered
  uuid=- seqno=-1 safe=0
  if [[ ! -d $folder/mysql || -e $folder/sst_in_progress ]]; then
    # Has been a member of a cluster, but the copy of the data was cut off.
    if [[ -e $folder/grastate.dat ]]; then uuid='~'; fi
    return
  fi
  uuid=$(of_grastate "$folder" uuid)
  uuid=${uuid:-$no_cluster}
  seqno=$(of_grastate "$folder" seqno)
  safe=$(of_grastate "$folder" safe_to_bootstrap)
  seqno=${seqno:--1} safe=${safe:-0}
  if [[ $seqno == -1 ]]; then
    recovered=$(recovered_position "$folder")
    if [[ $recovered =~ ^([0-9a-f-]{36}):(-?[0-9]+)(,.*)?$ ]]; then
      # A server that stopped for good in the middle of a copy or before its first one has no position at all.
      if [[ $uuid == "$no_cluster" ]]; then uuid=${BASH_REMATCH[1]}; fi
      if [[ $uuid == "${BASH_REMATCH[1]}" ]]; then seqno=${BASH_REMATCH[2]}; fi
    fi
  fi
}

# Galera brings a cluster up only from a member that says it is safe.
mark_safe() {
  if [[ -e $1/grastate.dat ]]; then sed -i 's/^safe_to_bootstrap:.*/safe_to_bootstrap: 1/' "$1/grastate.dat"; fi
}
