#!/bin/bash
# Fetches the plugins when the list has changed, and becomes Jenkins.
set -euo pipefail

home=/var/jenkins_home
list=/opt/infra/plugins.txt
# Holds the hash of the list that was installed completely.
mark=$home/.plugins-installed

# Straight into the home: the image's own way is by a folder of the image, which is read-only here. What is there in the wanted
# version already is not fetched again.
install_plugins() {
  local wanted installed=
  wanted=$(sha256sum <"$list")
  if [[ -r $mark ]]; then
    installed=$(<"$mark")
  fi
  if [[ $installed == "$wanted" ]]; then
    return
  fi
  echo "entrypoint: fetching the plugins of $list from updates.jenkins.io"
  if ! jenkins-plugin-cli --plugin-file "$list" --plugin-download-directory "$home/plugins" --latest false; then
    echo "entrypoint: not all plugins could be fetched. This needs the internet; the next start tries again." >&2
    exit 1
  fi
  printf '%s\n' "$wanted" >"$mark"
}

# With an authority of this platform's own: Java and git trust it as well as all others.
trust_authority() {
  local authority=/run/secrets/platform_ca.crt
  if [[ ! -r $authority ]]; then
    return
  fi
  cp "$JAVA_HOME/lib/security/cacerts" /tmp/cacerts
  chmod u+w /tmp/cacerts
  # The password only guards against mistakes: it is the same in every Java there is.
  keytool -importcert -noprompt -alias platform -file "$authority" -keystore /tmp/cacerts -storepass changeit 2>/dev/null
  cat /etc/ssl/certs/ca-certificates.crt "$authority" >/tmp/authorities.pem
  export GIT_SSL_CAINFO=/tmp/authorities.pem SSL_CERT_FILE=/tmp/authorities.pem
  export JENKINS_JAVA_OPTS="$JENKINS_JAVA_OPTS -Djavax.net.ssl.trustStore=/tmp/cacerts -Djavax.net.ssl.trustStorePassword=changeit"
}

# Git runs little helpers from the temporary folder, which /tmp does not allow. What an earlier run left there is of no use.
rm -rf "$home/tmp"
mkdir -p "$home/tmp"
install_plugins
trust_authority

# Becomes Jenkins, so that the engine's signal to stop reaches it.
exec /usr/local/bin/jenkins.sh "$@"
