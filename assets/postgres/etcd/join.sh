#!/bin/bash
# Writes the settings of one member of etcd before it starts. A member that has lost its volume may not start as if nothing had been: it
# would vote without knowing what it has already voted for. The others take it out of the cluster and in again, as a new one that copies
# everything first. Changes nothing where nothing was lost.
set -euo pipefail

# ask HOST PATH JSON: etcd's answer without its spaces.
ask() {
  local answer
  answer=$(
    exec 3<>"/dev/tcp/$1/2379" &&
      printf 'POST %s HTTP/1.0\r\nHost: %s\r\nContent-Length: %d\r\n\r\n%s' "$2" "$1" "${#3}" "$3" >&3 &&
      timeout 10 cat <&3
  ) 2>/dev/null || return
  [[ $answer == HTTP/1.?' 200 '* ]] || return
  printf '%s' "${answer//[[:space:]]/}"
}

# Half of it done is no harm: what was added and never started is taken out again too.
join() {
  local other list id
  for other in $MEMBERS; do
    if [[ $other == "$MEMBER" ]]; then continue; fi
    # Linearizable: not what this one remembers, but what a majority agrees on.
    list=$(ask "$other" /v3/cluster/member/list '{"linearizable":true}') || continue
    id=$(grep -oE '\{"ID":"[0-9]+"[^{}]*\}' <<<"$list" | grep -F "\"http://$MEMBER:2380\"" | grep -oE '[0-9]+' | head -n 1) || id=
    if [[ -n $id ]]; then ask "$other" /v3/cluster/member/remove "{\"ID\":\"$id\"}" >/dev/null || return; fi
    ask "$other" /v3/cluster/member/add "{\"peerURLs\":[\"http://$MEMBER:2380\"]}" >/dev/null
    return
  done
  return 1
}

if [[ $(</data/state) == lost ]]; then
  echo "join.sh: the volume of $MEMBER is empty, and it was a member before: asking the others to take it in again"
  # They start at the same time. Not for ever: what else is wrong has to be seen.
  patience=300
  until join; do
    if ((SECONDS >= patience)); then
      echo "join.sh: the others were in no majority for $patience seconds, so nobody could take $MEMBER in. If another one lost its" \
        'volume too: remove what there is of etcd, containers and volumes, and roll out again. Databases are not in there.' >&2
      exit 1
    fi
    sleep 1
  done
  echo existing >/data/state.new
  mv /data/state.new /data/state
  echo "join.sh: $MEMBER is a member again"
fi

# Whole or not at all.
{
  cat "$(dirname "${BASH_SOURCE[0]}")/etcd.yaml"
  cat <<END

# From join.sh. The state counts while there is no data.
name: $MEMBER
initial-advertise-peer-urls: http://$MEMBER:2380
advertise-client-urls: http://$MEMBER:2379
initial-cluster-state: $([[ $(</data/state) == new ]] && echo new || echo existing)
END
} >/data/etcd.yaml.new
mv /data/etcd.yaml.new /data/etcd.yaml
