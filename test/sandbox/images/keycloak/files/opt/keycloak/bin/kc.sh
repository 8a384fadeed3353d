#!/usr/bin/env bash
# Needs what the real one needs: a database it can log in to, a first administrator, realm files that are JSON.
set -euo pipefail
echo 'sandbox stand-in for keycloak: a database login, health and readiness, clients but no accounts'

fail() {
	echo >&2 "ERROR: $*"
	exit 1
}

[ "${1:-}" = start ] || fail "only 'start' is known here, not '${1:-}'"
[ -n "${KC_DB_URL:-}" ] || [ -z "${KC_DB_URL_HOST:-}" ] ||
	KC_DB_URL=jdbc:postgresql://$KC_DB_URL_HOST:${KC_DB_URL_PORT:-5432}/${KC_DB_URL_DATABASE:-keycloak}
for name in KC_DB_URL KC_DB_USERNAME KC_DB_PASSWORD KC_BOOTSTRAP_ADMIN_PASSWORD; do
	[ -n "${!name:-}" ] || fail "$name is empty"
done
[[ $KC_DB_URL =~ ^jdbc:postgresql://([^:/]+)(:([0-9]+))?/([^?]+) ]] || fail "KC_DB_URL is not jdbc:postgresql://HOST[:PORT]/DATABASE: $KC_DB_URL"

export PGHOST=${BASH_REMATCH[1]} PGPORT=${BASH_REMATCH[3]:-5432} PGDATABASE=${BASH_REMATCH[4]}
export PGUSER=$KC_DB_USERNAME PGPASSWORD=$KC_DB_PASSWORD PGCONNECT_TIMEOUT=10
export PGOPTIONS='--client-min-messages=warning'
query() { psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 "$@"; }

query <<'SQL' || fail "could not log in to $PGDATABASE on $PGHOST:$PGPORT as $PGUSER"
create table if not exists realm (name text primary key, imported timestamptz default now());
create table if not exists client (
	realm text, client_id text, definition jsonb, changes int default 1, id uuid default gen_random_uuid(), primary key (realm, client_id)
);
SQL
echo "logged in to $PGDATABASE on $PGHOST:$PGPORT as $PGUSER"

# Placeholders such as ${NAME} in a realm file come from the environment.
filled() {
	local text=$1 name
	while [[ $text =~ \$\{([A-Za-z_]+)\} ]]; do
		name=${BASH_REMATCH[1]}
		[ -n "${!name:-}" ] || fail "a realm file names $name, which the environment does not set"
		text=${text//"\${$name}"/${!name}}
	done
	printf '%s' "$text"
}

case " $* " in
*' --import-realm '*)
	shopt -s nullglob
	for file in /opt/keycloak/data/import/*.json; do
		[ -r "$file" ] || fail "$file cannot be read by uid $(id -u)"
		content=$(filled "$(<"$file")") || exit 1
		query --set content="$content" <<<"insert into realm (name) values (:'content'::json ->> 'realm') on conflict do nothing" ||
			fail "$file is not a realm in JSON"
		echo "imported $file"
	done
	;;
esac
exec /opt/keycloak/lib/serve
