#!/bin/bash
# `harmoni` inside the container, also for docker exec and the health check. Runs HARMONI as the owner of the data
# folder, so that bind mounts of any owner work; PUID and PGID choose another user.
set -eu

data=$HARMONI_DATA_DIR
music=$HARMONI_OUTPUT_DIR
config=$HARMONI_CONFIG
example=/app/config.json.example
# With little memory, as in start.sh.
program=(node --max-semi-space-size=4 /app/src/index.ts)
# How somebody outside calls HARMONI: with this name it tells them what to do.
export HARMONI_PROGRAM=${HARMONI_PROGRAM:-docker compose run --rm harmoni}

say() { printf '%s\n' "$*" >&2; }
owner() { stat -c %u:%g "$1"; }

# Without root on the host (rootless Docker, Podman) root in here is the user outside, who owns the folders.
rootless() {
  local outside
  read -r _ outside _ </proc/self/uid_map
  [ "$outside" != 0 ]
}

become_the_owner() {
  local user=${PUID:-} group=${PGID:-} folder
  if [ -z "$user" ]; then
    IFS=: read -r user group < <(owner "$data")
    group=${PGID:-$group}
    if [ "$user" = 0 ] && ! rootless; then user=1000 group=${PGID:-1000}; fi
  fi
  group=${group:-$user}
  case $user$group in
    *[!0-9]*)
      say "PUID and PGID must be numbers, like those that the id command shows. They're \"$user\" and \"$group\"."
      exit 2
      ;;
  esac
  [ "$user" != 0 ] || return 0
  # Docker makes missing folders for root, and so does git for root. Music of somebody else's is left as it is.
  for folder in "$data" "$music"; do
    if [ "$(stat -c %u "$folder")" != 0 ]; then continue; fi
    if [ "$folder" = "$data" ] || [ -z "$(ls -A "$folder")" ]; then
      chown -hR --from=0 "$user:$group" "$folder" 2>/dev/null || true
    fi
  done
  exec setpriv --reuid "$user" --regid "$group" --clear-groups --no-new-privs -- "$0" "$@"
}

say_what_cannot_be_written() {
  local folder
  for folder in "$data" "$music"; do
    if [ -w "$folder" ]; then continue; fi
    say "HARMONI runs as user $(id -u):$(id -g) and can't write to $folder, which belongs to $(owner "$folder")." \
      'Nothing will be saved there. Run as its owner (PUID and PGID, or --user), or make the folder writable.'
  done
}

# Neither docker exec nor the health check has tini above it.
is_main_process() {
  local parent
  { read -r parent <"/proc/$PPID/comm"; } 2>/dev/null && [ "$parent" = tini ]
}

make_config() {
  local new
  # Docker makes a folder where a mounted file is missing; the empty one that stays goes.
  rmdir "$config" 2>/dev/null || true
  if [ -d "$config" ]; then
    say "$config is a folder, because Docker creates one when a mounted file is missing. Remove it on the host," \
      'and mount the data folder instead of the single file.'
    exit 2
  fi
  if [ -e "$config" ] || [ ! -w "${config%/*}" ]; then return 0; fi
  new=$(mktemp "$config.XXXXXX")
  # With the time of the example, which shows that nobody has changed it yet.
  cp --preserve=timestamps "$example" "$new" && mv -n "$new" "$config"
  rm -f "$new"
}

nobody_changed_config() { [ "$(stat -c %Y "$config" 2>/dev/null)" = "$(stat -c %Y "$example")" ]; }

# Docker starts a server again that ended, but no start mends a wrong setting (2) or a missing one (4).
serve() {
  local code=0 server
  trap 'kill "$server"' INT TERM
  "${program[@]}" "$@" &
  server=$!
  wait "$server" || code=$?
  # A signal ends the first wait at once.
  if kill -0 "$server" 2>/dev/null; then
    code=0
    wait "$server" || code=$?
  fi
  trap - INT TERM
  case $code in 2 | 4) ;; *) exit "$code" ;; esac
  say 'The server waits until you fix that. Then run: docker compose --profile auth-server up -d auth-server'
  exec sleep infinity
}

size() { stty size 2>/dev/null || true; }

# The terminal of `docker compose up` has no size and gets no keys until `docker attach` brings both. `docker compose
# run` brings its size a moment after the start. Any key will do as well, for what attaches without a size.
wait_for_somebody() {
  local moments=0 wait=0.1
  while [ "$(size)" = '0 0' ]; do
    if read -rsn 1 -t "$wait"; then
      stty cols 80 rows 24
      return
    fi
    moments=$((moments + 1))
    if [ "$moments" = 15 ]; then
      say 'No input here. Open the menu in another terminal: docker attach harmoni'
      wait=1
    fi
  done
}

# With a schedule, `docker compose up` is for syncs: nobody watches it, and its log is made of whole lines. Whoever runs
# `docker compose run` brings a terminal with a size, and gets the menu.
watch_unless_somebody_is_there() {
  local moments
  if [ -t 0 ] && [ -t 1 ]; then
    for ((moments = 0; moments < 15; moments++)); do
      if [ "$(size)" != '0 0' ]; then return 0; fi
      sleep 0.1
    done
  fi
  export HARMONI_PLAIN=1
  exec "${program[@]}" watch
}

[ "$(id -u)" != 0 ] || become_the_owner "$@"
say_what_cannot_be_written
if is_main_process; then
  make_config
  if [ $# = 0 ] && [ -n "${HARMONI_SYNC_SCHEDULE-}" ]; then watch_unless_somebody_is_there; fi
  if [ $# = 0 ] && nobody_changed_config; then export HARMONI_FIRST_START=1; fi
  if [ "${1-}" = auth-server ]; then serve "$@"; fi
fi
if [ -t 0 ] && [ -t 1 ]; then
  if [ $# = 0 ]; then
    wait_for_somebody
  elif [ "$(size)" = '0 0' ]; then
    # Texts of a command that nobody watches are laid out for the usual size.
    stty cols 80 rows 24
  fi
fi
exec "${program[@]}" "$@"
