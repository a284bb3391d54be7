# shellcheck shell=bash disable=SC2154,SC2034
# The image
check 'a stand-in of the base image can be made' "$here/base-image.sh" "$base" "$work"
check 'the Dockerfile builds' \
  buildah_ build --isolation chroot --pull-never --format docker --tag harmoni .
# The lines end without a newline, which read takes for a failure.
read -ra entrypoint < <(of_image '{{range .Entrypoint}}{{.}} {{end}}') || true
read -ra health < <(of_image '{{range slice .Healthcheck.Test 1}}{{.}} {{end}}') || true
container=$(buildah_ from --pull-never harmoni)
use_container

megabytes() { buildah_ images --format '{{.Size}}' "$1"; }
echo "      size: $(megabytes harmoni), of which the base image $(megabytes "$base")"

version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' package.json)
check 'its label has the version of package.json' \
  test "$(of_image '{{index .Labels "org.opencontainers.image.version"}}')" = "$version"
folders 1000:1000
check 'it holds the program and nothing of the project else' \
  test "$(in_container -- ls /app | tr '\n' ' ')" = 'config.json.example data music node_modules package.json src '
check 'it holds no developer packages' in_container -- test ! -e /app/node_modules/typescript
