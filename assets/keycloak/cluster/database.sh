#!/bin/bash
# Keycloak's database in the PostgreSQL cluster, and the user that owns it. Changes nothing when both are there and the password is the one
# of now, so this may run before every start.
set -euo pipefail

# read_secret NAME
read_secret() {
  local file=/run/secrets/$1 value
  if [[ ! -r $file ]] || ! value=$(<"$file") || [[ -z $value ]]; then
    echo "database.sh: $file is missing, empty or not readable for uid $(id -u)" >&2
    exit 1
  fi
  printf '%s' "$value"
}

export PGHOST=postgres PGCONNECT_TIMEOUT=5
superuser_password=$(read_secret postgres_password)
password=$(read_secret keycloak_db_password)

as_superuser() { PGUSER=postgres PGPASSWORD=$superuser_password psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 "$@"; }

# The cluster's first start takes a while, and a server that takes over too. Not for ever: what else is wrong has to be seen.
patience=300
until why=$(as_superuser --dbname postgres --command 'select pg_current_wal_lsn()' 2>&1 >/dev/null); do
  if ((SECONDS >= patience)); then
    printf 'database.sh: no PostgreSQL that takes writes for %s seconds: %s\n' "$patience" "$why" >&2
    exit 1
  fi
  sleep 1
done

if PGUSER=keycloak PGPASSWORD=$password psql --no-psqlrc --quiet --dbname keycloak --command 'select' >/dev/null 2>&1; then
  echo 'database.sh: nothing to do'
  exit
fi

# The password comes from the environment, because arguments show in the host's process list, and stays out of the database's log even
# when a statement fails.
export KEYCLOAK_DB_PASSWORD=$password
as_superuser --dbname postgres <<'SQL'
\getenv password KEYCLOAK_DB_PASSWORD
set log_min_error_statement to panic;
set log_min_duration_statement to -1;
set log_statement to none;
select 'create role keycloak' where not exists (select from pg_roles where rolname = 'keycloak') \gexec
select format('alter role keycloak login nosuperuser nocreatedb nocreaterole password %L', :'password') \gexec
select 'create database keycloak owner keycloak' where not exists (select from pg_database where datname = 'keycloak') \gexec
-- Other applications share these servers. PostgreSQL would let each of them connect here.
revoke connect, temporary on database keycloak from public;
SQL
echo 'database.sh: the database is there, and its user may log in'
