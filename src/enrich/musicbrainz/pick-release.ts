import { foldName } from '../../tracks/fold.ts';
import { albumTitleKey } from './agreement.ts';
import { tracksOf, type Recording, type Release } from './answers.ts';
import type { SoughtSong } from './song.ts';

/** A song with the recording that it is. */
export interface FoundSong {
  readonly song: SoughtSong;
  readonly recording: Recording;
}

/** A release, and those of the songs that MusicBrainz has on it. */
interface Candidate {
  readonly release: Release;
  readonly songs: SoughtSong[];
  /** How many have the track number that they have in their tags. */
  numbered: number;
}

/**
 * Which release "the" album of these songs is: one for all of them, because players tell albums apart by its id. With an
 * album's name only releases of that name count, and Spotify's date and number of tracks choose among them. Without one
 * it's the official album before EPs and singles, and before compilations, from the earliest date on. Pure: the same
 * songs always get the same release.
 */
export function pickRelease(songs: readonly FoundSong[]): Release | undefined {
  const [first] = songs;
  const album = first?.song.album;
  const key = album === undefined ? undefined : albumTitleKey(album);
  const candidates = candidatesOf(songs).filter(
    ({ release }) => isPublished(release) && (key === undefined || albumTitleKey(release.title) === key),
  );
  const ranked = candidates
    .map((candidate) => ({ candidate, rank: rankOf(candidate, album) }))
    .sort((a, b) => compareRanks(a.rank, b.rank));
  return ranked[0]?.candidate.release;
}

function candidatesOf(songs: readonly FoundSong[]): readonly Candidate[] {
  const byId = new Map<string, Candidate>();
  for (const { song, recording } of songs) {
    for (const release of recording.releases) {
      const candidate = byId.get(release.id) ?? { release, songs: [], numbered: 0 };
      candidate.songs.push(song);
      if (hasNumber(release, song)) candidate.numbered += 1;
      byId.set(release.id, candidate);
    }
  }
  return [...byId.values()];
}

function hasNumber({ media }: Release, { trackNumber, discNumber = 1 }: SoughtSong): boolean {
  return media.some(
    (medium) =>
      (medium.position ?? 1) === discNumber &&
      ((medium['track-offset'] ?? -2) + 1 === trackNumber ||
        tracksOf(medium).some(({ number }) => number === String(trackNumber))),
  );
}

/** Spotify has nothing else. */
function isPublished({ status }: Release): boolean {
  return status === undefined || status === 'Official' || status === 'Promotion';
}

const statuses: Readonly<Record<string, number>> = { Official: 0, Promotion: 2 };
const types: Readonly<Record<string, number>> = { Album: 0, EP: 1, Single: 2 };
const formats: Readonly<Record<string, number>> = { 'Digital Media': 0, CD: 1 };

/** What counts first stands first; less is better. */
function rankOf(
  { release, songs, numbered }: Candidate,
  album: string | undefined,
): readonly (number | string)[] {
  const group = release['release-group'];
  const secondary = (group?.['secondary-types'] ?? []).filter(
    (type) => album?.toLowerCase().includes(type.toLowerCase()) !== true,
  );
  const { date } = release;
  const byName =
    album === undefined
      ? []
      : [
          foldName(release.title) === foldName(album) ? 0 : 1,
          Math.min(...songs.map((song) => datesApart(song.date, date))),
          songs.some((song) => hasTotal(release, song)) ? 0 : 1,
          -numbered,
        ];
  return [
    -songs.length,
    statuses[release.status ?? ''] ?? 1,
    ...byName,
    secondary.length,
    types[group?.['primary-type'] ?? ''] ?? 3,
    date === undefined ? 2 : date.length > 4 ? 0 : 1,
    date ?? '',
    Math.min(2, ...release.media.map(({ format }) => formats[format ?? ''] ?? 2)),
    release.country === 'XW' ? 0 : 1,
    release.id,
  ];
}

/** 0 for one date, 1 for one year, 2 for others. */
function datesApart(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return 2;
  if (a === b) return 0;
  return a.slice(0, 4) === b.slice(0, 4) ? 1 : 2;
}

/** Spotify's total is that of all discs. */
function hasTotal(release: Release, { trackTotal }: SoughtSong): boolean {
  const counts = release.media.map((medium) => medium['track-count'] ?? tracksOf(medium).length);
  const sum = counts.reduce((total, count) => total + count, 0);
  return trackTotal !== undefined && [release['track-count'], sum, ...counts].includes(trackTotal);
}

function compareRanks(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [index, one] of a.entries()) {
    const other = b[index];
    if (other === undefined || one === other) continue;
    return one < other ? -1 : 1;
  }
  return 0;
}
