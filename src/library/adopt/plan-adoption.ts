import type { IndexedFile } from '../../history/indexed-file.ts';
import { trackKeys } from '../../tracks/identity.ts';
import type { Track, TrackList } from '../../tracks/track.ts';
import { compareCopies } from '../duplicates/better-copy.ts';
import { versionOf, type Owned, type OwnedMatch } from './match-owned.ts';

/** What becomes of one row of a list. */
export interface AdoptRow {
  readonly track: Track;
  /** have: the library has it. adopt: a file is certainly it. ask: one may be. missing: it has to be downloaded. */
  readonly state: 'have' | 'adopt' | 'ask' | 'missing';
  /** The file of `adopt` and `ask`. */
  readonly match?: OwnedMatch;
}

export interface AdoptList {
  readonly list: TrackList;
  readonly rows: readonly AdoptRow[];
}

/** What is known of how files sound. Nothing, where nobody listened to them. */
export interface OwnedSounds {
  /** Files that sound the same as this one. */
  readonly sameAs: (owned: Owned) => readonly Owned[];
  readonly soundsOther: (one: Owned, other: Owned) => boolean;
}

/** Says for each row of each list what becomes of it. Pure. */
export function planAdoption(
  lists: readonly TrackList[],
  isPresent: (track: Track) => boolean,
  find: (track: Track) => readonly OwnedMatch[],
  sounds: OwnedSounds,
): readonly AdoptList[] {
  return lists.map((list) => ({
    list,
    rows: list.tracks.map((track): AdoptRow => {
      if (isPresent(track)) return { track, state: 'have' };
      const match = bestOf(find(track), sounds);
      if (match === undefined) return { track, state: 'missing' };
      return { track, state: match.isCertain ? 'adopt' : 'ask', match };
    }),
  }));
}

/**
 * Of a track's files the best copy: of those that are certain, with what sounds the same; else of those that may be it.
 * Where two that are certain sound different, the one with the stronger evidence counts. Pure.
 */
export function bestOf(matches: readonly OwnedMatch[], sounds: OwnedSounds): OwnedMatch | undefined {
  const certain = matches.filter(({ isCertain }) => isCertain);
  const [first] = certain;
  if (first === undefined) return matches.toSorted(byCopy)[0];
  const agreeing = certain.filter(({ owned }) => !sounds.soundsOther(first.owned, owned));
  const known = new Set(agreeing.map(({ owned }) => owned));
  const alike = agreeing.flatMap(({ owned }) =>
    sounds
      .sameAs(owned)
      .filter((other) => !known.has(other) && isSameVersion(owned, other))
      .map((other): OwnedMatch => ({ owned: other, isCertain: true, why: 'same sound' })),
  );
  return [...agreeing, ...alike].toSorted(byCopy)[0];
}

const byCopy = (a: OwnedMatch, b: OwnedMatch): number => compareCopies(a.owned, b.owned);

function isSameVersion(one: Owned, other: Owned): boolean {
  const isExplicit = ({ song: { facts } }: Owned): boolean => facts.isExplicit ?? false;
  return versionOf(one) === versionOf(other) && isExplicit(one) === isExplicit(other);
}

/** Keys that a file needs to be found as this track: none where its own tags lead to it, as presence sees it. Pure. */
export function missingKeys(track: Track, { owned, isCertain }: OwnedMatch): readonly string[] {
  const keys = trackKeys(track);
  return isCertain && keys.some((key) => owned.keys.includes(key)) ? [] : keys;
}

/** A file of a folder inside the library that was found there, and that nobody has taken for a song yet. Pure. */
export function isStillToAdopt({
  downloaded,
  adoptedInto,
}: Pick<IndexedFile, 'downloaded' | 'adoptedInto'>): boolean {
  return !downloaded && adoptedInto === undefined;
}

export interface AdoptCounts {
  readonly have: number;
  readonly adopt: number;
  readonly ask: number;
  readonly missing: number;
}

/** Pure. */
export function countRows(rows: readonly AdoptRow[]): AdoptCounts {
  const of = (state: AdoptRow['state']): number => rows.filter((row) => row.state === state).length;
  return { have: of('have'), adopt: of('adopt'), ask: of('ask'), missing: of('missing') };
}
