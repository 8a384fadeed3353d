#!/bin/sh
# As in the real image: what is not the program is its arguments.
set -e
if [ "$1" != silo ]; then set -- silo "$@"; fi
exec "$@"
