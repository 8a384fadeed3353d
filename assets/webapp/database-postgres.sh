#!/bin/bash
# A database that belongs to one application, and a user who may use only that one. Looks first and changes nothing that is right
# already, so it may run again: after a password was replaced, for example, it brings the new one in.
set -euo pipefail

# From the environment and from standard input: arguments show in the host's process list.
export PGHOST=$DATABASE_HOST PGPORT=$DATABASE_PORT PGCONNECT_TIMEOUT=5 DATABASE_PASSWORD
DATABASE_PASSWORD=$(<"$DATABASE_PASSWORD_FILE")
admin_password=$(<"$ADMIN_PASSWORD_FILE")

sql() {
  psql --no-psqlrc --quiet --no-align --tuples-only --set ON_ERROR_STOP=1 --set name="$DATABASE_NAME" --set user="$DATABASE_USER"
}

as_admin() {
  PGUSER=$ADMIN_USER PGPASSWORD=$admin_password PGDATABASE=postgres sql
}

application_gets_in() {
  PGUSER=$DATABASE_USER PGPASSWORD=$DATABASE_PASSWORD PGDATABASE=$DATABASE_NAME sql <<<'select' 2>/dev/null
}

# The server may be starting, or a cluster choosing its leader: one that is only read from can not be used here.
wait_for_server() {
  local tries answer=
  for ((tries = 0; tries < 120; tries++)); do
    if answer=$(as_admin <<<'select pg_is_in_recovery()' 2>&1) && [[ $answer == f ]]; then
      return
    fi
    sleep 1
  done
  echo "database: $PGHOST:$PGPORT was not ready for $ADMIN_USER within two minutes: $answer" >&2
  exit 1
}

make_database() {
  as_admin <<'SQL'
select format('create role %I login', :'user') where not exists (select from pg_roles where rolname = :'user') \gexec
select format('create database %I owner %I', :'name', :'user') where not exists (select from pg_database where datname = :'name') \gexec
-- Otherwise every user of the server could connect, which is where looking around begins.
revoke all on database :"name" from public;
SQL
}

set_password() {
  as_admin <<'SQL'
-- Not in the server's log, whatever it is told to log.
set log_statement to none;
set log_min_duration_statement to -1;
set log_min_error_statement to panic;
\getenv password DATABASE_PASSWORD
alter role :"user" password :'password';
SQL
}

wait_for_server
make_database
application_gets_in || set_password
if ! application_gets_in; then
  echo "database: $DATABASE_USER can not log in to $DATABASE_NAME on $PGHOST:$PGPORT" >&2
  exit 1
fi
echo "database: $DATABASE_NAME is ready for $DATABASE_USER"
