# Fetches what a publisher names a checksum of. Sourced by start.sh for a set-up, which gives `root`, `tools`, `watch`,
# `quietly` and `why_not`. Needs curl, Python 3 or wget; keep it to bash 3.2, which macOS has.
# Where a function fails, `trouble` says why in one sentence.

downloads=$tools/downloads

# What fetches: curl, else Python, else wget. macOS asks to install its Python, but has curl.
fetcher() {
  if command -v curl >/dev/null; then
    echo curl
  elif command -v python3 >/dev/null && python3 -c 'import ssl' 2>/dev/null; then
    echo python3
  elif command -v wget >/dev/null; then
    echo wget
  fi
}

# fetch URL FILE checksums|file: what is in FILE already is not fetched again. What names checksums comes from no other host
# than the one that was asked.
fetch() {
  local url=$1 file=$2 kind=$3 host=${1#*://} code ca=''
  host=${host%%/*}
  host=${host##*@}
  run_fetcher
  if [ "$code" = certificate ] && [ -r "${NODE_EXTRA_CA_CERTS-}" ]; then
    ca=$NODE_EXTRA_CA_CERTS
    run_fetcher
  fi
  case $code in
    200 | 206) return ;;
    416) trouble="the partial download doesn't match." ;;
    3??) trouble="$host sent HARMONI to another address." ;;
    [0-9]*) trouble="$host answered $code for ${url##*/}." ;;
    certificate) trouble="the certificate of $host isn't trusted. Set NODE_EXTRA_CA_CERTS to your company's certificate file." ;;
    disk) trouble=$(why_not "$downloads") ;;
    *) trouble="$host can't be reached." ;;
  esac
  return 1
}

# Sets `code`: the status, or a word. The address comes by stdin, because that of a mirror may hold a password.
run_fetcher() {
  local command input=$url answer=0 redirects='=http,https'
  case $url in https:*) redirects='=https' ;; esac
  case $(fetcher) in
    curl)
      input="url = \"$url\""
      command=(curl --silent --fail --config - --output "$file" --continue-at - --write-out '%{http_code}'
        --connect-timeout 5 --speed-limit 1 --speed-time 30 --netrc-optional ${ca:+--cacert "$ca"})
      if [ "$kind" = file ]; then command+=(--location --proto-redir "$redirects"); fi
      ;;
    python3) command=(python3 "$root/src/doctor/fetch.py" "$file" "$kind") ;;
    *)
      command=(wget -nv -c -T 30 -O "$file" -i -)
      # BusyBox's knows neither of these.
      if wget --version 2>/dev/null | grep -q GNU; then
        command+=(--connect-timeout=5 --tries=2 ${ca:+--ca-certificate="$ca"})
        if [ "$kind" = checksums ]; then command+=(--max-redirect=0); fi
      fi
      ;;
  esac
  watch "$file" "${command[@]}" 3<<<"$input" || answer=$?
  meaning "${command[0]} $answer" "$(tail -n 1 "$tools/set-up.log")"
}

# The exit codes of curl and wget in the words of fetch.
meaning() {
  case $1 in
    'curl 22') code=$2 ;;
    # It could not go on from where the part ends.
    'curl 33') code=416 ;;
    'curl 23' | 'wget 3' | 'python3 23') code=disk ;;
    'curl 60' | 'curl 77' | 'wget 5') code=certificate ;;
    'curl 0' | python3*) code=$2 ;;
    'wget 0') code=200 ;;
    'wget 8') code=$(grep -oE 'ERROR [0-9]+' "$tools/set-up.log" | tr -dc 0-9) && code=${code:-302} ;;
    *) code=network ;;
  esac
}

hash_of() {
  local hash
  if command -v "$1sum" >/dev/null; then
    hash=$("$1sum" <"$2")
  elif command -v shasum >/dev/null; then
    hash=$(shasum -a "${1#sha}" <"$2")
  elif command -v openssl >/dev/null; then
    hash=$(openssl dgst "-$1" -r <"$2")
  else
    hash=$(python3 -c 'import hashlib, sys; print(hashlib.new(sys.argv[1], sys.stdin.buffer.read()).hexdigest())' "$1" <"$2")
  fi
  printf '%s' "${hash%% *}"
}

# checksums URL FILE: a text that names checksums, always fetched anew.
checksums() {
  mkdir -p "$downloads" && rm -f "$2"
  fetch "$1" "$2" checksums
}

# download URL sha256|sha512 HASH: into `archive`, when it is whole and verified. A part that came before the line broke is
# kept, and the next try goes on from there.
download() {
  local part other before now tries=0
  archive=$downloads/${1##*/}
  part=$archive.${3:0:12}.part
  for other in "$archive".*.part; do
    if [ "$other" != "$part" ]; then rm -f "$other"; fi
  done
  while ! { [ -f "$part" ] && [ "$(hash_of "$2" "$part")" = "$3" ]; }; do
    before=$(size_of "$part")
    tries=$((tries + 1))
    if fetch "$1" "$part" file; then
      if [ "$(hash_of "$2" "$part")" = "$3" ]; then break; fi
      rm -f "$part"
      trouble="${1##*/} has the wrong checksum."
      return 1
    fi
    now=$(size_of "$part")
    case $trouble in
      *"doesn't match." | *'disk is full.') rm -f "$part" ;;
    esac
    # Tried again: what began anew, and a line that broke after it had brought something.
    case $trouble in
      *"doesn't match.") [ "$before" -gt 0 ] ;;
      *"can't be reached.") [ "$now" -gt "$before" ] && [ "$tries" -lt 5 ] ;;
      *) false ;;
    esac || return 1
  done
  mv -f "$part" "$archive"
}

size_of() { if [ -f "$1" ]; then wc -c <"$1"; else echo 0; fi; }

# unpack FOLDER: `archive` into it. A wheel is a zip.
unpack() {
  mkdir -p "$1"
  case $archive in
    *.whl)
      if command -v unzip >/dev/null; then
        quietly unzip -q "$archive" -d "$1"
      elif command -v python3 >/dev/null; then
        quietly python3 -m zipfile -e "$archive" "$1"
      else
        # bsdtar, which is macOS's tar, opens a zip too.
        quietly "$(command -v bsdtar || command -v tar)" -xf "$archive" -C "$1"
      fi
      ;;
    *) quietly tar -xzf "$archive" -C "$1" ;;
  esac || {
    trouble=$(why_not "$1" "${archive##*/} can't be unpacked.")
    return 1
  }
  rm -f "$archive"
}

