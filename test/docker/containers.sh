# Sourced by check.sh: what one check is, and how a container runs.
passed=0 failed=0 container=

# check SENTENCE COMMAND...: the command's end decides; what it said is shown when it failed.
check() {
  local sentence=$1
  shift
  if "$@" >"$work/said" 2>&1; then
    passed=$((passed + 1))
    echo "ok    $sentence"
  else
    failed=$((failed + 1))
    echo "WRONG $sentence"
    sed 's/^/      /' "$work/said" | tail -n 15
  fi
}

says() { grep -qF -- "$1" "$work/said"; }

buildah_() { $BUILDAH "$@"; }

# A Go template on the image's settings.
of_image() { buildah_ inspect --type image --format "{{with .Docker.Config}}$1{{end}}" harmoni; }

# Two new folders to mount, with their owners: folders 1026:100 0:0
folders() {
  rm -rf "$work/data" "$work/music"
  mkdir -p "$work/data" "$work/music"
  chown "$1" "$work/data"
  chown "${2:-$1}" "$work/music"
}

owner() { stat -c %u:%g "$work/$1"; }

# The capabilities that docker-compose.yml leaves.
dropped=()
for capability in AUDIT_WRITE DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETPCAP SYS_CHROOT; do
  dropped+=(--cap-drop "CAP_$capability")
done

# in_container [OPTIONS of buildah run] -- COMMAND...
in_container() {
  local options=()
  while [ "$1" != -- ]; do
    options+=("$1")
    shift
  done
  buildah_ run --isolation chroot "${dropped[@]}" -v "$work/data:/app/data" -v "$work/music:/app/music" \
    ${options[@]+"${options[@]}"} "$container" "$@" </dev/null
}

# harmoni [OPTIONS --] ARGS: as the image's entrypoint does it.
harmoni() {
  local options=() arg
  for arg in "$@"; do
    if [ "$arg" = -- ]; then
      while [ "$1" != -- ]; do
        options+=("$1")
        shift
      done
      shift
      break
    fi
  done
  in_container ${options[@]+"${options[@]}"} -- "${entrypoint[@]}" "$@"
}

terminal() { tmux -u -f /dev/null -L harmoni-docker-check "$@"; }

# Waits until the terminal shows a text, at most 20 seconds.
shows() {
  local moments
  for ((moments = 0; moments < 100; moments++)); do
    if terminal capture-pane -p | grep -qF -- "$1"; then return 0; fi
    sleep 0.2
  done
  terminal capture-pane -p
  return 1
}

leave() {
  terminal kill-server 2>/dev/null || true
  ip netns del harmoni-check 2>/dev/null || true
  if [ -n "$container" ]; then buildah_ rm "$container" >/dev/null 2>&1 || true; fi
}
