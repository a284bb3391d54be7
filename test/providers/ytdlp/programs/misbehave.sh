# A stand-in of yt-dlp for what the real one cannot be asked to do. The first argument says what.
before() { printf '{"t":"before","id":"%s"}\n' "$1"; }
done_() { printf '{"t":"done","id":"%s","path":"/sounds/%s.webm","codec":"opus","duration":1.5,"title":"T","channel":"C"}\n' "$1" "$1"; }
A=aaaaaaaaaaa B=bbbbbbbbbbb C=ccccccccccc
case "$1" in
  silent) exec sleep 60 ;;
  asks)
    echo 'WARNING: early' >&2; echo 'Reading URLs from stdin - EOF (Ctrl+D) to end:' >&2
    cat; echo 'WARNING: late' >&2 ;;
  deaf) trap '' TERM; echo deaf; while :; do sleep 60; done ;;
  halves) printf '{"t":"bef'; sleep 0.05; printf 'ore","id":"aaaaaaaaaaa"}\r'; sleep 0.05; printf '\n{"t":"before","id":"bbbbbbbbbbb"}' ;;
  umlaut) printf 'gr\303'; sleep 0.05; printf '\274n\n' ;;
  flood) head -c 100000000 /dev/zero; yes 0123456789012345678901234567890123456789012345678901234567890123456789 | head -c 30000000 >&2; echo; echo end ;;
  drip) for n in 1 2 3 4 5 6 7 8; do echo "$n"; sleep 0.3; done ;;
  family) sleep 60 & echo $!; wait ;;
  usage) printf 'Usage: yt-dlp [OPTIONS] URL [URL...]\n\nyt-dlp: error: no such option: --foo\n' >&2; exit 2 ;;
  traceback) printf 'Traceback (most recent call last):\n  File "/usr/bin/yt-dlp", line 3\nModuleNotFoundError: No module named '"'yt_dlp'"'\n' >&2; exit 1 ;;
  no-python) echo '/usr/bin/env: python3: No such file or directory' >&2; exit 127 ;;
  killed) before $A; kill -9 $$ ;;
  killed-early) kill -9 $$ ;;
  nothing) exit 0 ;;
  quiet-failure) exit 1 ;;
  all-kinds)
    before $A; done_ $A
    echo 'ERROR: [youtube] bbbbbbbbbbb: Video unavailable' >&2
    before $C; echo '{"t":"p","id":"ccccccccccc","b":5,"n":10,"s":100}'
    echo 'ERROR: unable to download video data: HTTP Error 403: Forbidden' >&2; exit 1 ;;
  nameless)
    before $A; echo 'ERROR: unable to download video data: HTTP Error 403: Forbidden' >&2
    before $B; echo 'ERROR: The downloaded file is empty' >&2
    before $C; done_ $C; exit 1 ;;
  followed)
    before $A; echo 'ERROR: Did not get any data blocks' >&2; echo 'ERROR: fragment 1 not found, unable to continue' >&2
    before $B; echo 'ERROR: unable to download video data: HTTP Error 403: Forbidden' >&2; exit 1 ;;
  player-refuses)
    echo 'WARNING: [youtube] YouTube said: ERROR - Resource has been exhausted (e.g. check quota).' >&2
    echo 'WARNING: [youtube] aaaaaaaaaaa: Unable to download API page: HTTP Error 429: Too Many Requests (caused by <HTTPError 429: Too Many Requests>)' >&2
    echo 'ERROR: [youtube] aaaaaaaaaaa: Failed to extract any player response; please report this issue' >&2
    echo 'WARNING: [youtube] bbbbbbbbbbb: Failed to parse JSON (caused by JSONDecodeError("Expecting value"))' >&2
    echo 'ERROR: [youtube] bbbbbbbbbbb: Failed to extract any player response; please report this issue' >&2
    echo 'ERROR: [youtube] ccccccccccc: Failed to extract any player response; please report this issue' >&2; exit 1 ;;
  stops-early) before $A; done_ $A; before $B; kill -9 $$ ;;
  stalls) before $A; done_ $A; before $B; exec sleep 60 ;;
  twice) before $A; done_ $A; done_ $A; echo 'ERROR: [youtube] aaaaaaaaaaa: Video unavailable' >&2 ;;
  stranger) before zzzzzzzzzzz; done_ zzzzzzzzzzz; before $A; done_ $A ;;
  no-runtime)
    echo 'WARNING: [youtube] No supported JavaScript runtime could be found. Only deno is enabled by default.' >&2
    echo 'ERROR: [youtube] aaaaaaaaaaa: Requested format is not available.' >&2; exit 1 ;;
esac
