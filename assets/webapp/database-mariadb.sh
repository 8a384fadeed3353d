#!/bin/bash
# A database that belongs to one application, and a user who may use only that one. Looks first and changes nothing that is right
# already, so it may run again: after a password was replaced, for example, it brings the new one in.
set -euo pipefail
# What is written here holds passwords; /tmp is memory that ends with this container.
umask 077

password=$(<"$DATABASE_PASSWORD_FILE")

# From files and from standard input: arguments show in the host's process list.
# login FILE USER PASSWORD
login() {
  printf '[client]\nhost=%s\nport=%s\nuser=%s\npassword="%s"\nconnect-timeout=5\n' "$DATABASE_HOST" "$DATABASE_PORT" "$2" "$3" >"$1"
}
login /tmp/admin.cnf "$ADMIN_USER" "$(<"$ADMIN_PASSWORD_FILE")"
login /tmp/application.cnf "$DATABASE_USER" "$password"

as_admin() {
  mariadb --defaults-file=/tmp/admin.cnf --batch --skip-column-names
}

application_gets_in() {
  mariadb --defaults-file=/tmp/application.cnf "$DATABASE_NAME" <<<'select 1' >/dev/null 2>&1
}

# The server may be starting. A member of a cluster that has lost the others answers, but refuses all statements.
wait_for_server() {
  local tries answer=
  for ((tries = 0; tries < 120; tries++)); do
    if answer=$(as_admin <<<'select count(*) from mysql.user' 2>&1); then
      return
    fi
    sleep 1
  done
  echo "database: $DATABASE_HOST:$DATABASE_PORT was not ready for $ADMIN_USER within two minutes: $answer" >&2
  exit 1
}

make_database() {
  # In the name of a database, _ stands for any character when rights are given.
  as_admin <<SQL
create database if not exists \`$DATABASE_NAME\`;
create user if not exists '$DATABASE_USER'@'%' identified by '$password';
grant all on \`${DATABASE_NAME//_/\\_}\`.* to '$DATABASE_USER'@'%';
SQL
}

set_password() {
  as_admin <<SQL
alter user '$DATABASE_USER'@'%' identified by '$password';
SQL
}

wait_for_server
make_database
application_gets_in || set_password
if ! application_gets_in; then
  echo "database: $DATABASE_USER can not log in to $DATABASE_NAME on $DATABASE_HOST:$DATABASE_PORT" >&2
  exit 1
fi
echo "database: $DATABASE_NAME is ready for $DATABASE_USER"
