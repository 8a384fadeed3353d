#!/bin/bash
# The contract of the official redis image: options and *.conf files alone are arguments of redis-server; started as root it hands /data
# over and steps down to redis; files are created for their owner alone.
set -e

case ${1:-} in
-* | *.conf) set -- redis-server "$@" ;;
esac

if [ "${1:-}" = redis-server ] && [ "$(id -u)" = 0 ] && [ -z "${SKIP_DROP_PRIVS:-}" ]; then
	[ -n "${SKIP_FIX_PERMS:-}" ] || find . \! -user redis -exec chown redis '{}' +
	exec gosu redis "$BASH_SOURCE" "$@"
fi

[ "$(umask)" != 0022 ] || umask 0077
[ "${1:-}" != redis-server ] || echo 'Starting Redis Server'
exec "$@"
