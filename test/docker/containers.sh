# shellcheck shell=bash disable=SC2154 # what the others set
# Sourced by check.sh: what one check is, and how a container runs.
passed=0 failed=0 container='' network=harmoni-check

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
for capability in AUDIT_WRITE DAC_OVERRIDE FOWNER FSETID MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETPCAP SYS_CHROOT; do
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

# Lets enter.sh, which is nearer to Docker than buildah run, use the container.
export ROOTFS='' FOLDERS=$work ENVIRONMENT='' ENTRYPOINT=''
use_container() {
  ROOTFS=$(buildah_ mount "$container")
  ENVIRONMENT=$(of_image '{{range .Env}}{{println .}}{{end}}')
  ENTRYPOINT=${entrypoint[*]}
}

# A network as the bridge of Docker's makes it, with an address to reach the container at.
make_network() {
  inside=198.18.78.2
  ip netns del "$network" 2>/dev/null || true
  ip netns add "$network" &&
    ip link add "$network" type veth peer name eth0 netns "$network" &&
    ip addr add 198.18.78.1/30 dev "$network" && ip link set "$network" up &&
    ip -n "$network" addr add "$inside/30" dev eth0 && ip -n "$network" link set eth0 up &&
    ip -n "$network" link set lo up
}
in_network() { ip netns exec "$network" "$@"; }

# Waits until a file has a text, at most 20 seconds.
tells() {
  local moments
  for ((moments = 0; moments < 100; moments++)); do
    if grep -qF -- "$2" "$1"; then return 0; fi
    sleep 0.2
  done
  cat "$1"
  return 1
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
  jobs -p | xargs -r kill 2>/dev/null || true
  ip netns del "$network" 2>/dev/null || true
  if [ -n "$container" ]; then
    buildah_ umount "$container" >/dev/null 2>&1 || true
    buildah_ rm "$container" >/dev/null 2>&1 || true
  fi
}
