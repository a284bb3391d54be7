# The root folders that check.sh tries HARMONI in. Each is made once and kept; what runs in one writes to a layer of its
# own above it. All mounts are made in namespaces that end with their program, so nothing is ever mounted in a folder
# that is kept. Sourced by check.sh, which sets `cache`.

# apt's own mirror of Debian; the public one where it has none.
debian_mirror() {
  apt-get indextargets --format '$(REPO_URI) $(ORIGIN)' 2>/dev/null |
    awk '$2 == "Debian" && $1 !~ /security/ { print $1; found = 1; exit } END { if (!found) print "http://deb.debian.org/debian" }'
}

# Debian 13 with the least there is, git and certificates.
make_base() {
  local base=$cache/base
  if [ -d "$base" ]; then return; fi
  if ! command -v debootstrap >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends debootstrap; } >"$cache/base.log" 2>&1 || return 1
  fi
  say "  Debian 13, once, into $cache ..."
  rm -rf --one-file-system "$base.partial"
  unshare --mount --propagation private debootstrap --variant=minbase --include=git,ca-certificates \
    trixie "$base.partial" "$(debian_mirror)" >"$cache/base.log" 2>&1 || {
    say "debootstrap failed: $(tail -n 1 "$cache/base.log")"
    return 1
  }
  rm -rf "$base.partial"/var/cache/apt/archives/*.deb
  chroot "$base.partial" useradd --create-home --shell /bin/bash fresh
  mv "$base.partial" "$base"
}

# make_layer NAME PACKAGES: the base with these packages, as a layer above it.
make_layer() {
  local layer=$cache/$1
  make_base || return 1
  if [ -d "$layer" ]; then return; fi
  say "  $2 on it ..."
  in_root "$layer.partial" "$cache/base" as_root "export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends $2 && apt-get clean" >"$cache/$1.log" 2>&1 || {
    say "$2: $(tail -n 1 "$cache/$1.log")"
    return 1
  }
  mv "$layer.partial/upper" "$layer"
  rm -rf --one-file-system "$layer.partial"
}

# in_root FOLDER LAYERS AS COMMAND: runs COMMAND in a root of LAYERS (as overlayfs names them), which writes to
# FOLDER/upper, with processes and mounts of its own.
in_root() {
  mkdir -p "$1/upper" "$1/work" "$1/root"
  unshare --mount --pid --fork --kill-child --propagation private bash "$here/enter.sh" "$@"
}

# yt-dlp's self-contained executable for Linux, with its checksums, in releases/: made of its package by PyInstaller, as its
# publisher makes it.
make_executable() {
  local build=$cache/build
  if [ -f "$cache/releases/SHA2-256SUMS" ]; then return; fi
  say "  an executable of yt-dlp ..."
  rm -rf --one-file-system "$build"
  in_root "$build" "$cache/python:$cache/base" as_root 'set -e
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends python3-venv binutils libpython3-stdlib libpython3.13
    python3 -m venv /build && cd /build
    bin/pip install -q pyinstaller yt-dlp yt-dlp-ejs
    printf "import sys\nfrom yt_dlp import main\nsys.exit(main())\n" >start.py
    bin/pyinstaller --onefile --name yt-dlp_linux --log-level ERROR --collect-all yt_dlp_ejs start.py' >"$cache/build.log" 2>&1 || {
    say "yt-dlp's executable: $(tail -n 1 "$cache/build.log")"
    return 1
  }
  mkdir -p "$cache/releases"
  mv "$build/upper/build/dist/yt-dlp_linux" "$cache/releases/"
  (cd "$cache/releases" && sha256sum yt-dlp_linux >SHA2-256SUMS)
  rm -rf --one-file-system "$build"
}
