#!/usr/bin/env bash
# Logs in to the stand-in with a client's secret; then creates and updates clients there. Knows the client scope `roles`; all else it
# updates and creates without effect.
set -euo pipefail

fail() {
	echo >&2 "$*"
	exit 1
}

# The value after the option $1 among the other arguments.
option() {
	local wanted=$1
	shift
	while [ $# -gt 0 ]; do
		if [ "$1" = "$wanted" ]; then
			printf '%s' "${2:-}"
			return
		fi
		shift
	done
}

config=$(option --config "$@")
config=${config:-$HOME/.keycloak/kcadm.config}

# request SERVER METHOD PATH [BODY]: the answer's body; fails unless the status is 200
request() {
	local server=$1 status answer
	[[ $server =~ ^http://([^:/]+):([0-9]+)$ ]] || fail "cannot reach '$server': only http://HOST:PORT is known here"
	exec 3<>"/dev/tcp/${BASH_REMATCH[1]}/${BASH_REMATCH[2]}" || fail "cannot reach $server"
	printf '%s %s HTTP/1.0\r\nContent-Length: %d\r\n\r\n%s' "$2" "$3" "$(printf '%s' "${4:-}" | wc -c)" "${4:-}" >&3
	read -r status <&3
	while IFS= read -r answer && [ "$answer" != $'\r' ]; do :; done <&3
	cat <&3
	[[ $status == *' 200 '* ]]
}

log_in() {
	local server client
	server=$(option --server "$@") client=$(option --client "$@")
	request "$server" GET "/clients/$client/${KC_CLI_CLIENT_SECRET:-$(option --secret "$@")}" >/dev/null ||
		fail 'Invalid client or Invalid client credentials [unauthorized_client]'
	printf '%s\n' "$server" >"$config"
}

# clients METHOD [/ID | ?QUERY]: with the JSON of -f, and -s attributes.NAME=VALUE on top of it
clients() {
	local method=$1 path=$2 body= attribute
	shift 2
	if [ "$method" != GET ]; then
		body=$(<"$(option -f "$@")")
		attribute=$(option -s "$@")
		attribute=${attribute#attributes.}
		[[ $body =~ (.*\"attributes\":\ *\{)(.*) ]] || fail 'a client without attributes is not known here'
		body="${BASH_REMATCH[1]}\"${attribute%%=*}\": \"${attribute#*=}\",${BASH_REMATCH[2]}"
	fi
	request "$(<"$config")" "$method" "/admin/realms/$(option -r "$@")/clients$path" "$body" || fail 'Client could not be created or updated'
}

if [ "${1:-} ${2:-}" = 'config credentials' ]; then
	log_in "$@"
	exit
fi
[ -e "$config" ] || fail 'No server specified. Use --server, or kcadm.sh config credentials'
case "${1:-} ${2:-}" in
'get clients') clients GET "?$(option -q "$@")" "$@" ;;
'create clients') clients POST '' "$@" ;;
'update clients/'*) clients PUT "${2#clients}" "$@" ;;
'get client-scopes') echo '00000000-0000-4000-8000-000000000001,roles' ;;
'get '*) ;;
'update '* | 'create '* | 'delete '*) ;;
*) fail "Unknown command: ${1:-}" ;;
esac
