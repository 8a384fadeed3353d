#!/usr/bin/env bash
# The contract of the official postgres image: POSTGRES_* settings (each also as *_FILE), initialisation on an empty data
# folder, /docker-entrypoint-initdb.d, start as root and step down to postgres.
set -Eeuo pipefail
shopt -s nullglob

fail() {
	echo >&2 "error: $*"
	exit 1
}

# Sets $1 from the file named by ${1}_FILE, or to $2 when neither is given.
setting() {
	local name=$1 file=${1}_FILE
	if [ -n "${!name:-}" ] && [ -n "${!file:-}" ]; then fail "both $name and $file are set (but are exclusive)"; fi
	if [ -n "${!file:-}" ]; then
		[ -r "${!file}" ] || fail "$file names ${!file}, which cannot be read by uid $(id -u)"
		export "$name"="$(<"${!file}")"
	else
		export "$name"="${!name:-$2}"
	fi
	unset "$file"
}

prepare_folders() {
	mkdir -p "$PGDATA" /run/postgresql
	chmod 00700 "$PGDATA" 2>/dev/null || :
	chmod 03775 /run/postgresql 2>/dev/null || :
	if [ "$(id -u)" = 0 ]; then
		find "$PGDATA" \! -user postgres -exec chown postgres '{}' +
		find /run/postgresql \! -user postgres -exec chown postgres '{}' +
	fi
}

initialise() {
	[ -n "$POSTGRES_PASSWORD" ] || [ "${POSTGRES_HOST_AUTH_METHOD:-}" = trust ] ||
		fail 'Database is uninitialized and superuser password is not specified. Set POSTGRES_PASSWORD to a non-empty value for the superuser.'
	eval "initdb --set listen_addresses='*' --username=\"\$POSTGRES_USER\" --pwfile=<(printf '%s\n' \"\$POSTGRES_PASSWORD\") $POSTGRES_INITDB_ARGS"
	printf '\nhost all all all %s\n' "${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >>"$PGDATA/pg_hba.conf"
}

# Arguments that start with a dash or a name=value belong to the server that is being set up, too.
start_temporary() {
	[ "${1:-}" = postgres ] && shift
	PGUSER=$POSTGRES_USER pg_ctl -D "$PGDATA" -o "$(printf '%q ' "$@" -c listen_addresses='' -p 5432)" -w start
}

process_sql() {
	PGHOST='' PGHOSTADDR='' PGPASSWORD=$POSTGRES_PASSWORD psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --no-password --no-psqlrc "$@"
}

create_database() {
	[ "$POSTGRES_DB" = postgres ] && return
	process_sql --dbname postgres --set db="$POSTGRES_DB" <<<'CREATE DATABASE :"db";'
}

run_initdb_files() {
	local file
	for file in /docker-entrypoint-initdb.d/*; do
		case $file in
		*.sh)
			echo "$0: running $file"
			if [ -x "$file" ]; then "$file"; else . "$file"; fi
			;;
		*.sql)
			echo "$0: running $file"
			process_sql --dbname "$POSTGRES_DB" -f "$file"
			;;
		*) echo "$0: ignoring $file" ;;
		esac
	done
}

if [ "${1:-}" = '' ] || [ "${1:0:1}" = '-' ]; then set -- postgres "$@"; fi

if [ "$1" = postgres ]; then
	case " $* " in *' --help '* | *' --version '* | *' -V '*) exec "$@" ;; esac
	if [ "$(id -u)" = 0 ]; then
		prepare_folders
		exec gosu postgres "$BASH_SOURCE" "$@"
	fi
	prepare_folders
	if [ ! -s "$PGDATA/PG_VERSION" ]; then
		setting POSTGRES_PASSWORD ''
		setting POSTGRES_USER postgres
		setting POSTGRES_DB "$POSTGRES_USER"
		setting POSTGRES_INITDB_ARGS ''
		initialise
		start_temporary "$@"
		create_database
		run_initdb_files
		pg_ctl -D "$PGDATA" -m fast -w stop
		printf '\nPostgreSQL init process complete; ready for start up.\n\n'
	else
		printf '\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n'
	fi
	unset POSTGRES_PASSWORD POSTGRES_USER POSTGRES_DB POSTGRES_INITDB_ARGS
fi
exec "$@"
