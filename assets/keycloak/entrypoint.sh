#!/bin/bash
# Keycloak takes its passwords from the environment only (https://github.com/keycloak/keycloak/issues/10816). Set in the compose
# file they would show in `docker inspect`; read here from the mounted secrets they exist in Keycloak's own process alone.
set -euo pipefail

# from_secret VARIABLE SECRET
from_secret() {
  local file=/run/secrets/$2 value
  if [[ ! -r $file ]] || ! value=$(<"$file") || [[ -z $value ]]; then
    echo "entrypoint: $file is missing, empty or not readable for uid $(id -u); it holds the value of $1" >&2
    exit 1
  fi
  export "$1=$value"
}

from_secret KC_DB_PASSWORD keycloak_db_password
from_secret KC_BOOTSTRAP_ADMIN_PASSWORD keycloak_admin_password
from_secret KC_BOOTSTRAP_ADMIN_CLIENT_SECRET keycloak_setup_secret

# Becomes Keycloak, so that the engine's signal to stop reaches it.
exec /opt/keycloak/bin/kc.sh "$@"
