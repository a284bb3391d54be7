# The terminal
# buildah passes no change of size on, so here the same folders are entered by hand. tmux is who attaches.
mounted=$(buildah_ mount "$container")
enter=$work/enter.sh
cat >"$enter" <<END
#!/bin/bash
set -e
mount --bind "$work/data" "$mounted/app/data"
mount --bind "$work/music" "$mounted/app/music"
mount -t proc proc "$mounted/proc"
mount --rbind /dev "$mounted/dev"
if [ "\$1" = unseen ]; then stty rows 0 cols 0; fi
shift
exec env -i TERM=xterm-256color LANG=C.UTF-8 $(of_image '{{range .Env}}{{printf "%q " .}}{{end}}') \
  chroot "$mounted" ${entrypoint[*]} "\$@"
END
chmod +x "$enter"

open_terminal() {
  terminal kill-server 2>/dev/null || true
  terminal new-session -d -x 80 -y 24 "unshare --mount --pid --fork $enter $*; echo [exit \$?]; exec sleep 60"
}

hint='Open the menu in another terminal: docker attach harmoni'
welcome='Which format do you want?'
first_line_is() { test "$(terminal capture-pane -p | head -n 1 | cut -c 1-"${#1}")" = "$1"; }

folders 1026:100
open_terminal seen
check 'compose run: the menu opens' shows "$welcome"
check 'and no hint stands above it' first_line_is 'Welcome to HARMONI'

folders 1026:100
open_terminal unseen
check 'compose up: one line says how to get to the menu' shows "$hint"
check 'and nothing else' test "$(terminal capture-pane -p | grep -c .)" = 1
terminal resize-window -x 100 -y 30
check 'docker attach: the menu opens' shows "$welcome"
terminal send-keys Enter
check 'and takes keys' shows 'HARMONI'

open_terminal unseen
check 'a key opens it as well' shows "$hint"
terminal send-keys Enter
check 'for whoever attaches without a size' shows "$welcome"

open_terminal unseen demo --yes
check 'a command that nobody watches is laid out for 80 columns' shows '[exit 0]'
check 'in whole lines' shows 'songs'
terminal kill-server
buildah_ umount "$container" >/dev/null
