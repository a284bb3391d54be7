/** One line of a playlist file. `path` is relative to it, with "/". */
export interface PlaylistEntry {
  readonly path: string;
  readonly durationMs: number | undefined;
  readonly artist: string;
  readonly track: string;
}

/** Renders an extended M3U in UTF-8 (m3u8), in the order given. Pure. */
export function renderM3u8(name: string, entries: readonly PlaylistEntry[]): string {
  const lines = entries.flatMap(({ path, durationMs, artist, track }) => {
    // A file of the user's own may be called so; the format has no way to say it.
    if (/[\r\n]/.test(path)) return [];
    const seconds = durationMs === undefined ? -1 : Math.round(durationMs / 1000);
    const title = artist === '' ? track : `${artist} - ${track}`;
    // A name that begins with "#" would be read as a comment.
    return [`#EXTINF:${seconds},${oneLine(title)}`, path.startsWith('#') ? `./${path}` : path];
  });
  return ['#EXTM3U', '#EXTENC:UTF-8', `#PLAYLIST:${oneLine(name)}`, ...lines, ''].join('\n');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
