import type { LibrarySong } from '../songs.ts';
import { mediaText } from '../../tracks/media.ts';
import { lengthsContradict } from '../../tracks/identity.ts';
import { readTitle } from '../../tracks/title-parts.ts';
import { versionKey } from '../../tracks/version-words.ts';
import { compareCopies, whyBetter } from './better-copy.ts';

/** A file of the library, with all its names: hard links of one file are no copies. */
export interface Copy {
  readonly song: LibrarySong;
  /** Absolute; the first is that of `song`. */
  readonly paths: readonly string[];
}

/** What two copies have in common. */
export type Evidence =
  | 'same Spotify track'
  | 'same ISRC'
  | 'same MusicBrainz recording'
  | 'same upload'
  | 'same sound'
  | 'similar sound';

/** Two copies, by their numbers. */
export interface Pair {
  readonly one: number;
  readonly other: number;
  readonly evidence: Evidence;
}

/** A copy beside the one to keep. */
export interface Other {
  readonly copy: Copy;
  /** Why it is a copy of that one. */
  readonly evidence: Evidence;
  /** Why it isn't removed unless the user says so; undefined for what may go. */
  readonly keptBecause: string | undefined;
}

export interface DuplicateGroup {
  readonly keep: Copy;
  /** Why it's the best. */
  readonly because: string;
  readonly others: readonly Other[];
}

/** Names of one file together. Its inode tells, or else it has one name. Pure. */
export function copiesOf(songs: readonly LibrarySong[]): readonly Copy[] {
  const byFile = Map.groupBy(songs, ({ file }) =>
    file.inode === undefined ? file.path : `${file.sizeBytes} ${file.inode}`,
  );
  return [...byFile.values()].flatMap((names) => {
    const [song] = names;
    if (song === undefined) return [];
    const lists = [...new Set(names.flatMap((name) => name.lists))];
    return [{ song: { ...song, lists }, paths: names.map(({ file }) => file.path) }];
  });
}

/** The strongest first. */
const identities: readonly (readonly [Evidence, (song: LibrarySong) => readonly string[]])[] = [
  ['same Spotify track', ({ facts }) => (facts.spotifyUri === undefined ? [] : [facts.spotifyUri])],
  ['same ISRC', ({ facts }) => facts.isrcs],
  ['same MusicBrainz recording', ({ facts }) => (facts.recordingId === undefined ? [] : [facts.recordingId])],
  ['same upload', ({ file }) => (file.media === undefined ? [] : [mediaText(file.media)])],
];

/** What more files than this have in common is something that a program put into all of them ("0"), and no code. */
const mostOfOneKey = 50;

/** Pairs that say themselves that they are one recording. Lengths far apart say that one of them is wrong. Pure. */
export function identityPairs(copies: readonly Copy[]): readonly Pair[] {
  const pairs: Pair[] = [];
  for (const [evidence, keysOf] of identities) {
    const numbersOf = new Map<string, number[]>();
    for (const [number, { song }] of copies.entries()) {
      for (const key of new Set(keysOf(song))) {
        const numbers = numbersOf.get(key) ?? [];
        numbers.push(number);
        numbersOf.set(key, numbers);
      }
    }
    for (const numbers of numbersOf.values()) {
      if (numbers.length <= mostOfOneKey) pairs.push(...pairsOf(numbers, copies, evidence));
    }
  }
  return pairs;
}

function pairsOf(numbers: readonly number[], copies: readonly Copy[], evidence: Evidence): readonly Pair[] {
  return numbers.flatMap((other, at) =>
    numbers.slice(0, at).flatMap((one): Pair[] => {
      const [a, b] = [copies[one]?.song, copies[other]?.song];
      return a === undefined || b === undefined || areApart(a, b) ? [] : [{ one, other, evidence }];
    }),
  );
}

function areApart({ file: a }: LibrarySong, { file: b }: LibrarySong): boolean {
  // The length of a broken file says nothing.
  return a.fault === undefined && b.fault === undefined && lengthsContradict(a.durationMs, b.durationMs);
}

/**
 * Puts copies of one recording together, the best first, and says what may go: only what HARMONI made, what is a copy of
 * that one itself and not of a third, and what doesn't call itself another version.
 * @param pairs of one evidence and another; the first of each two copies counts
 * @param soundsOther whether two copies sound different, although they say that they are one
 */
export function groupCopies(
  copies: readonly Copy[],
  pairs: readonly Pair[],
  soundsOther: (one: Copy, other: Copy) => boolean = () => false,
): readonly DuplicateGroup[] {
  const evidences = new Map<string, Evidence>();
  const isHeard = new Set<string>();
  for (const { one, other, evidence } of pairs) {
    const key = pairKey(one, other);
    if (!evidences.has(key)) evidences.set(key, evidence);
    if (evidence === 'same sound') isHeard.add(key);
  }
  return componentsOf(copies.length, pairs).map((numbers): DuplicateGroup => {
    const sorted = numbers
      .flatMap((number) => {
        const copy = copies[number];
        return copy === undefined ? [] : [{ number, copy }];
      })
      .toSorted((a, b) => compareCopies(a.copy, b.copy));
    const [best, ...rest] = sorted as [(typeof sorted)[0], ...typeof sorted]; // a component has two at least
    const others = rest.map(({ number, copy }): Other => {
      const key = pairKey(best.number, number);
      const direct = evidences.get(key);
      const sounds = isHeard.has(key) ? 'same' : soundsOther(best.copy, copy) ? 'other' : 'unknown';
      const evidence = direct ?? 'similar sound';
      const keptBecause =
        direct === undefined ? 'only like another copy' : obstacleOf(best.copy, copy, direct, sounds);
      return { copy, evidence, keptBecause };
    });
    return { keep: best.copy, because: whyBetter(best.copy, rest[0]?.copy), others };
  });
}

/**
 * Symbolic links are no names of a file: it isn't removed while one leads to it, nor for one. Pure.
 * @param links those among the paths of its copies
 */
export function withLinks(
  { keep, because, others }: DuplicateGroup,
  links: ReadonlySet<string>,
): DuplicateGroup {
  const isOnlyLink = keep.paths.every((path) => links.has(path));
  return {
    keep: isOnlyLink ? keep : withoutNames(keep, links),
    because,
    others: others.map(({ copy, evidence, keptBecause }) => {
      const hasLink = copy.paths.some((path) => links.has(path));
      const why = isOnlyLink ? 'the other is only a link' : hasLink ? 'a link leads to it' : undefined;
      const isCopyLink = copy.paths.every((path) => links.has(path));
      return {
        copy: isCopyLink ? copy : withoutNames(copy, links),
        evidence,
        keptBecause: keptBecause ?? (isCopyLink ? 'it is only a link' : why),
      };
    }),
  };
}

function withoutNames({ song, paths }: Copy, names: ReadonlySet<string>): Copy {
  const left = paths.filter((path) => !names.has(path));
  return { song: { ...song, file: { ...song.file, path: left[0] ?? song.file.path } }, paths: left };
}

function obstacleOf(
  keep: Copy,
  copy: Copy,
  evidence: Evidence,
  sounds: 'same' | 'other' | 'unknown',
): string | undefined {
  const { file, facts } = copy.song;
  if (versionOf(keep.song) !== versionOf(copy.song)) return 'another version by its title';
  const isExplicit = keep.song.facts.isExplicit ?? false;
  if (isExplicit !== (facts.isExplicit ?? false)) return 'one is explicit, and the other is not';
  if (sounds === 'other') return 'it sounds different';
  // Codes are mistyped and given twice.
  if (sounds === 'unknown' && haveOtherTitles(keep.song, copy.song)) return 'it has another title';
  if (evidence === 'similar sound') return 'probably the same recording, mastered differently';
  if (keep.song.file.fault !== undefined) return 'the other is broken, too';
  if (!file.downloaded) return 'your own file';
  return file.isChanged === true ? 'you changed it' : undefined;
}

/** What a title says of its version: live, remix, instrumental ... Pure. */
function versionOf(song: LibrarySong): string {
  return versionKey(readTitle(titleOf(song)).versions);
}

/** Whether neither title stands in the other one: a file name, or a video's, has the artist in it, too. Pure. */
function haveOtherTitles(one: LibrarySong, other: LibrarySong): boolean {
  const [a = '', b = ''] = [one, other].map((song) => readTitle(titleOf(song)).core.join(''));
  return !a.includes(b) && !b.includes(a);
}

function titleOf({ facts, file }: LibrarySong): string {
  const name = file.path.split(/[\\/]/).at(-1) ?? '';
  return facts.title ?? name.replace(/\.[^.]*$/, '');
}

const pairKey = (one: number, other: number): string => `${Math.min(one, other)} ${Math.max(one, other)}`;

/** Which numbers hang together by pairs; two at least. In the order of their first. */
function componentsOf(count: number, pairs: readonly Pair[]): readonly (readonly number[])[] {
  const parents = Array.from({ length: count }, (_, number) => number);
  const rootOf = (number: number): number => {
    let at = number;
    while (parents[at] !== at) at = parents[at] ?? at;
    parents[number] = at;
    return at;
  };
  for (const { one, other } of pairs) {
    const [a, b] = [rootOf(one), rootOf(other)];
    parents[Math.max(a, b)] = Math.min(a, b);
  }
  const groups = Map.groupBy(
    parents.map((_, number) => number),
    rootOf,
  );
  return [...groups.values()].filter(({ length }) => length > 1);
}
