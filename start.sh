#!/usr/bin/env bash
# Starts HARMONI. The first start sets up what it needs: Node 24, the npm packages, yt-dlp and ffmpeg.
#   ./start.sh [ARGS]         the menu, or the command that ARGS name
#   ./start.sh test [ARGS]    the tests; ARGS go to vitest
#   ./start.sh dev COMMAND    a command with the developer's packages and the right Node
# It needs bash, and one of curl, Python 3 or wget. All that it fetches is verified (src/doctor/get-node.sh says by what)
# and goes to node_modules and data/tools, but for what apt-get installs when it runs as root.
# Keep it to bash 3.2, which macOS has. The way of a second start forks nothing.
set -eu

# npm waits for more than a minute before it says that there is no network, if it is not told otherwise.
npm_options=(--ignore-scripts --no-audit --no-fund --loglevel=error
  --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=5000)

say() { printf '%s\n' "$*" >&2; }
stop() {
  say "$@"
  exit 1
}

self=${BASH_SOURCE[0]#./}
case $self in /* | ?:*) ;; *) self=$PWD/$self ;; esac
while [ -L "$self" ]; do
  target=$(readlink "$self")
  case $target in /*) self=$target ;; *) self=${self%/*}/$target ;; esac
done
root=${self%/*}

case ${HARMONI_DATA_DIR-} in
  '' | /* | ?:*) ;;
  *) export HARMONI_DATA_DIR="$PWD/$HARMONI_DATA_DIR" ;;
esac
tools=${HARMONI_DATA_DIR:-$root/data}/tools

mode=start
case ${1-} in
  test | dev)
    mode=$1
    shift
    ;;
esac

# npm writes its hidden lock file when all packages are in place, so a broken install has none.
packages_ready() {
  [ ! "$root/package-lock.json" -nt "$root/node_modules/.package-lock.json" ] &&
    { [ "$mode" = start ] || [ -f "$root/node_modules/vitest/vitest.mjs" ]; }
}

# The file names the Node that was chosen; it is written when the set-up is through.
ready() {
  { IFS= read -r node <"$tools/ready"; } 2>/dev/null && [ -x "$node" ] && packages_ready
}

new_enough() {
  local version major minor
  version=$("$1" --version 2>/dev/null) || return 1
  version=${version#v}
  major=${version%%.*}
  minor=${version#*.}
  minor=${minor%%.*}
  [ "$major" -gt 24 ] 2>/dev/null || { [ "$major" = 24 ] && [ "$minor" -ge 15 ] 2>/dev/null; }
}

# The operating system frees the lock when its last holder ends, also after kill -9 and also when an orphaned npm
# still works. macOS has no flock command, but perl.
lock() {
  if command -v flock >/dev/null; then
    flock "$1" 9
  elif command -v perl >/dev/null; then
    perl -MFcntl=:flock -e 'open F, ">&=9"; exit !flock F, LOCK_EX | ($ARGV[0] eq "-n" ? LOCK_NB : 0)' -- "$1"
  fi
}

quietly() { "$@" </dev/null >"$tools/set-up.log" 2>&1; }

# watch PATH COMMAND...: runs it quietly, with fd 3 as its stdin. On a terminal the megabytes at PATH are shown when it takes
# longer than two seconds. It runs in the background, so that Ctrl+C need not wait for its end.
watch() {
  local path=$1 checks=0 code=0
  shift
  "$@" <&3 >"$tools/set-up.log" 2>&1 &
  child=$!
  if [ -t 2 ]; then
    while { sleep 0.5 2>/dev/null || sleep 1; } && kill -0 "$child" 2>/dev/null; do
      checks=$((checks + 1))
      if [ "$checks" -ge 4 ] && [ -e "$path" ]; then
        printf '\r    %d MB ' "$(($(du -sk "$path" 2>/dev/null | awk '{ print $1 }') / 1000))" >&2
      fi
    done
    if [ "$checks" -ge 4 ]; then printf '\r          \r' >&2; fi
  fi
  wait "$child" || code=$?
  child=''
  return "$code"
}

# The one that `watch` waits for, which may have ended by itself.
end_child() { if [ "$child" ]; then kill "$child" 2>/dev/null || true; fi; }

# Why something could not be written to a folder; where that is not the reason: ELSE.
why_not() {
  local folder=$1 free
  free=$(df -Pk "$folder" 2>/dev/null | awk 'NR == 2 { print $4 }') || free=''
  if [ ! -w "$folder" ]; then
    echo "$folder can't be written."
  elif [ "${free:-9999}" -lt 2000 ]; then
    echo 'the disk is full.'
  else
    echo "${2:-"$folder can't be written."}"
  fi
}

# What went wrong in the command that ran quietly, in few words.
why() {
  case $(cat "$tools/set-up.log" 2>/dev/null) in
    *ENOSPC* | *'No space left'*) say "$1: the disk is full." ;;
    *EROFS* | *EACCES* | *'Permission denied'* | *'Read-only file system'*) say "$1: a folder can't be written." ;;
    *ENOTFOUND* | *EAI_AGAIN* | *ECONNREFUSED* | *ECONNRESET* | *ETIMEDOUT* | *ENETUNREACH* | *'new connection'* | *'name resolution'*)
      say "$1: the package registry can't be reached."
      ;;
    # npm begins with the cause and goes on about its own usage; pip ends with the cause.
    *'npm error'*) say "$1: $(grep '^npm error .' "$tools/set-up.log" | grep -v 'A complete log' | head -n 4)" ;;
    *) say "$1: $(tail -n 1 "$tools/set-up.log" | grep . || echo 'no reason was given.')" ;;
  esac
}

find_node() {
  while IFS= read -r node; do
    if new_enough "$node"; then return; fi
  done < <(type -aP node || true)
  node=$tools/node/bin/node
  if new_enough "$node"; then return; fi
  get_node ||
    stop 'HARMONI needs Node 24.15 or newer. Install Node 24 (https://nodejs.org, or: brew install node@24) and start again.'
}

get_packages() {
  local omit=--include=dev
  # Nobody's developer packages are taken away.
  if [ "$mode" = start ] && [ ! -d "$root/node_modules/vitest" ]; then omit=--omit=dev; fi
  command -v npm >/dev/null || get_npm ||
    stop 'npm is missing. Install npm, which comes with Node (https://nodejs.org), and start again.'
  say '  npm packages ...'
  watch "$root/node_modules" bash -c 'cd "$0" && exec npm ci "$@"' "$root" "$omit" "${npm_options[@]}" 3</dev/null || {
    rm -f "$root/node_modules/.package-lock.json"
    why "The npm packages couldn't be installed"
    stop 'Fix that and start again. Setup continues from here.'
  }
}

# A full disk makes half files, and not every installer says so.
warn_of_little_space() {
  local free
  free=$(df -Pk "$tools" 2>/dev/null | tail -n 1 | awk '{ print int($4 / 1024) }') || return 0
  if [ "${free:-1000}" -lt 500 ]; then say "  Only $free MB are free for $tools. Setup may need 500 MB."; fi
}

set_up() {
  { mkdir -p "$tools" && : >>"$tools/set-up.lock"; } 2>/dev/null ||
    stop "$tools can't be written. Make the folder writable, or set HARMONI_DATA_DIR to another folder."
  child=''
  trap 'end_child; say "Setup interrupted. The next start continues from here."; exit 130' INT
  trap 'end_child; exit 143' TERM HUP
  exec 9>"$tools/set-up.lock"
  lock -n || {
    say 'Another start is setting up HARMONI. Waiting for it ...'
    lock -x || true
  }
  if ! ready; then
    say 'Setting up HARMONI:'
    warn_of_little_space
    . "$root/src/doctor/fetch.sh"
    . "$root/src/doctor/get-node.sh"
    find_node
    PATH=${node%/*}:$PATH
    packages_ready || get_packages
    "$node" "$root/src/doctor/set-up.ts" "$tools" || exit
    rm -rf "$tools/node.partial"
    rmdir "$tools/downloads" 2>/dev/null || true
    { printf '%s\n' "$node" >"$tools/ready.new" && mv "$tools/ready.new" "$tools/ready"; } 2>/dev/null ||
      stop "$tools/ready can't be written: is the disk full?"
    rm -f "$tools/set-up.log"
    say 'Ready.'
  fi
  exec 9>&-
  trap - INT TERM HUP
}

# Some tests drive a real terminal and a real browser; without these they say that they are left out.
get_test_tools() {
  local wanted
  if [ -f "$tools/test-ready" ]; then return; fi
  for wanted in tmux chromium; do
    if command -v "$wanted" >/dev/null; then continue; fi
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
      say "The tests that need $wanted are left out: it isn't installed."
      continue
    fi
    say "  $wanted for the tests ..."
    export DEBIAN_FRONTEND=noninteractive
    { quietly apt-get update -qq && quietly apt-get install -y -qq --no-install-recommends "$wanted"; } ||
      why "  The tests that need $wanted are left out"
  done
  : >"$tools/test-ready"
}

# A company's certificates are often known to one of the two names alone.
if [ -z "${NODE_EXTRA_CA_CERTS-}" ] && [ -r "${SSL_CERT_FILE-}" ]; then export NODE_EXTRA_CA_CERTS="$SSL_CERT_FILE"; fi

ready || set_up
export PATH="${node%/*}:$PATH"
if [ -d "$tools/npm/bin" ]; then PATH=$PATH:$tools/npm/bin; fi
export NODE_COMPILE_CACHE="${NODE_COMPILE_CACHE:-$tools/compile-cache}"

case $mode in
  start)
    # npm starts it in the project's folder; relative names in ARGS are meant from where the user is.
    if [ "${npm_package_json-}" = "$root/package.json" ] && [ -d "${INIT_CWD-}" ]; then cd "$INIT_CWD"; fi
    # How remedies name the program: as it was called just now.
    case ${HARMONI_PROGRAM:-${npm_lifecycle_event-}:$0} in
      start:*) export HARMONI_PROGRAM='npm start --' ;;
      *:*/harmoni) ;;
      *:*/*) export HARMONI_PROGRAM="$0" ;;
      *:*) export HARMONI_PROGRAM="bash $0" ;;
    esac
    # With little memory, and no slower: by default V8 lets the young generation of the heap grow to 32 MB and never
    # shrinks it, and glibc keeps freed memory for each thread.
    export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
    exec "$node" --max-semi-space-size=4 "$root/src/index.ts" "$@"
    ;;
  test)
    get_test_tools
    cd "$root"
    exec "$node" node_modules/vitest/vitest.mjs run --config test/vitest.config.ts --reporter=default \
      --reporter=./test/helpers/plain-summary-reporter.ts "$@"
    ;;
  dev)
    cd "$root"
    exec "$@"
    ;;
esac
