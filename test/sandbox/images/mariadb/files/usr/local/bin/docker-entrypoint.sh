#!/usr/bin/env bash
# The contract of the official mariadb image: MARIADB_* settings (some also as *_FILE), initialisation on an empty data folder with
# Galera off, /docker-entrypoint-initdb.d with docker_process_sql, users for healthcheck.sh, start as root and step down to mysql.
set -eo pipefail
shopt -s nullglob

note() { printf '%s [Note] [Entrypoint]: %s\n' "$(date --rfc-3339=seconds)" "$*"; }
fail() {
	printf '%s [ERROR] [Entrypoint]: %s\n' "$(date --rfc-3339=seconds)" "$*" >&2
	exit 1
}

# Sets $1 from the file named by ${1}_FILE, or to $2 when neither is given.
setting() {
	local name=$1 file=${1}_FILE
	if [ -n "${!name:-}" ] && [ -n "${!file:-}" ]; then fail "Both $name and $file are set (but are exclusive)"; fi
	if [ -n "${!file:-}" ]; then
		export "$name"="$(<"${!file}")"
	else
		export "$name"="${!name:-${2:-}}"
	fi
	unset "$file"
}

configured() {
	local name=$1
	shift
	"$@" --verbose --help 2>/dev/null | awk -v name="$name" '$1 == name && /^[^ \t]/ {sub(/^[^ \t]+[ \t]+/, ""); print; exit}'
}

docker_process_sql() {
	local password=$MARIADB_ROOT_PASSWORD
	if [ "${1:-}" = --dont-use-mysql-root-password ]; then
		password=
		shift
	fi
	MYSQL_PWD=$password mariadb --protocol=socket -uroot -hlocalhost --socket="$SOCKET" "$@"
}

start_temporary() {
	"$@" --skip-networking --default-time-zone=SYSTEM --socket="$SOCKET" --wsrep_on=OFF --expire-logs-days=0 --skip-slave-start \
		--loose-innodb_buffer_pool_load_at_startup=0 --skip-ssl --ssl-cert='' --ssl-key='' --ssl-ca='' &
	MARIADB_PID=$!
	local i
	for i in {300..0}; do
		if docker_process_sql --dont-use-mysql-root-password --database=mysql <<<'SELECT 1' &>/dev/null; then return; fi
		sleep 0.1
	done
	fail 'Unable to start server.'
}

set_up_users() {
	local password host
	password=$(od -An -N16 -tx1 /dev/urandom | sed 's/ //g')
	docker_process_sql --dont-use-mysql-root-password --database=mysql --binary-mode <<-EOSQL
		DROP USER IF EXISTS root@'127.0.0.1', root@'::1';
		EXECUTE IMMEDIATE CONCAT('DROP USER IF EXISTS root@\'', @@hostname, '\'');
		SET PASSWORD FOR root@localhost = PASSWORD('$MARIADB_ROOT_PASSWORD');
		CREATE USER root@'$MARIADB_ROOT_HOST' IDENTIFIED BY '$MARIADB_ROOT_PASSWORD';
		GRANT ALL ON *.* TO root@'$MARIADB_ROOT_HOST' WITH GRANT OPTION;
		$(for host in 127.0.0.1 ::1 localhost; do
			echo "CREATE USER healthcheck@'$host' IDENTIFIED BY '$password';"
		done)
	EOSQL
	(umask 0077 && printf '[mariadb-client]\nport=3306\nsocket=%s\nuser=healthcheck\npassword=%s\n' "$SOCKET" "$password" >"$DATADIR/.my-healthcheck.cnf")
	if [ -n "$MARIADB_DATABASE" ]; then docker_process_sql <<<"CREATE DATABASE IF NOT EXISTS \`$MARIADB_DATABASE\`;"; fi
	if [ -n "$MARIADB_USER" ] && [ -n "$MARIADB_PASSWORD" ]; then
		docker_process_sql <<<"CREATE USER '$MARIADB_USER'@'%' IDENTIFIED BY '$MARIADB_PASSWORD'; ${MARIADB_DATABASE:+GRANT ALL ON \`${MARIADB_DATABASE//_/\\_}\`.* TO '$MARIADB_USER'@'%';}"
	fi
}

run_initdb_files() {
	local file
	for file; do
		case $file in
		*.sh)
			if [ -x "$file" ]; then
				note "$0: running $file"
				"$file"
			else
				note "$0: sourcing $file"
				. "$file"
			fi
			;;
		*.sql)
			note "$0: running $file"
			docker_process_sql <"$file"
			;;
		*) note "$0: ignoring $file" ;;
		esac
	done
}

initialise() {
	[ -n "$MARIADB_ROOT_PASSWORD" ] || fail 'Database is uninitialized and password option is not specified'
	note 'Initializing database files'
	mariadb-install-db --datadir="$DATADIR" --rpm --auth-root-authentication-method=normal "${@:2}" --cross-bootstrap --skip-test-db \
		--old-mode='UTF8_IS_UTF8MB3' --default-time-zone=SYSTEM --enforce-storage-engine= --skip-log-bin --expire-logs-days=0 \
		--loose-innodb_buffer_pool_load_at_startup=0 --loose-innodb_buffer_pool_dump_at_shutdown=0
	note 'Starting temporary server'
	start_temporary "$@"
	set_up_users
	run_initdb_files /docker-entrypoint-initdb.d/*
	note 'Stopping temporary server'
	kill "$MARIADB_PID"
	wait "$MARIADB_PID"
	note 'MariaDB init process done. Ready for start up.'
}

if [ "${1:0:1}" = '-' ]; then set -- mariadbd "$@"; fi

if [ "$1" = mariadbd ]; then
	case " $* " in *' --help '* | *' --version '* | *' -V '*) exec "$@" ;; esac
	note "Entrypoint script for MariaDB Server $MARIADB_VERSION started."
	errors=$("$@" --verbose --help 2>&1 >/dev/null) || fail "mariadbd failed while attempting to check config"$'\n\t'"$errors"
	DATADIR=$(configured datadir "$@")
	SOCKET=$(configured socket "$@")
	setting MARIADB_ROOT_HOST '%'
	for name in MARIADB_ROOT_PASSWORD MARIADB_DATABASE MARIADB_USER MARIADB_PASSWORD; do setting "$name"; done
	mkdir -p "$DATADIR"
	if [ "$(id -u)" = 0 ]; then
		find "$DATADIR" \! -user mysql -exec chown mysql: '{}' +
		exec gosu mysql "$BASH_SOURCE" "$@"
	fi
	if [ ! -d "$DATADIR/mysql" ]; then initialise "$@"; fi
fi
exec "$@"
