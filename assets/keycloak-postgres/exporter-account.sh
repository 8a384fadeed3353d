#!/bin/bash
# The account of the exporter in Keycloak's database: it may see statistics (pg_monitor) and nothing else. Changes nothing when the account
# is there, may do that and has the password of now, so this may run after every start.
set -euo pipefail

# read_secret NAME
read_secret() {
  local file=/run/secrets/$1 value
  if [[ ! -r $file ]] || ! value=$(<"$file") || [[ -z $value ]]; then
    echo "exporter-account: $file is missing, empty or not readable for uid $(id -u)" >&2
    exit 1
  fi
  printf '%s' "$value"
}

export PGHOST=keycloak-postgres PGDATABASE=keycloak PGCONNECT_TIMEOUT=10
owner_password=$(read_secret keycloak_db_password)
password=$(read_secret keycloak_postgres_exporter_password)

monitors=$(PGUSER=exporter PGPASSWORD=$password psql --no-psqlrc -Atc "select pg_has_role('pg_monitor', 'member')" 2>/dev/null || true)
if [[ $monitors == t ]]; then
  echo "exporter-account: nothing to do"
  exit
fi

# The password comes from the environment, because arguments show in the host's process list, and stays out of the database's log even
# when a statement fails.
export EXPORTER_PASSWORD=$password
PGUSER=keycloak PGPASSWORD=$owner_password psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 <<'SQL'
\getenv password EXPORTER_PASSWORD
set log_min_error_statement to panic;
set log_statement to none;
select 'create role exporter' where not exists (select from pg_roles where rolname = 'exporter') \gexec
select format('alter role exporter login nosuperuser nocreatedb nocreaterole connection limit 5 password %L', :'password') \gexec
grant pg_monitor to exporter;
SQL
echo "exporter-account: the account may log in"
