import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A yt-dlp for tests that are about the library: a video that the real one has fetched comes again with the same words
 * and as a copy of the same file, without the second that a start takes. Failures are not kept.
 * @param ytDlp the real one
 * @param folder where to keep everything, not there yet
 * @returns the path of the program
 */
export function fetchOnce(ytDlp: string, folder: string): string {
  const path = join(folder, 'yt-dlp');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, scriptOf(ytDlp, folder), { mode: 0o755 });
  return path;
}

/** Only of a download; its addresses come on stdin. For another format the same video is another file. */
const scriptOf = (ytDlp: string, folder: string): string => `#!/bin/sh
case " $* " in *' -P '*) ;; *) exec '${ytDlp}' "$@" ;; esac
for word; do
  case $before in
    -P) to=$word ;;
    -f) kept='${folder}'/$(printf %s "$word" | cksum | tr -d ' ') ;;
  esac
  before=$word
done
mkdir -p "$kept"
said() { grep -F "\\"id\\":\\"$1\\"" "$kept/said" 2>/dev/null; }
for word; do
  shift
  if [ "$word" = "$to" ]; then word=$kept; fi
  set -- "$@" "$word"
done
echo 'Reading URLs from STDIN - EOF (Ctrl+D) to end:' >&2
addresses=$(cat) news=
for address in $addresses; do
  if ! said "\${address#*v=}" | grep -q '"t":"done"'; then news="$news$address
"; fi
done
code=0
if [ "$news" ]; then printf %s "$news" | '${ytDlp}' "$@" >>"$kept/said" || code=$?; fi
for address in $addresses; do
  id=\${address#*v=}
  if said "$id" | grep -q '"t":"done"'; then cp "$kept/$id".* "$to"; fi
  said "$id" | sed "s|$kept|$to|"
done
exit "$code"
`;
