import type { Verdict } from '../tracks/heard.ts';
import { mediaText } from '../tracks/media.ts';
import { readLength } from '../tracks/length-text.ts';
import { yearOf, type SongFacts } from '../tracks/song-facts.ts';
import { titleOf, type LibrarySong } from './songs.ts';

/** What a query can ask of a song. All pure. */

/** Texts of which one has to hold the words. */
export const textFields: Readonly<Record<string, (song: LibrarySong) => readonly (string | undefined)[]>> = {
  title: (song) => [titleOf(song)],
  artist: ({ facts }) => [facts.artist, ...facts.artists, facts.albumArtist],
  albumartist: ({ facts }) => [facts.albumArtist],
  album: ({ facts }) => [facts.album],
  genre: ({ facts }) => facts.genres,
  label: ({ facts }) => [facts.label],
  composer: ({ facts }) => facts.composers ?? [],
  list: ({ lists }) => lists,
  path: ({ file }) => [file.path],
  isrc: ({ facts }) => facts.isrcs,
  upload: ({ file }) => [file.media === undefined ? undefined : mediaText(file.media)],
};

/** Texts that are the whole answer: "mp3" isn't found by "3". */
export const wordFields: Readonly<Record<string, (song: LibrarySong) => string | undefined>> = {
  format: ({ file }) => file.format,
  lyrics: ({ facts }) => facts.lyrics ?? 'none',
};

/** Numbers, and how a bound is read. */
export const numberFields: Readonly<
  Record<
    string,
    { of: (song: LibrarySong) => number | undefined; read: (text: string) => number | undefined }
  >
> = {
  year: { of: ({ facts }) => yearOf(facts), read: whole },
  track: { of: ({ facts }) => facts.trackNumber, read: whole },
  disc: { of: ({ facts }) => facts.discNumber, read: whole },
  bitrate: { of: ({ file }) => file.bitrateKbps, read: whole },
  length: {
    of: ({ file }) => seconds(file.durationMs),
    read: (text) => seconds(readLength(text)) ?? whole(text),
  },
  size: { of: ({ file }) => file.sizeBytes / 1_000_000, read: decimal },
  gain: { of: ({ facts }) => facts.trackGainDb, read: decimal },
};

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms / 1000);
}

function whole(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function decimal(text: string): number | undefined {
  return /^-?\d{1,9}(?:\.\d{1,6})?$/.test(text) ? Number(text) : undefined;
}

const has = (read: (facts: SongFacts) => unknown) => (song: LibrarySong) => read(song.facts) !== undefined;

/** What `has:` and `missing:` know. */
export const parts: Readonly<Record<string, (song: LibrarySong) => boolean>> = {
  title: has(({ title }) => title),
  artist: has(({ artist }) => artist),
  album: has(({ album }) => album),
  albumartist: has(({ albumArtist }) => albumArtist),
  track: has(({ trackNumber }) => trackNumber),
  year: has(yearOf),
  genre: ({ facts }) => facts.genres.length > 0,
  label: has(({ label }) => label),
  composer: has(({ composers }) => composers),
  isrc: ({ facts }) => facts.isrcs.length > 0,
  mbid: has(({ recordingId }) => recordingId),
  cover: ({ facts }) => facts.hasCover,
  lyrics: has(({ lyrics }) => lyrics),
  gain: has(({ trackGainDb }) => trackGainDb),
  list: ({ lists }) => lists.length > 0,
};

/** What `is:` knows. */
export const states: Readonly<Record<string, (song: LibrarySong) => boolean>> = {
  broken: ({ file }) => file.fault !== undefined,
  downloaded: ({ file }) => file.downloaded,
  own: ({ file }) => !file.downloaded,
  changed: ({ file }) => file.isChanged === true,
  lossless: ({ facts }) => facts.isLossless === true,
  explicit: ({ facts }) => facts.isExplicit === true,
  compilation: ({ facts }) => facts.isCompilation === true,
};

const verdictOf = ({ facts }: LibrarySong): Verdict => facts.heard?.verdict ?? 'unchecked';

/** What `proven:` knows. "no" is all that isn't proven, heard or not. */
export const proofs: Readonly<Record<string, (song: LibrarySong) => boolean>> = {
  yes: (song) => verdictOf(song) === 'proven',
  no: (song) => verdictOf(song) !== 'proven',
  doubtful: (song) => verdictOf(song) === 'doubtful',
  different: (song) => verdictOf(song) === 'different',
  unchecked: (song) => verdictOf(song) === 'unchecked',
};
