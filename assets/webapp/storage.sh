#!/bin/sh
# A bucket that belongs to one application, and a user who may use only that one. Looks first and changes nothing that is right already,
# so it may run again: after a key was replaced, for example, it brings the new one in.
set -eu
umask 077

secret_key=$(cat "$S3_SECRET_KEY_FILE")
# mc takes its logins from variables of this form. Set here and not in the compose file, where `docker inspect` would show them.
MC_HOST_admin="http://$ADMIN_USER:$(cat "$ADMIN_PASSWORD_FILE")@$S3_HOST"
MC_HOST_application="http://$S3_ACCESS_KEY:$secret_key@$S3_HOST"
export MC_HOST_admin MC_HOST_application

mc() {
  command mc --quiet --no-color "$@"
}

application_gets_in() {
  mc ls "application/$S3_BUCKET" >/dev/null 2>&1
}

# All of the bucket, and nothing else.
policy() {
  cat <<JSON
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["s3:*"],
      "Resource": ["arn:aws:s3:::$S3_BUCKET", "arn:aws:s3:::$S3_BUCKET/*"]
    }
  ]
}
JSON
}

wait_for_store() {
  tries=0
  until mc ls admin >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ "$tries" -ge 120 ]; then
      echo "storage: $S3_HOST was not ready for $ADMIN_USER within two minutes:" >&2
      mc ls admin >&2 || exit 1
    fi
    sleep 1
  done
}

make_bucket() {
  mc mb --ignore-existing "admin/$S3_BUCKET"
  # Key and secret on two lines of standard input: arguments show in the host's process list.
  printf '%s\n%s\n' "$S3_ACCESS_KEY" "$secret_key" | mc admin user add admin
  policy >/tmp/policy.json
  mc admin policy create admin "$S3_BUCKET" /tmp/policy.json
  # It is an error to give a policy to somebody who has it.
  mc admin user info admin "$S3_ACCESS_KEY" | grep -q "^PolicyName: *$S3_BUCKET\$" ||
    mc admin policy attach admin "$S3_BUCKET" --user "$S3_ACCESS_KEY"
}

wait_for_store
application_gets_in || make_bucket
if ! application_gets_in; then
  echo "storage: $S3_ACCESS_KEY can not open the bucket $S3_BUCKET on $S3_HOST" >&2
  exit 1
fi
echo "storage: the bucket $S3_BUCKET is ready for $S3_ACCESS_KEY"
