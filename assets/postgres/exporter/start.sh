#!/bin/sh
# One exporter for all three servers: each request names the server that it is about. For that it reads its user and password from a file:
# made here, in memory, from the secret.
set -eu
umask 077

if [ ! -s /run/secrets/postgres_exporter_password ]; then
  echo 'start.sh: /run/secrets/postgres_exporter_password is missing or empty' >&2
  exit 1
fi
cat >/tmp/exporter.yaml <<END
auth_modules:
  exporter:
    type: userpass
    userpass:
      username: exporter
      password: $(cat /run/secrets/postgres_exporter_password)
    options:
      # Without encryption: both are on a network of this host.
      sslmode: disable
END

# GET /probe?target=postgres-1:5432/postgres&auth_module=exporter
exec /bin/postgres_exporter --config.file=/tmp/exporter.yaml
