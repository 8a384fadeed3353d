#!/bin/bash
# A node of the cluster finds its peers by the addresses in its nodes.conf, and Redis never looks them up again. Addresses of containers
# change: when they are made anew, when the engine starts them in another order after a restart of the host, when the operator moves the
# network to another subnet. Nodes that all changed at once do not find one another again, and an old address may by then be another
# node's. But nodes.conf also has the name that each node announces, so the addresses are brought up to date here, before Redis starts.
# Whichever node looks last sees the addresses of all the others, and tells them.
#
# Fixed addresses would do as well, but they would have to be calculated from a subnet that the operator may change, and compose can not.
set -euo pipefail

nodes=/data/nodes.conf
patience=15

address_of() {
  local address rest
  read -r address rest < <(getent ahostsv4 "$1") && printf '%s\n' "$address"
}

# Lines look like "<id> <address>:<port>@<port>,<name>,<more> <flags> ...".
names() {
  sed -nE 's/^[0-9a-f]{40} [^ ,]*,([^ ,]+)[ ,].*/\1/p' "$nodes"
}

# Also for a node that was marked as having no address, because another one answered at it.
script_for() {
  local name=$1 address=$2
  printf '%s\n' "/^[0-9a-f]{40} [^ ,]*,${name}[ ,]/{" "s/ [^ ,]*,/ $address:6379@16379,/" 's/^([^ ]+ [^ ]+ [^ ]*),noaddr/\1/' '}'
}

update_addresses() {
  local name address script=
  for name in $(names); do
    # Nodes that start together get to know one another within a second or two. One that stays away keeps its old address.
    until address=$(address_of "$name"); do
      if ((SECONDS >= patience)); then
        echo "node: $name has no address; starting without it" >&2
        continue 2
      fi
      sleep 0.2
    done
    script+=$(script_for "$name" "$address")$'\n'
  done
  # Written beside it and moved over it: a crash leaves the old file or the new one.
  sed -E "$script" "$nodes" >"$nodes.new"
  mv "$nodes.new" "$nodes"
}

if [[ -s $nodes ]]; then
  update_addresses
fi

exec /bin/bash /opt/infra/entrypoint.sh "$@"
