# shellcheck shell=bash disable=SC2154,SC2034
# The terminal
# tmux is who attaches.
open_terminal() {
  local words
  printf -v words '%q ' "$here/enter.sh" "$@"
  terminal kill-session 2>/dev/null || true
  terminal new-session -d -x 80 -y 24 "$words; echo [exit \$?]; exec sleep 60"
}

hint='Open the menu in another terminal: docker attach harmoni'
welcome='Which format do you want?'
first_line_is() { test "$(terminal capture-pane -p | head -n 1 | cut -c 1-"${#1}")" = "$1"; }

# A server that ended with its last terminal would still be ending when the next one wants to begin.
terminal start-server \; set-option -s exit-empty off

folders 1026:100
open_terminal
check 'compose run: the menu opens' shows "$welcome"
check 'and no hint stands above it' first_line_is 'Welcome to HARMONI'
check 'with a data/config.json that has every setting' cmp "$work/data/config.json" config.json.example
terminal send-keys Enter
check 'it takes an answer' shows 'How should songs be organized?'
terminal send-keys Enter
check 'and the next' shows 'Where does your music come from?'
terminal send-keys Enter
check 'goes on to where the music comes from' shows '❯ Exportify playlists'
terminal send-keys C-c
check 'goes back to the main menu' shows '❯ Downloads'
terminal send-keys C-c
check 'and ends' shows '[exit 0]'
open_terminal
check 'the second start asks nothing' shows '❯ Downloads'

folders 1026:100
harmoni doctor >/dev/null 2>&1 || true
open_terminal
check 'a command before the first menu takes no question away' shows "$welcome"

folders 1026:100
open_terminal --unseen
check 'compose up: one line says how to get to the menu' shows "$hint"
check 'and nothing else' test "$(terminal capture-pane -p | grep -c .)" = 1
terminal resize-window -x 100 -y 30
check 'docker attach: the menu opens' shows "$welcome"

folders 1026:100
open_terminal --unseen
check 'a key opens it as well' shows "$hint"
terminal send-keys Enter
check 'for whoever attaches without a size' shows "$welcome"
# Docker sends the signal to the first process of the container.
stop() { kill -TERM "$(pgrep -P "$(pgrep -P "$(terminal display-message -p '#{pane_pid}')")")"; }
check 'docker compose stop' stop
check 'ends the menu' shows '[exit '
open_terminal --unseen
shows "$hint" >/dev/null
check 'and what waits for somebody' stop
check 'at once' shows '[exit 143]'

open_terminal --unseen demo --yes
check 'a command that nobody watches is laid out for 80 columns' shows '[exit 0]'
check 'in whole lines' shows 'songs'
