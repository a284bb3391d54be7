#!/usr/bin/env bash
# Runs in new mount and process namespaces: enter.sh FOLDER LAYERS as_root|as_user COMMAND. See base-root.sh.
set -eu
folder=$1 layers=$2 who=$3 command=$4
root=$folder/root

mount -t overlay overlay -o "lowerdir=$layers,upperdir=$folder/upper,workdir=$folder/work" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys" 2>/dev/null || true
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for name in null zero full random urandom tty; do
  : >"$root/dev/$name"
  mount --bind "/dev/$name" "$root/dev/$name"
done
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"

# What a machine of this network would have: names, certificates, the mirrors of apt, pip and npm.
copy() {
  [ -r "$1" ] || return 0
  mkdir -p "$root${2%/*}"
  cat "$1" >"$root$2"
}
copy /etc/resolv.conf /etc/resolv.conf
copy /etc/hosts /etc/hosts
copy /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
copy /etc/pip.conf /etc/pip.conf
for home in root home/fresh; do
  copy "$HOME/.config/pip/pip.conf" "/$home/.config/pip/pip.conf"
  copy "$HOME/.pip/pip.conf" "/$home/.pip/pip.conf"
  # The mirror alone: the rest is how this machine likes npm to be.
  if [ -r "$HOME/.npmrc" ]; then grep -E '^(registry|//|cafile|.*proxy) *=?' "$HOME/.npmrc" >"$root/$home/.npmrc" || true; chmod 600 "$root/$home/.npmrc"; fi
done
chroot "$root" chown -R fresh: /home/fresh/.config /home/fresh/.pip /home/fresh/.npmrc 2>/dev/null || true
apt-config dump | grep -E '^Acquire::(https?::(Proxy|[^ ]*CaInfo)|ftp::Proxy)' >"$root/etc/apt/apt.conf.d/90machine" || true

variables=(TERM="${TERM:-xterm}" LANG=C.UTF-8)
while IFS='=' read -r name value; do
  case $name in
    *_proxy | *_PROXY | PIP_INDEX_URL | npm_config_registry | NPM_CONFIG_REGISTRY | HARMONI_*_MIRROR) ;;
    NODE_EXTRA_CA_CERTS | SSL_CERT_FILE | PIP_CERT) copy "$value" "$value" ;;
    *) continue ;;
  esac
  variables+=("$name=$value")
done < <(env)

case $who in
  as_root) set -- env -i HOME=/root USER=root ;;
  as_user) set -- env -i HOME=/home/fresh USER=fresh ;;
esac
set -- "$@" PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin "${variables[@]}" bash -c "$command"
if [ "$who" = as_user ]; then exec chroot --userspec=fresh:fresh "$root" "$@"; fi
exec chroot "$root" "$@"
