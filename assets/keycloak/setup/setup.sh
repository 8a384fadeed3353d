#!/bin/bash
# What the realm file can not say. A realm file that names client scopes loses the built-in ones, the realm master exists before any
# file is read, and services come and go after the realm was made. Every step looks first and changes nothing that is right already,
# so this may run after every start.
set -euo pipefail
shopt -s nullglob
# What is written here holds secrets; /tmp is memory that ends with this container.
umask 077

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

# One service that signs people in: FILE is a client as Keycloak describes it, with __SECRET__ in place of the secret. What it said when
# it was last applied is remembered by its hash, in an attribute of the client. So only a file that changed, or a secret that is another
# one, leads to an update; whatever else somebody changed by hand is theirs.
# set_client FILE
set_client() {
  local realm=$KEYCLOAK_REALM client text secret file hash found id=
  client=${1##*/}
  client=${client%.json}
  file=/run/secrets/${client//-/_}_oidc_secret
  # Files stay when a service is not selected any more, and so does the client: nobody else has its secret. Compose would not start this
  # without a secret that is selected.
  if [[ ! -e $file ]]; then
    echo "setup: left the client $client as it is: it has no secret here, so its service is not selected"
    return
  fi
  if [[ ! -r $file ]] || ! secret=$(<"$file") || [[ -z $secret ]]; then
    echo "setup: $file is empty or not readable for uid $(id -u); it holds the secret of the client $client." >&2
    exit 1
  fi
  text=$(<"$1")
  hash=$(sha256sum <<<"$text")
  hash=${hash%% *}
  found=$(kcadm get clients -r "$realm" -q "clientId=$client" --fields 'id,secret,attributes(infra-wizard)')
  if [[ $found =~ \"id\"\ :\ \"([^\"]+)\" ]]; then
    id=${BASH_REMATCH[1]}
  fi
  if [[ $found == *"\"$secret\""* && $found == *"\"$hash\""* ]]; then
    return
  fi
  # In a file, because an argument would show in the host's process list.
  printf '%s\n' "${text//__SECRET__/"$secret"}" >/tmp/client.json
  if [[ -z $id ]]; then
    kcadm create clients -r "$realm" -f /tmp/client.json -s "attributes.infra-wizard=$hash"
  else
    kcadm update "clients/$id" -r "$realm" -f /tmp/client.json -s "attributes.infra-wizard=$hash"
    echo "setup: brought the client $client in order"
  fi
  rm /tmp/client.json
}

log_in
protect_administrators
add_roles_claim
for client in /opt/infra/clients/*.json; do
  set_client "$client"
done
echo "setup: done"
