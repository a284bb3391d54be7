import type { LibrarySong } from '../songs.ts';
import { editDistance } from '../../tracks/edit-distance.ts';
import { foldArtist, foldWords } from '../../tracks/fold.ts';
import {
  contradict,
  factsOf,
  isNameKey,
  lengthsContradict,
  trackKeys,
  type TrackFacts,
} from '../../tracks/identity.ts';
import { minutes } from '../../tracks/length-text.ts';
import { readTitle } from '../../tracks/title-parts.ts';
import type { Track } from '../../tracks/track.ts';
import { findVersions, versionKey } from '../../tracks/version-words.ts';
import { guessKeys } from './guess-keys.ts';

/** A whole file that somebody owns, with what it's known by. */
export interface Owned {
  readonly song: Pick<LibrarySong, 'file' | 'facts' | 'lists'>;
  readonly keys: readonly string[];
  /** Of its path below the folder that is looked at. */
  readonly parts: readonly string[];
}

/** A file that is a track, or may be. */
export interface OwnedMatch {
  readonly owned: Owned;
  readonly isCertain: boolean;
  /** "same Spotify track", or why it's uncertain. */
  readonly why: string;
}

/** Two names of one recording are no further apart than this, in ms, where nothing but the length speaks for them. */
const closeMs = 3_000;
/** A shorter title with another letter is another title. */
const leastForTypo = 5;

/** The title as it's told: by the tags, else by the name of the file. Pure. */
function titleOf({ song, parts }: Owned): string {
  return song.facts.title ?? (parts.at(-1) ?? '').replace(/\.[^.]*$/u, '').replace(/^.*? - /u, '');
}

/** What a title says of its version: live, remix, instrumental ... Pure. */
export function versionOf(owned: Owned): string {
  return versionKey(readTitle(titleOf(owned)).versions);
}

/** Sorts files by what they're known by, and finds those of a track: the certain ones first. Pure. */
export function createOwnedMatcher(files: readonly Owned[]): (track: Track) => readonly OwnedMatch[] {
  const byKey = groupBy(files, ({ keys }) => keys);
  const guesses = new Map(files.map((owned) => [owned, guessKeys(owned.song, owned.parts)]));
  const byGuess = groupBy(files, (owned) => (guesses.get(owned) ?? []).map(({ key }) => key));
  const byArtist = groupBy(files, ({ song: { facts } }) =>
    [...new Set([facts.artist, ...facts.artists])].flatMap((name) =>
      name === undefined ? [] : [foldArtist(name)],
    ),
  );
  return (track) => {
    const keys = trackKeys(track);
    const found = new Map<Owned, OwnedMatch | undefined>();
    for (const owned of keys.flatMap((key) => byKey.get(key) ?? [])) {
      if (!found.has(owned)) found.set(owned, judge(track, owned, keys));
    }
    const names = keys.filter(isNameKey);
    for (const owned of names.flatMap((key) => byGuess.get(key) ?? [])) {
      if (found.has(owned) || areOthers(track, owned)) continue;
      const why = guesses.get(owned)?.find(({ key }) => names.includes(key))?.why ?? '';
      found.set(owned, { owned, isCertain: false, why });
    }
    for (const owned of byArtist.get(foldArtist(track.artists[0] ?? '')) ?? []) {
      if (!found.has(owned) && isTypo(track, owned))
        found.set(owned, { owned, isCertain: false, why: `it's called "${titleOf(owned)}"` });
    }
    const matches = [...found.values()].filter((match) => match !== undefined);
    return matches.toSorted((a, b) => Number(b.isCertain) - Number(a.isCertain));
  };
}

function groupBy(
  files: readonly Owned[],
  keysOf: (owned: Owned) => readonly string[],
): ReadonlyMap<string, readonly Owned[]> {
  const groups = new Map<string, Owned[]>();
  for (const owned of files) {
    for (const key of new Set(keysOf(owned))) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [owned]);
      else group.push(owned);
    }
  }
  return groups;
}

function factsOfOwned({ song: { file, facts } }: Owned): TrackFacts {
  return { isrcs: facts.isrcs, durationMs: file.trackMs ?? file.durationMs };
}

function areOthers(track: Track, owned: Owned): boolean {
  return contradict(factsOf(track), factsOfOwned(owned));
}

/** Unknown lengths aren't close. */
function areClose(track: Track, owned: Owned): boolean {
  const [a, b] = [track.durationMs, factsOfOwned(owned).durationMs];
  return a !== undefined && b !== undefined && Math.abs(a - b) <= closeMs;
}

/** A file that shares a key with a track. Undefined where it's another recording all the same. */
function judge(track: Track, owned: Owned, keys: readonly string[]): OwnedMatch | undefined {
  const shared = keys.filter((key) => owned.keys.includes(key));
  const sure = shared.find((key) => !isNameKey(key));
  if (sure !== undefined) return judgeSure(track, owned, sure, shared.some(isNameKey));
  const [wanted, own] = [factsOf(track), factsOfOwned(owned)];
  if (lengthsContradict(wanted.durationMs, own.durationMs)) return undefined;
  const uncertain = (why: string): OwnedMatch => ({ owned, isCertain: false, why });
  if (contradict(wanted, own))
    return areClose(track, owned) ? uncertain('its ISRC is another one') : undefined;
  if (isFromLive(owned) && !isLive(track)) return uncertain("it's from a live album");
  const { isExplicit } = owned.song.facts;
  if (track.explicit === true && isExplicit === false) return uncertain("it's the clean version");
  return { owned, isCertain: true, why: 'same artist and title' };
}

/** @param hasName whether artist and title are the same, too */
function judgeSure(track: Track, owned: Owned, key: string, hasName: boolean): OwnedMatch {
  const what = key.startsWith('uri:')
    ? 'same Spotify track'
    : key.startsWith('isrc:')
      ? 'same ISRC'
      : 'same upload';
  const uncertain = (why: string): OwnedMatch => ({ owned, isCertain: false, why: `${what}, but ${why}` });
  const { durationMs } = factsOfOwned(owned);
  if (lengthsContradict(track.durationMs, durationMs)) {
    return uncertain(`it's ${minutes(durationMs ?? 0)} long, not ${minutes(track.durationMs ?? 0)}`);
  }
  const isNamed = owned.song.facts.title !== undefined;
  if (isNamed && !hasName) {
    if (versionOf(owned) !== versionKey(readTitle(track.track).versions))
      return uncertain(`its title is "${titleOf(owned)}"`);
    if (!areClose(track, owned) && what === 'same ISRC') return uncertain(`its title is "${titleOf(owned)}"`);
  }
  return { owned, isCertain: true, why: what };
}

const hasLive = (text: string): boolean => findVersions(foldWords(text)).some(({ kind }) => kind === 'live');

/** By its album, else by the folder. "Live Through This" is none, but asking costs little. */
function isFromLive({ song: { facts }, parts }: Owned): boolean {
  return hasLive(facts.album ?? parts.at(-2) ?? '');
}

function isLive(track: Track): boolean {
  return hasLive(track.track) || hasLive(track.album ?? '');
}

/** The same artist, version and length, and a title that is nearly the same. */
function isTypo(track: Track, owned: Owned): boolean {
  if (!areClose(track, owned) || areOthers(track, owned)) return false;
  const [one, other] = [readTitle(track.track), readTitle(titleOf(owned))];
  if (versionKey(one.versions) !== versionKey(other.versions)) return false;
  const [a, b] = [one.name.join(''), other.name.join('')];
  const least = Math.min(a.length, b.length);
  return least >= leastForTypo && editDistance(a, b) <= (least >= 2 * leastForTypo ? 2 : 1);
}
