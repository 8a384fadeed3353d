#!/bin/bash
# Makes one cluster of the nodes, three masters with a replica each. It looks first and changes nothing that is right already, so it may
# run after every start.
set -euo pipefail
shopt -s extglob

nodes=(redis-1 redis-2 redis-3 redis-4 redis-5 redis-6)
slots=16384

# From the environment, not as an argument: arguments show in the host's process list.
REDISCLI_AUTH=$(</run/secrets/redis_password)
export REDISCLI_AUTH

fail() {
  echo "setup: $*" >&2
  exit 1
}

on() {
  redis-cli -e -h "$1" "${@:2}"
}

# info NODE FIELD: a value of CLUSTER INFO.
info() {
  on "$1" cluster info | sed -nE "s/^$2:([^\r]*)\r?$/\1/p"
}

# Nodes are introduced to one another by address; redis-cli takes no names there.
address_of() {
  local address rest
  read -r address rest < <(getent ahostsv4 "$1") && printf '%s:6379\n' "$address"
}

# within SECONDS COMMAND...: tries until the command succeeds.
within() {
  local deadline=$((SECONDS + $1))
  until "${@:2}"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.3
  done
}

answers() {
  [[ $(on "$1" ping 2>/dev/null) == PONG ]]
}

# It has never been in a cluster.
is_stranger() {
  [[ $(info "$1" cluster_known_nodes) == 1 && $(info "$1" cluster_slots_assigned) == 0 ]]
}

# It sees every slot served, and knows all nodes by name.
is_complete() {
  local node known
  [[ $(info "$1" cluster_slots_ok) == "$slots" ]] || return 1
  known=$(on "$1" cluster nodes)
  for node in "${nodes[@]}"; do
    [[ $known == *,"$node"[,\ ]* ]] || return 1
  done
}

are_complete() {
  local node
  for node in "$@"; do
    is_complete "$node" || return 1
  done
}

# A master, or a replica that has all that its master has.
are_in_step() {
  local node replication
  for node in "$@"; do
    replication=$(on "$node" info replication)
    [[ $replication == *role:master* || $replication == *master_link_status:up* ]] || return 1
  done
}

create() {
  local node addresses=()
  for node in "${nodes[@]}"; do
    addresses+=("$(address_of "$node")")
  done
  redis-cli --cluster create "${addresses[@]}" --cluster-replicas 1 --cluster-yes
}

# A run that was interrupted leaves slots without a cluster. While nothing is stored, starting over loses nothing.
start_over() {
  local node
  for node in "${nodes[@]}"; do
    [[ $(on "$node" dbsize) == 0 ]] ||
      fail "the cluster is not complete and $node holds data, so nothing was changed; look with: redis-cli --cluster check $node:6379"
  done
  echo 'setup: the cluster was left half made, and is empty: made again'
  for node in "${nodes[@]}"; do
    on "$node" cluster reset hard >/dev/null
  done
  create
}

# earlier_selves NAME MEMBER: the ids of nodes that had this name.
earlier_selves() {
  local id address rest
  on "$2" cluster nodes | while read -r id address rest; do
    [[ $address != *,"$1"?(,*) ]] || echo "$id"
  done
}

# A master that is gone for good is not voted on while a stranger answers at its address, so its replica takes over unasked.
take_over_from() {
  local lost=$1 member=$2 id address master
  on "$member" cluster nodes | while read -r id address _ master _; do
    if [[ $master == "$lost" ]]; then
      address=${address#*,}
      on "${address%%,*}" cluster failover takeover >/dev/null </dev/null
      return
    fi
  done
}

# owns_nothing ID NODE...: as far as these nodes know; slots come after the eighth word of a line.
owns_nothing() {
  local lost=$1 node line
  for node in "${@:2}"; do
    read -ra line < <(on "$node" cluster nodes | grep "^$lost ")
    ((${#line[@]} == 8)) || return 1
  done
}

# A node that lost its volume comes back as a stranger. It becomes a replica where one is missing, and what it was before is forgotten.
take_in() {
  local stranger=$1 member=$2 lost node
  echo "setup: $stranger is not in the cluster any more; it becomes a replica"
  for lost in $(earlier_selves "$stranger" "$member"); do
    take_over_from "$lost" "$member"
    within 30 owns_nothing "$lost" "${members[@]}" || fail "no replica has taken over what $stranger had"
    for node in "${members[@]}"; do
      on "$node" cluster forget "$lost" >/dev/null
    done
  done
  redis-cli --cluster add-node "$(address_of "$stranger")" "$(address_of "$member")" --cluster-slave
}

for node in "${nodes[@]}"; do
  within 60 answers "$node" || fail "$node does not answer"
done

members=() strangers=()
for node in "${nodes[@]}"; do
  if is_stranger "$node"; then strangers+=("$node"); else members+=("$node"); fi
done

if ((${#members[@]} == 0)); then
  create
elif ! within 30 are_complete "${members[@]}"; then
  # So long a cluster has to find itself when all its nodes were made anew.
  start_over
else
  for node in "${strangers[@]}"; do
    take_in "$node" "${members[0]}"
  done
fi

within 60 are_complete "${nodes[@]}" || fail 'not every node sees a complete cluster; look with: redis-cli --cluster check redis-1:6379'
within 60 are_in_step "${nodes[@]}" || fail 'a replica does not reach its master'
echo 'setup: done'
