#!/bin/sh
# As in the official image: options alone, or `haproxy` and options, start a master that watches over its worker.
set -eu

case ${1:-} in
-*) set -- haproxy "$@" ;;
esac
if [ "${1:-}" = haproxy ]; then
	shift
	set -- haproxy -W -db "$@"
fi
exec "$@"
