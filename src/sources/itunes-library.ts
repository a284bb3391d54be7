import { HarmoniError } from '../errors.ts';
import { splitArtists } from './artists.ts';
import { cleanText } from './clean-text.ts';
import { collectRows, type ListInFile } from './collect-rows.ts';
import { createColumnReader } from './columns.ts';
import { type FileFormat, wholeText } from './file-format.ts';
import { asList, asRecord, asText, jsonCells } from './json-cells.ts';
import { type RowResult, rowToTrack } from './row-to-track.ts';

type Dict = Readonly<Record<string, unknown>>;

/**
 * A playlist or a whole library that iTunes or Apple Music exported as XML: a property list with all songs by their
 * number, and the playlists as lists of numbers. https://developer.apple.com/library/archive/documentation/Cocoa/Conceptual/PropertyLists
 */
export const itunesLibrary: FileFormat = {
  title: 'a playlist or library from iTunes or Apple Music (XML)',
  names: /\.xml$/i,
  begins: (head) => /^\s*<(?:\?xml|!doctype plist|plist)/i.test(head) && /<!doctype plist|<plist/i.test(head),
  async read(input) {
    const text = await wholeText(input);
    const { parse } = await import('fast-plist');
    let root: Dict | undefined;
    try {
      const content: unknown = parse(text);
      root = asRecord(content);
    } catch (cause) {
      throw broken(input.fileName, cause);
    }
    // The parser takes the end of the text for the end of the list.
    if (!/<\/plist>\s*$/.test(text)) throw broken(input.fileName);
    const songs = asRecord(root?.['Tracks']);
    if (root === undefined || songs === undefined) {
      throw new HarmoniError('source-empty', `${input.fileName} has no songs from iTunes or Apple Music.`, {
        fix: 'In Apple Music or iTunes choose File, Library, Export Playlist.',
      });
    }
    return readLibrary(root, songs, input);
  },
};

function broken(fileName: string, cause?: unknown): HarmoniError {
  return new HarmoniError('source-broken', `${fileName} is damaged, or its end is missing.`, {
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The playlists that a person made; a library without any is one list of all its songs. */
function readLibrary(
  root: Dict,
  songs: Dict,
  { fileName, name }: { fileName: string; name: string },
): readonly ListInFile[] {
  const readColumns = createColumnReader();
  const playlists = asList(root['Playlists'])
    .map(asRecord)
    .filter((playlist) => playlist !== undefined);
  const own = playlists.filter((playlist) => !isBuiltIn(playlist));
  if (own.length === 0) {
    const all = collectRows(fileName, name);
    for (const song of Object.values(songs)) all.add(readSong(song, readColumns));
    return all.lists();
  }
  const lists = own.flatMap((playlist) => {
    const title = cleanText(asText(playlist['Name'])) || 'Playlist';
    const rows = collectRows(fileName, title);
    for (const item of asList(playlist['Playlist Items'])) {
      rows.add(readSong(songs[String(asRecord(item)?.['Track ID'])], readColumns));
    }
    return rows.lists().map((list) => ({ ...list, origin: title }));
  });
  return lists.filter(({ tracks, skipped }) => tracks.length + skipped.length > 0);
}

/** "Library", "Music", "Podcasts" and their like; and folders, whose songs are those of the playlists in them. */
function isBuiltIn(playlist: Dict): boolean {
  return (
    playlist['Master'] === true ||
    playlist['Folder'] === true ||
    playlist['Visible'] === false ||
    playlist['Distinguished Kind'] !== undefined
  );
}

const kinds = [
  ['Podcast', 'a podcast episode'],
  ['Movie', 'a movie'],
  ['TV Show', 'a TV show'],
  ['Audiobook', 'an audiobook'],
] as const;

function readSong(value: unknown, readColumns: ReturnType<typeof createColumnReader>): RowResult {
  const song = asRecord(value);
  if (song === undefined) return { skipped: { reason: "the file doesn't say which song this is" } };
  const text = [song['Artist'], song['Name']].map(asText).filter(Boolean).map(cleanText).join(' - ');
  const kind = kinds.find(([key]) => song[key] === true);
  if (kind !== undefined) return { skipped: { reason: kind[1], ...(text === '' ? {} : { text }) } };
  const cells = jsonCells(withDates(song));
  return rowToTrack(
    readColumns(cells.map(([key]) => key)),
    cells.map(([, cell]) => cell),
    // One text, as it is on the record's sleeve: a comma is part of a name more often than not.
    (artists) => splitArtists(artists, 'semicolon'),
  );
}

function withDates(song: Dict): Dict {
  const texts = Object.entries(song).map(([key, value]) => [
    key,
    value instanceof Date ? (Number.isNaN(value.getTime()) ? '' : value.toISOString()) : value,
  ]);
  return Object.fromEntries(texts) as Dict;
}
