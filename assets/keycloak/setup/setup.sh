#!/bin/bash
# What the realm file can not say. A realm file that names client scopes loses the built-in ones, and the realm master exists before
# any file is read. Every step looks first and changes nothing that is right already, so this may run after every start.
set -euo pipefail

secret=/run/secrets/keycloak_setup_secret
# From the environment, not as an argument: arguments show in the host's process list.
KC_CLI_CLIENT_SECRET=$(<"$secret")
export KC_CLI_CLIENT_SECRET
# One short program after the other: start fast, and stay far below the container's limit.
export KC_OPTS="-Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"

kcadm() {
  /opt/keycloak/bin/kcadm.sh "$@" --config /tmp/kcadm.config
}

# find_id NAME < lines of id,name
find_id() {
  local id name
  while IFS=, read -r id name; do
    if [[ $name == "$1" ]]; then
      printf '%s\n' "$id"
      return
    fi
  done
}

log_in() {
  kcadm config credentials --server http://keycloak:8080 --realm master --client infra-setup && return
  echo "setup: Keycloak does not accept the client infra-setup of the realm master with the secret in $secret." >&2
  echo "setup: It was created with the first administrator. If it was removed on purpose, remove this service as well." >&2
  exit 1
}

# Guessing passwords of administrators is slowed down, as it is in the realm file for everybody else.
protect_administrators() {
  kcadm update realms/master -s bruteForceProtected=true
}

# Applications look for a plain list of roles; Keycloak's own claim nests it two levels deep.
add_roles_claim() {
  local realm=$KEYCLOAK_REALM scope mapper
  scope=$(kcadm get client-scopes -r "$realm" --fields id,name --format csv --noquotes | find_id roles)
  if [[ -z $scope ]]; then
    echo "setup: the realm $realm has no client scope called roles, so there is no claim to add." >&2
    return
  fi
  mapper=$(kcadm get "client-scopes/$scope/protocol-mappers/models" -r "$realm" --fields id,name --format csv --noquotes | find_id "flat realm roles")
  if [[ -n $mapper ]]; then
    return
  fi
  kcadm create "client-scopes/$scope/protocol-mappers/models" -r "$realm" -f /opt/infra/setup/roles-claim.json
}

log_in
protect_administrators
add_roles_claim
echo "setup: done"
