import { foldName } from '../tracks/fold.ts';
import { createTrackMap } from '../tracks/identity.ts';
import { countVerdicts, type Verdict } from '../tracks/heard.ts';
import { yearOf } from '../tracks/song-facts.ts';
import type { Track } from '../tracks/track.ts';
import type { KnownList } from './known-lists.ts';
import { growthOf, type Growth } from './growth.ts';
import type { LibrarySong } from './songs.ts';
import { bitrateRange, codecName, shareFields } from './statistic-fields.ts';

/** A song of a library with what is asked of it: what is worked out from its tags and its path. */
export interface CountedSong extends Pick<LibrarySong, 'file' | 'facts'> {
  readonly track: Track;
  readonly name: string;
  readonly addedAtMs: number;
  readonly isHeard: boolean;
}

/** Songs that have something in common. */
export interface Tally {
  readonly name: string;
  readonly songs: number;
  readonly durationMs: number;
  readonly sizeBytes: number;
}

export interface ListCount {
  readonly name: string;
  readonly isFollowed: boolean;
  readonly songs: number;
  readonly have: number;
  /** Failed, not found, or with a broken file. */
  readonly missing: number;
  /** Not asked for yet, or waiting for a match to be chosen. */
  readonly waiting: number;
}

export interface FailureCount {
  readonly code: string;
  /** What most of them say. */
  readonly reason: string;
  readonly songs: number;
}

/** What a library is made of. A file that several playlists have by links counts once. */
export interface LibraryStatistics {
  readonly songs: number;
  /** Further places of the same files. */
  readonly links: number;
  readonly broken: number;
  readonly durationMs: number;
  readonly sizeBytes: number;
  readonly artists: number;
  readonly albums: number;
  readonly oldest?: { readonly name: string; readonly year: number };
  readonly newest?: { readonly name: string; readonly year: number };
  readonly formats: readonly Tally[];
  readonly codecs: readonly Tally[];
  readonly bitrates: readonly Tally[];
  readonly decades: readonly Tally[];
  /** Of the first release, in order. */
  readonly years: readonly { readonly year: number; readonly songs: number }[];
  readonly topArtists: readonly Tally[];
  readonly topAlbums: readonly Tally[];
  readonly topGenres: readonly Tally[];
  /** How many songs have what good tags have. */
  readonly shares: readonly { readonly name: string; readonly songs: number }[];
  readonly growth: readonly Growth[];
  /** Songs that several files hold, and what all but the largest of them take. */
  readonly doubles: { readonly songs: number; readonly files: number; readonly wastedBytes: number };
  /** What listening to them came to; missing where no song was heard. */
  readonly heard?: Readonly<Record<Verdict, number>>;
  /** Those that lack most first. */
  readonly lists: readonly ListCount[];
  readonly failures: readonly FailureCount[];
}

const most = 10;

/** Counts a library. Pure. */
export function countLibrary(
  all: readonly CountedSong[],
  lists: readonly KnownList[],
  failures: readonly FailureCount[],
): LibraryStatistics {
  const songs = eachFileOnce(all);
  const by = (namesOf: (song: CountedSong) => readonly string[]): readonly Tally[] => tally(songs, namesOf);
  const dated = songs
    .flatMap(({ name, facts }) => {
      const year = yearOf(facts);
      return year === undefined || year < 1000 ? [] : [{ name, year }];
    })
    .toSorted((a, b) => a.year - b.year);
  const [oldest, newest] = [dated[0], dated.at(-1)];
  const artists = by(({ track }) => track.artists.slice(0, 1));
  const albums = by(({ track, facts: { album } }) =>
    album === undefined ? [] : [[track.albumArtists?.[0] ?? track.artists[0] ?? '', album].join('\n')],
  );
  return {
    songs: songs.length,
    links: all.length - songs.length,
    broken: songs.filter(({ file }) => file.fault !== undefined).length,
    durationMs: sum(songs, ({ file }) => file.durationMs ?? 0),
    sizeBytes: sum(songs, ({ file }) => file.sizeBytes),
    artists: artists.length,
    albums: albums.length,
    ...(oldest === undefined || newest === undefined ? {} : { oldest, newest }),
    formats: by(({ file }) => [file.format ?? 'unknown']),
    codecs: by(({ facts }) => [codecName(facts.codec)]),
    bitrates: by((song) => [bitrateRange(song)]),
    decades: by(({ facts }) => decadeOf(yearOf(facts))).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    years: [...Map.groupBy(dated, ({ year }) => year)].map(([year, its]) => ({ year, songs: its.length })),
    topArtists: artists.slice(0, most),
    topAlbums: albums.slice(0, most).map((one) => ({ ...one, name: one.name.replace('\n', ' - ') })),
    topGenres: by(({ facts }) => facts.genres).slice(0, most),
    shares: shareFields.map(([name, has]) => ({ name, songs: songs.filter(has).length })),
    growth: growthOf(songs),
    doubles: doublesOf(songs),
    ...heardOf(songs),
    lists: lists.map(countList).toSorted((a, b) => b.songs - b.have - (a.songs - a.have)),
    failures,
  };
}

/** A file with several names (hard links) takes its space once, and is one song. */
function eachFileOnce(all: readonly CountedSong[]): readonly CountedSong[] {
  const seen = new Set<string>();
  return all.filter(({ file: { inode = '', sizeBytes } }) => {
    if (inode === '' || inode === '0') return true;
    const key = `${inode} ${sizeBytes}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** By name, most songs first. Spellings that fold alike are one, under the one that most songs have. */
function tally(
  songs: readonly CountedSong[],
  namesOf: (song: CountedSong) => readonly string[],
): readonly Tally[] {
  const found = new Map<string, { spellings: Map<string, number>; songs: CountedSong[] }>();
  const keys = new Map<string, string>();
  for (const song of songs) {
    for (const name of new Set(namesOf(song))) {
      const key = keys.get(name) ?? foldName(name);
      keys.set(name, key);
      const entry = found.get(key) ?? { spellings: new Map<string, number>(), songs: [] };
      found.set(key, entry);
      entry.spellings.set(name, (entry.spellings.get(name) ?? 0) + 1);
      if (entry.songs.at(-1) !== song) entry.songs.push(song);
    }
  }
  return [...found.values()]
    .map(({ spellings, songs: its }) => ({
      name: [...spellings].reduce((best, one) => (one[1] > best[1] ? one : best))[0],
      songs: its.length,
      durationMs: sum(its, ({ file }) => file.durationMs ?? 0),
      sizeBytes: sum(its, ({ file }) => file.sizeBytes),
    }))
    .toSorted((a, b) => b.songs - a.songs || (a.name < b.name ? -1 : 1));
}

function decadeOf(year: number | undefined): readonly string[] {
  return year === undefined || year < 1000 ? [] : [`${Math.floor(year / 10)}0s`];
}

/** By identity alone: nothing is listened to. Broken files are no songs. */
function doublesOf(songs: readonly CountedSong[]): LibraryStatistics['doubles'] {
  const known = createTrackMap<CountedSong[]>();
  const groups: CountedSong[][] = [];
  for (const song of songs) {
    if (song.file.fault !== undefined) continue;
    const group = known.get(song.track) ?? [];
    if (group.length === 0) groups.push(group);
    group.push(song);
    known.set(song.track, group);
  }
  const doubles = groups.filter(({ length }) => length > 1);
  const sizes = doubles.map((group) => group.map(({ file }) => file.sizeBytes));
  return {
    songs: doubles.length,
    files: sum(sizes, ({ length }) => length),
    wastedBytes: sum(sizes, (each) => sum(each, (size) => size) - Math.max(...each)),
  };
}

function heardOf(songs: readonly CountedSong[]): Pick<LibraryStatistics, 'heard'> {
  const heard = countVerdicts(songs.map(({ facts }) => facts.heard?.verdict ?? 'unchecked'));
  return heard.unchecked === songs.length ? {} : { heard };
}

function countList({ name, isFollowed, rows }: KnownList): ListCount {
  const lacks = rows.flatMap(({ lack }) => lack?.status ?? []);
  const waiting = lacks.filter((status) => status === 'new' || status === 'unsure').length;
  const missing = lacks.length - waiting;
  return { name, isFollowed, songs: rows.length, have: rows.length - lacks.length, missing, waiting };
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}
