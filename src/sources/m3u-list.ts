import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addLines } from './add-lines.ts';
import { cleanText } from './clean-text.ts';
import { collectRows, type RowCollector } from './collect-rows.ts';
import { readColumns } from './columns.ts';
import { splitLines } from './csv-lines.ts';
import type { FileFormat, ListText } from './file-format.ts';
import { readFileTags } from './file-tags.ts';
import { type M3uEntry, readM3uEntries } from './m3u-entries.ts';
import { type RowResult, rowToTrack } from './row-to-track.ts';
import { readSongLine } from './song-line.ts';

/** A playlist of files or addresses (m3u, m3u8). The files it names are read, never touched. */
export const m3uList: FileFormat = {
  title: 'an m3u playlist',
  names: /\.m3u8?$/i,
  begins: (head) => /^\ufeff?#EXTM3U/.test(head),
  async read(input) {
    const lines: string[] = [];
    for await (const piece of splitLines(input.text, input.fileName)) {
      input.signal.throwIfAborted();
      lines.push(...piece.lines);
    }
    const { name = input.name, entries } = readM3uEntries(lines);
    const collector = collectRows(input.fileName, name);
    for (const [done, entry] of entries.entries()) {
      input.onProgress?.({ what: input.fileName, done, total: entries.length });
      await addEntry(collector, entry, input);
    }
    return collector.lists();
  },
};

const address = /^(?:[a-z][a-z0-9+.-]+:\/\/|spotify:)/i;

async function addEntry(collector: RowCollector, entry: M3uEntry, input: ListText): Promise<void> {
  input.signal.throwIfAborted();
  const path = pathOf(entry.place);
  if (path === undefined) {
    // A link, with the name beside it where there is one.
    const line = readSongLine(`${withoutLinks(entry.title)} ${entry.place}`);
    const named = 'link' in line && entry.title.includes(' - ') ? readSongLine(entry.title) : line;
    if ('link' in named) await addLines(collector, [named], input);
    else collector.add(withFacts(named, entry));
    return;
  }
  const tags = input.folder === undefined ? undefined : await readFileTags(resolve(input.folder, path));
  collector.add(withFacts(tags === undefined ? songOfName(entry, path) : { track: tags }, entry));
}

const withoutLinks = (title: string): string => title.replaceAll(/\S+:\/\/\S+/g, '').trim();

/** The path in an entry, with the slashes of this system; undefined for an address that is none of a file. */
function pathOf(place: string): string | undefined {
  if (/^file:\/\//i.test(place)) {
    try {
      return fileURLToPath(new URL(place.replace(/^(file:\/\/)localhost\//i, '$1/')));
    } catch {
      return place.replace(/^file:\/+/i, '/');
    }
  }
  if (address.test(place)) return undefined;
  return process.platform === 'win32' ? place : place.replaceAll('\\', '/');
}

/** By #EXTINF, else by the name of the file: "01 - Artist - Title.mp3". */
function songOfName(entry: M3uEntry, path: string): RowResult {
  if (entry.title !== '') {
    const line = readSongLine(entry.title);
    if (!('link' in line)) return line;
  }
  const stem = (path.split(/[\\/]/).at(-1) ?? path).replace(/\.[a-z0-9]{1,5}$/i, '');
  const line = readSongLine(stem.replace(/^\d{1,3}(?:[.)]\s*|\s*[-_]\s+|\s+(?=\S+.*\s-\s))(?=\S)/, ''));
  return 'link' in line ? { skipped: { reason: 'no title', text: cleanText(path) } } : line;
}

const lengthOf = ({ durationMs }: M3uEntry) => (durationMs === undefined ? {} : { durationMs });

/** With all that the m3u says of the song. */
function withFacts(row: RowResult, entry: M3uEntry): RowResult {
  if ('skipped' in row) return row;
  if (entry.facts.length === 0) return { track: { ...lengthOf(entry), ...row.track } };
  const columns = readColumns(['track', 'artists', ...entry.facts.map(([key]) => key)]);
  // The names are those of the row.
  const cells = ['-', '-', ...entry.facts.map(([, value]) => value)];
  const facts = rowToTrack(columns, cells, (text) => [text]);
  const more = 'track' in facts ? facts.track : {};
  return { track: { ...more, ...lengthOf(entry), ...row.track } };
}
