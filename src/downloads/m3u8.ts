import { songName } from '../tracks/song-name.ts';
import { withoutInvisible } from './file-names.ts';

/** One line of a playlist file. `path` is relative to it, with "/". */
export interface PlaylistEntry {
  readonly path: string;
  readonly durationMs: number | undefined;
  readonly artist: string;
  readonly track: string;
}

/** Stands before the origin of the list that a playlist file belongs to; to players it is a comment. */
const mark = '#HARMONI:';

/**
 * Renders an extended M3U in UTF-8 (m3u8), in the order given, with the mark of its list (TrackList.origin): by that
 * HARMONI knows what it may write anew. Pure.
 */
export function renderM3u8(
  list: { name: string; origin: string },
  entries: readonly PlaylistEntry[],
): string {
  return [...header(list.name), mark + oneLine(list.origin), ...entries.flatMap(entryLines), ''].join('\n');
}

/** The same for the user to keep: HARMONI neither writes it anew nor takes it for one of its own. Pure. */
export function renderOwnM3u(name: string, entries: readonly PlaylistEntry[]): string {
  return ['#EXTM3U', `#PLAYLIST:${oneLine(name)}`, ...entries.flatMap(entryLines), ''].join('\n');
}

function entryLines({ path, durationMs, artist, track }: PlaylistEntry): readonly string[] {
  // A file of the user's own may be called so; the format has no way to say it.
  if (/[\r\n]/.test(path)) return [];
  const seconds = durationMs === undefined ? -1 : Math.round(durationMs / 1000);
  const title = songName(artist, track);
  // A name that begins with "#" would be read as a comment.
  return [`#EXTINF:${seconds},${oneLine(title)}`, path.startsWith('#') ? `./${path}` : path];
}

function header(name: string): string[] {
  return ['#EXTM3U', '#EXTENC:UTF-8', `#PLAYLIST:${oneLine(name)}`];
}

/** Whose list a playlist file is: the origin in its mark, or undefined where it is not HARMONI's. Pure. */
export function originIn(content: string): string | undefined {
  const line = content.split('\n', 8).find((text) => text.startsWith(mark));
  return line?.slice(mark.length).trim();
}

/** The paths in a playlist file, as they stand there. Pure. */
export function pathsIn(content: string): readonly string[] {
  return content.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
}

/** Whether a mark names this origin. Pure. */
export function isMarkOf(found: string | undefined, origin: string): boolean {
  return found !== undefined && found === oneLine(origin);
}

/**
 * The paths in a playlist file as HARMONI 2.0 wrote them for a list of this name, before there were marks; undefined when
 * it is anything else. Pure.
 */
export function entriesOfUnmarked(content: string, name: string): string[] | undefined {
  const lines = content.split('\n');
  if (header(name).some((text, at) => lines[at] !== text) || lines.at(-1) !== '') return undefined;
  const rows = lines.slice(3, -1);
  const isEntry = (text: string, at: number): boolean =>
    at % 2 === 0 ? text.startsWith('#EXTINF:') : text !== '' && !text.startsWith('#');
  if (rows.length === 0 || rows.length % 2 !== 0 || !rows.every(isEntry)) return undefined;
  return rows.filter((_text, at) => at % 2 === 1);
}

function oneLine(text: string): string {
  return withoutInvisible(text.replaceAll(/\s+/g, ' ')).trim();
}
