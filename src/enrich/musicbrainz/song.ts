import { foldArtist, foldName } from '../../tracks/fold.ts';
import { readIsrc } from '../../tracks/isrc.ts';

/** What the tags of a file say, by TagLib's names of properties. */
export type Properties = Readonly<Record<string, readonly string[]>>;

/** A song whose facts are sought. */
export interface SongWithTags {
  /** What its facts are handed back under, such as its path. */
  readonly key: string;
  readonly properties: Properties;
  /** Of the file. */
  readonly durationMs?: number | undefined;
  /** False where the file has no picture and should get one. */
  readonly hasCover?: boolean;
}

/** The same, read. */
export interface SoughtSong extends SongWithTags {
  readonly title: string;
  readonly artists: readonly string[];
  readonly album: string | undefined;
  readonly albumArtist: string | undefined;
  /** YYYY, YYYY-MM or YYYY-MM-DD */
  readonly date: string | undefined;
  readonly trackNumber: number | undefined;
  readonly trackTotal: number | undefined;
  readonly discNumber: number | undefined;
  readonly isrcs: readonly string[];
  /** MusicBrainz' ids in the tags. */
  readonly recordingId: string | undefined;
  readonly releaseId: string | undefined;
}

const mbid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Pure. */
export function readSong(song: SongWithTags): SoughtSong {
  const { properties } = song;
  const first = (name: string): string | undefined => {
    const text = properties[name]?.[0]?.trim();
    return text === '' ? undefined : text;
  };
  const id = (name: string): string | undefined => {
    const text = first(name)?.toLowerCase();
    return text !== undefined && mbid.test(text) ? text : undefined;
  };
  const [trackNumber, trackTotal] = numbersOf(first('TRACKNUMBER'));
  const isrcs = (properties['ISRC'] ?? []).map(readIsrc).filter((isrc) => isrc !== undefined);
  const artist = first('ARTIST');
  const trackMs = Number(first('TRACK_DURATION_MS'));
  return {
    ...song,
    // A video may have a scene before the song: its file then says how long the song is.
    durationMs: Number.isSafeInteger(trackMs) && trackMs > 0 ? trackMs : song.durationMs,
    title: first('TITLE') ?? '',
    artists: artistsOf(properties['ARTISTS'] ?? [], artist),
    album: first('ALBUM'),
    albumArtist: first('ALBUMARTIST'),
    date: /^\d{4}(?:-\d{2}(?:-\d{2})?)?/.exec(first('DATE') ?? '')?.[0],
    trackNumber,
    trackTotal: trackTotal ?? numbersOf(first('TRACKTOTAL'))[0],
    discNumber: numbersOf(first('DISCNUMBER'))[0],
    isrcs: [...new Set(isrcs)],
    recordingId: id('MUSICBRAINZ_TRACKID'),
    releaseId: id('MUSICBRAINZ_ALBUMID'),
  };
}

/** "3/12" is 3 and 12. */
function numbersOf(text: string | undefined): readonly (number | undefined)[] {
  return (text ?? '').split('/').map((part) => (/^\s*\d{1,4}\s*$/.test(part) ? Number(part) : undefined));
}

const separators = /\s*(?:;|, |\/| & | feat\.? | ft\.? | featuring )\s*/iu;

/** Each of them, then the text that is shown, and where there's only that one also what it seems to be made of. */
function artistsOf(each: readonly string[], shown = ''): readonly string[] {
  const parts = each.length > 0 ? [] : shown.split(separators);
  return [...new Set([...each, shown, ...parts])].filter((name) => name.trim() !== '');
}

/** What tells an album from others; undefined for a song without one. */
export function albumKeyOf({ album, albumArtist, artists }: SoughtSong): string | undefined {
  if (album === undefined) return undefined;
  return `${foldArtist(albumArtist ?? artists[0] ?? '')}|${foldName(album)}`;
}
