#!/usr/bin/env bash
# Needs what the real one needs: a database it can log in to, a first administrator, realm files that are JSON.
set -euo pipefail
echo 'sandbox stand-in for keycloak: a database login, health and readiness, no accounts'

fail() {
	echo >&2 "ERROR: $*"
	exit 1
}

[ "${1:-}" = start ] || fail "only 'start' is known here, not '${1:-}'"
for name in KC_DB_URL KC_DB_USERNAME KC_DB_PASSWORD KC_BOOTSTRAP_ADMIN_PASSWORD; do
	[ -n "${!name:-}" ] || fail "$name is empty"
done
[[ $KC_DB_URL =~ ^jdbc:postgresql://([^:/]+)(:([0-9]+))?/([^?]+) ]] || fail "KC_DB_URL is not jdbc:postgresql://HOST[:PORT]/DATABASE: $KC_DB_URL"

export PGHOST=${BASH_REMATCH[1]} PGPORT=${BASH_REMATCH[3]:-5432} PGDATABASE=${BASH_REMATCH[4]}
export PGUSER=$KC_DB_USERNAME PGPASSWORD=$KC_DB_PASSWORD PGCONNECT_TIMEOUT=10
query() { psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 "$@"; }

query <<<'create table if not exists realm (name text primary key, imported timestamptz default now())' ||
	fail "could not log in to $PGDATABASE on $PGHOST:$PGPORT as $PGUSER"
echo "logged in to $PGDATABASE on $PGHOST:$PGPORT as $PGUSER"

case " $* " in
*' --import-realm '*)
	shopt -s nullglob
	for file in /opt/keycloak/data/import/*.json; do
		[ -r "$file" ] || fail "$file cannot be read by uid $(id -u)"
		query --set content="$(<"$file")" <<<"insert into realm (name) values (:'content'::json ->> 'realm') on conflict do nothing" ||
			fail "$file is not a realm in JSON"
		echo "imported $file"
	done
	;;
esac
unset PGPASSWORD
exec /opt/keycloak/lib/serve
