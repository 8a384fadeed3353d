#!/bin/bash
# Hands the passwords to Patroni in a file that exists in memory only, and becomes Patroni. Secrets are alphanumeric: nothing to escape.
set -euo pipefail
umask 077

# read_secret NAME
read_secret() {
  local file=/run/secrets/$1 value
  if [[ ! -r $file ]] || ! value=$(<"$file") || [[ -z $value ]]; then
    echo "node.sh: $file is missing, empty or not readable for uid $(id -u)" >&2
    exit 1
  fi
  printf '%s' "$value"
}

superuser=$(read_secret postgres_password)
replication=$(read_secret postgres_replication_password)
rewind=$(read_secret postgres_rewind_password)
patroni=$(read_secret postgres_patroni_password)

# Patroni reads a folder of files as one, in the order of their names.
cp "$(dirname "${BASH_SOURCE[0]}")/patroni.yaml" /run/patroni/1-cluster.yaml
cat >/run/patroni/2-passwords.yaml <<END
restapi:
  authentication: {username: patroni, password: $patroni}
postgresql:
  authentication:
    superuser: {username: postgres, password: $superuser}
    replication: {username: replicator, password: $replication}
    # May read the data files of the leader, and no more.
    rewind: {username: rewind, password: $rewind}
END

exec patroni /run/patroni
