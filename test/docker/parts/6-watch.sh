# shellcheck shell=bash disable=SC2154,SC2034,SC2153
# The syncs
schedule=(-e 'HARMONI_SYNC_SCHEDULE=daily at 03:30' -e TZ=Europe/Berlin)
# Its first process, as this machine counts them.
first_process() { pgrep -P "$(pgrep -P "$(terminal display-message -p '#{pane_pid}')")"; }
# As Docker runs a health check: beside what runs there.
beside() {
  local environment
  mapfile -t environment <<<"$ENVIRONMENT"
  nsenter --target "$(first_process)" --mount --pid -- env -i "${environment[@]}" chroot "$ROOTFS" "$@"
}

folders 1026:100
open_terminal --unseen "${schedule[@]}"
check 'compose up with a schedule: it watches' shows 'You follow no playlists yet.'
check 'by the clock of TZ' shows ' 03:30).'
told_whole() { ! terminal capture-pane -p -e | grep -q $'\033'; }
check 'in whole lines without colours' told_whole
check 'the health check passes' beside "${health[@]}"
is_watching() { beside "${health[@]}" && says 'harmoni watch is running'; }
check 'by its sign of life' is_watching
twice() { in_container -- harmoni watch && says 'HARMONI is already watching your playlists'; }
check 'a second container says who is watching, and ends' twice
sed -i 's/"beatAt":"[^"]*"/"beatAt":"2020-01-01T00:00:00.000Z"/' "$work/data/watch.json"
is_sick() { ! beside "${health[@]}" && says "hasn't shown a sign of life"; }
check 'one that hangs is not healthy' is_sick
check 'docker compose stop' kill -TERM "$(first_process)"
check 'ends it with 0' shows '[exit 0]'
check 'and its sign of life is gone' test ! -e "$work/data/watch.json"

open_terminal "${schedule[@]}"
check 'compose run with a schedule opens the menu' shows "$welcome"
healthy_menu() { beside "${health[@]}" && says '"checks"'; }
check 'whose health check is that of the machine' healthy_menu

refused_schedule() {
  ! "$here/enter.sh" -e HARMONI_SYNC_SCHEDULE=sometimes </dev/null &&
    says 'HARMONI_SYNC_SCHEDULE is "sometimes", but it must be something like "daily at 03:30"'
}
check 'a schedule that is none is said' refused_schedule
without_terminal() {
  "$here/enter.sh" "${schedule[@]}" </dev/null >"$work/watch-log" 2>&1 &
  watcher=$!
  tells "$work/watch-log" 'You follow no playlists yet.'
}
check 'without a terminal it watches too' without_terminal
# What changes its user doesn't end with its parent.
kill -TERM "$(pgrep -P "$watcher")"
wait "$watcher" || true
terminal kill-server
