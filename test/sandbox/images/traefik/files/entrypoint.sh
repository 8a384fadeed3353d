#!/bin/sh
# As in the real image: options alone are options of traefik.
set -e
if [ "${1#-}" != "$1" ]; then set -- traefik "$@"; fi
if [ "$1" = healthcheck ] || [ "$1" = version ]; then set -- traefik "$@"; fi
exec "$@"
