#!/usr/bin/env bash
# Builds the Dockerfile on a stand-in of its base image and tries the result, without a Docker engine: with Debian's
# buildah, as root. Also lints the Docker files. check.sh [--keep] keeps what was made, so that the next run is quicker.
set -eu
cd "${BASH_SOURCE[0]%/*}/../.."

work=${TMPDIR:-/tmp}/harmoni-docker-check
here=$PWD/test/docker
# shellcheck disable=SC2034 # the parts use it
base=docker.io/library/$(sed -n 's/^FROM \([^ ]*\)$/\1/p' Dockerfile)
export BUILDAH="buildah --root $work/storage --runroot $work/run --storage-driver vfs"

missing=()
for tool in buildah debootstrap docker-compose shellcheck tmux ip curl npm python3; do
  command -v "$tool" >/dev/null || missing+=("$tool")
done
if [ ${#missing[@]} != 0 ]; then
  echo "Missing: ${missing[*]}. On Debian: apt-get install buildah debootstrap docker-compose shellcheck tmux iproute2 curl" >&2
  exit 1
fi
if [ "$(id -u)" != 0 ]; then
  echo 'Only root can make the stand-in of the base image.' >&2
  exit 1
fi

. "$here/containers.sh"
[ "${1-}" = --keep ] || trap 'leave; rm -rf "$work"' EXIT
[ "${1-}" != --keep ] || trap leave EXIT
mkdir -p "$work"

for part in "$here"/parts/*.sh; do
  echo "--- $(sed -n '2s/^# //p' "$part")"
  # shellcheck disable=SC1090 # each is looked at by itself
  . "$part"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
