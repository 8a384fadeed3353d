#!/bin/sh
# Hands the folders of etcd's members over, because the engine creates a volume's folder for root and etcd is not root here. Decides for all
# of them at once how each has to start: while nobody has data, the cluster is being founded. A member that has nothing while another has
# data was there before, and has lost its volume.
set -eu

state=new
for folder in /etcd/*; do
  if [ -d "$folder/etcd" ]; then state=lost; fi
done

for folder in /etcd/*; do
  if [ ! -s "$folder/state" ]; then
    # Root without rights over the files of others: what it writes into has to be its own for that long.
    chown 0:0 "$folder"
    echo "$state" >"$folder/state"
    echo "folders.sh: $folder is empty: $state"
  fi
  chown 65532:65532 "$folder" "$folder/state"
done
