#!/bin/bash
# The account of the exporter: it may see statistics (pg_monitor) and nothing else. Changes nothing when the account is there and has the
# password of now, so this may run after every start.
set -euo pipefail

# read_secret NAME
read_secret() {
  local file=/run/secrets/$1 value
  if [[ ! -r $file ]] || ! value=$(<"$file") || [[ -z $value ]]; then
    echo "account.sh: $file is missing, empty or not readable for uid $(id -u)" >&2
    exit 1
  fi
  printf '%s' "$value"
}

export PGHOST=postgres PGDATABASE=postgres PGCONNECT_TIMEOUT=10
superuser_password=$(read_secret postgres_password)
password=$(read_secret postgres_exporter_password)

if PGUSER=exporter PGPASSWORD=$password psql --no-psqlrc --quiet --command 'select from pg_stat_activity limit 0' >/dev/null 2>&1; then
  echo 'account.sh: nothing to do'
  exit
fi

# The password comes from the environment, because arguments show in the host's process list, and stays out of the database's log even
# when a statement fails.
export EXPORTER_PASSWORD=$password
PGUSER=postgres PGPASSWORD=$superuser_password psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 <<'SQL'
\getenv password EXPORTER_PASSWORD
set log_min_error_statement to panic;
set log_min_duration_statement to -1;
set log_statement to none;
select 'create role exporter' where not exists (select from pg_roles where rolname = 'exporter') \gexec
select format('alter role exporter login nosuperuser nocreatedb nocreaterole connection limit 5 password %L', :'password') \gexec
grant pg_monitor to exporter;
SQL
echo 'account.sh: the account may log in'
