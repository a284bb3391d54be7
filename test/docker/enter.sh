#!/usr/bin/env bash
# Starts the image's entrypoint in a container as Docker does, with mounts, process ids and rights of its own:
# enter.sh [--unseen] [--user UID:GID] [-e NAME=VALUE]... [ARGS]. ROOTFS is the container's folder, FOLDERS holds data
# and music, ENVIRONMENT has NAME=VALUE lines and ENTRYPOINT words. --unseen: a terminal without a size.
set -eu
: "${ROOTFS:?}" "${FOLDERS:?}" "${ENVIRONMENT:?}" "${ENTRYPOINT:?}"

if [ -z "${INSIDE-}" ]; then
  INSIDE=yes exec unshare --mount --pid --fork --kill-child "$0" "$@"
fi

mapfile -t environment <<<"$ENVIRONMENT"
read -ra entrypoint <<<"$ENTRYPOINT"
user=()
for folder in data music; do
  mount --bind "$FOLDERS/$folder" "$ROOTFS/app/$folder"
done
mount -t proc proc "$ROOTFS/proc"
mount --rbind /dev "$ROOTFS/dev"
touch "$ROOTFS/.dockerenv"
while [ $# != 0 ]; do
  case $1 in
    --unseen) stty rows 0 cols 0 ;;
    --user) user=(--reuid "${2%:*}" --regid "${2#*:}" --clear-groups) && shift ;;
    -e) environment+=("$2") && shift ;;
    *) break ;;
  esac
  shift
done
exec env -i TERM=xterm-256color "${environment[@]}" chroot "$ROOTFS" \
  setpriv --bounding-set=-all,+chown,+kill,+setgid,+setuid --inh-caps=-all --no-new-privs ${user[@]+"${user[@]}"} \
  -- "${entrypoint[@]}" "$@"
