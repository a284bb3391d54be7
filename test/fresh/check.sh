#!/usr/bin/env bash
# npm run check:fresh: HARMONI on machines where nothing was installed by hand. Makes roots of Debian 13, as root and with
# debootstrap, that have git and either Python or curl, and starts a clean clone of the last commit in them.
#   check.sh [all|quick|python|curl|root]     quick leaves out ./start.sh test
# The roots are kept in HARMONI_FRESH_CACHE (/var/tmp/harmoni-fresh).
set -eu

here=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
project=${here%/test/fresh}
cache=${HARMONI_FRESH_CACHE:-/var/tmp/harmoni-fresh}
part=${1:-all}
passed=0 failed=0 skipped=0

say() { printf '%s\n' "$*"; }
finish() {
  say "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" = 0 ]
  exit
}
leave_out() {
  say "LEFT OUT: the check on a fresh machine, because $1."
  skipped=$((skipped + 1))
  finish
}

[ "$(uname -s)" = Linux ] && [ "$(id -u)" = 0 ] || leave_out 'it needs Linux and root, for a root folder of its own'
command -v debootstrap >/dev/null || command -v apt-get >/dev/null || leave_out 'debootstrap is not installed'
command -v unshare >/dev/null && unshare --mount --pid --fork true 2>/dev/null || leave_out 'this machine allows no namespaces'

. "$here/base-root.sh"
mkdir -p "$cache"
work=$(mktemp -d "$cache/run.XXXXXX")
server=''
clean_up() {
  if [ "$server" ]; then kill "$server" 2>/dev/null || true; fi
  rm -rf --one-file-system "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# machine FOLDER TITLE LAYERS USER: a fresh machine with a clean clone, in which `try` runs what follows.
machine() {
  layers=$3 user=$4 run=$work/$1
  local home=/home/fresh
  if [ "$user" = as_root ]; then home=/root; fi
  say ""
  say "$2:"
  mkdir -p "$run/upper$home"
  chmod --reference="$cache/base$home" "$run/upper$home"
  git clone -q "$project" "$run/upper$home/harmoni"
  chown -R --reference="$cache/base$home" "$run/upper$home"
}

# try WHAT COMMAND: one test. Its whole output is shown when it fails.
try() {
  local start=$SECONDS log=$work/log
  if in_root "$run" "$layers" "$user" "cd ~/harmoni; $2" </dev/null >"$log" 2>&1; then
    passed=$((passed + 1))
    say "  ok      $1 ($((SECONDS - start)) s)"
  else
    failed=$((failed + 1))
    say "  FAILED  $1 ($((SECONDS - start)) s):"
    tail -n 60 "$log" | sed 's/^/    /'
  fi
}

# What the set-up took, and what it said.
set_up() {
  local start=$SECONDS
  try './start.sh --version' './start.sh --version'
  sed 's/^/            /' "$work/log"
  in_root "$run" "$layers" "$user" 'cd ~/harmoni && du -sm node_modules data/tools' >"$work/log" 2>/dev/null || true
  say "  set-up took $((SECONDS - start)) s and $(awk '{ print $1 " MB in " $2 }' "$work/log" | paste -sd ,  | sed 's/,/, /g')"
  try './start.sh --version again, which sets nothing up' '[ -z "$(./start.sh --version 2>&1 >/dev/null)" ]'
}

# The menu, in a terminal of 80 columns; Ctrl+C leaves it.
in_a_terminal='mkfifo ~/keys
script -qefc "stty cols 80 rows 24; ./start.sh" ~/screen <~/keys >/dev/null & exec 5>~/keys
for i in $(seq 120); do if grep -aq "❯" ~/screen; then break; fi; sleep 0.5; done
sleep 1; printf "\003" >&5; wait $!; code=$?; cat ~/screen; grep -aq "❯" ~/screen && [ $code = 0 ]'

demo='./start.sh demo --yes --json >~/demo.json && grep -q "\"failed\": *0" ~/demo.json && grep -q "\"status\": *\"done\"" ~/demo.json || { cat ~/demo.json; exit 1; }'

# The package, made here and installed as npm install -g does it; its places are the user's own. Gone without a trace.
npm_package='PATH=~/harmoni/data/tools/node/bin:$PATH; npm pack --silent >~/packed || { cat ~/packed; exit 1; }
package=~/harmoni/$(tail -n 1 ~/packed); began=$(date +%s%N)
npm install -g --silent --prefix ~/prefix "$package" || exit 1
echo "$(($(stat -c %s "$package") / 1024)) kB packed, $(du -sk ~/prefix | cut -f 1) kB installed in $((($(date +%s%N) - began) / 1000000)) ms"
cd ~ && PATH=~/prefix/bin:$PATH && harmoni --version && harmoni demo --yes --json >~/npm-demo.json || { cat ~/npm-demo.json; exit 1; }
grep -q "\"failed\": *0" ~/npm-demo.json && grep -q "\"status\": *\"done\"" ~/npm-demo.json || exit 1
npm uninstall -g --silent --prefix ~/prefix harmoni && [ -z "$(find ~/prefix -name "*harmoni*")" ]'

# The whole suite, as an ordinary user; its own counts are added. SIGINT is ignored, as in the background of a script.
whole_suite() {
  local start=$SECONDS counts
  say '  ./start.sh test ...'
  in_root "$run" "$layers" "$user" "cd ~/harmoni && trap '' INT && HARMONI_TEST_SEED=${HARMONI_TEST_SEED:-} ./start.sh test" </dev/null >"$work/log" 2>&1 || true
  grep -aE '^Left out:|^End to end' "$work/log" | sed 's/^/    /' || true
  counts=$(grep -aE '^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$' "$work/log" | tail -n 1)
  if [ ! "$counts" ]; then
    failed=$((failed + 1))
    tail -n 60 "$work/log"
    return
  fi
  say "    $counts ($((SECONDS - start)) s)"
  # shellcheck disable=SC2086
  set -- $counts
  passed=$((passed + $1)) failed=$((failed + $3)) skipped=$((skipped + $5))
  if [ "$3" != 0 ]; then grep -aE 'FAIL|Error:' -A 12 "$work/log" | tail -n 200; fi
}

with_python() {
  machine user 'git and Python, an ordinary user' "$cache/python:$cache/base" as_user
  set_up
  try './start.sh demo --yes --json' "$demo"
  try './start.sh in a terminal' "$in_a_terminal"
  try 'npm pack, npm install -g, harmoni demo, npm uninstall -g' "$npm_package"
  grep -aE '^[0-9]+ kB packed' "$work/log" | sed 's/^/            /' || true
  if [ "$part" != quick ]; then whole_suite; fi
}

with_curl() {
  machine curl 'git and curl, an ordinary user' "$cache/curl:$cache/base" as_user
  set_up
  # Without Python yt-dlp can only come from GitHub. Where that cannot be reached it is said; where it can, all works.
  try 'without Python and GitHub it is said what to do about yt-dlp' 'export HARMONI_YTDLP_MIRROR=http://127.0.0.1:9
    ./start.sh doctor --fix 2>&1 | tee ~/said; grep -q "Install it, or give this machine access to github.com" ~/said'
  start_github || return 0
  try './start.sh doctor --fix with a stand-in of GitHub' "HARMONI_YTDLP_MIRROR=$github ./start.sh doctor --fix"
  try './start.sh demo --yes --json' "$demo"
}

as_root() {
  machine root 'git and Python, as root' "$cache/python:$cache/base" as_root
  set_up
  try './start.sh demo --yes --json' "$demo"
}

# Serves yt-dlp's executable, which is built as its publisher does it, as GitHub serves releases. Sets `github`.
start_github() {
  make_executable || {
    failed=$((failed + 1))
    return 1
  }
  "$project/start.sh" dev node test/fresh/serve-folder.ts "$cache/releases" >"$work/address" &
  server=$!
  while [ ! -s "$work/address" ] && kill -0 "$server" 2>/dev/null; do sleep 0.2; done
  github=$(cat "$work/address")
}

say "A fresh machine, with the last commit ($(git -C "$project" log -1 --format='%h %s')):"
if ! { make_layer python python3 && make_layer curl curl; }; then
  failed=$((failed + 1))
  finish
fi
case $part in
  all | quick)
    with_python
    with_curl
    as_root
    ;;
  python) with_python ;;
  curl) with_curl ;;
  root) as_root ;;
esac
say ''
finish
