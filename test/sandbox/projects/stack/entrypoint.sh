#!/bin/bash
# Keycloak reads no *_FILE variables.
KC_DB_PASSWORD=$(</run/secrets/password)
KC_BOOTSTRAP_ADMIN_PASSWORD=$KC_DB_PASSWORD
export KC_DB_PASSWORD KC_BOOTSTRAP_ADMIN_PASSWORD
exec /opt/keycloak/bin/kc.sh "$@"
