#!/usr/bin/env bash
# The checks of the official image that are used here, over the socket and in the order in which they are given.
set -Eeuo pipefail

defaults=()
connected=
[ -f /var/lib/mysql/.my-healthcheck.cnf ] && defaults=(--defaults-extra-file=/var/lib/mysql/.my-healthcheck.cnf)

sql() { mariadb "${defaults[@]}" --skip-ssl --protocol socket --batch --skip-column-names --execute "$1"; }
status() { sql "select VARIABLE_VALUE from information_schema.GLOBAL_STATUS where VARIABLE_NAME='$1'"; }

connect() { [ "$(sql 'select @@skip_networking')" = 0 ] && connected=yes; }
innodb_initialized() { [ "$(sql "select 1 from information_schema.ENGINES where engine='innodb' and support in ('YES', 'DEFAULT', 'ENABLED')")" = 1 ]; }
galera_online() { [ "$(status WSREP_LOCAL_STATE)" = 4 ]; }
galera_ready() { [ "$(status WSREP_READY)" = ON ]; }

[ $# -gt 0 ] || { echo >&2 'At least one argument required'; exit 1; }
for argument; do
	case $argument in
	--defaults-extra-file=* | --defaults-file=*) defaults=("$argument") ;;
	--no-connect) connected=yes ;;
	--connect | --innodb_initialized | --galera_online | --galera_ready)
		"${argument#--}" || { echo >&2 "healthcheck ${argument#--} failed"; exit 1; }
		;;
	*) echo >&2 "healthcheck unknown option or test '$argument'"; exit 1 ;;
	esac
done
[ -n "$connected" ] || connect
