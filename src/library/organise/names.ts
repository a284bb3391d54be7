import { withSuffix, safeName } from '../../downloads/file-names.ts';
import { numberedName } from '../../tracks/numbered-name.ts';
import { yearOf, type SongFacts } from '../../tracks/song-facts.ts';

/** A song with the path that it's to have, as parts below the library. */
export interface Wish {
  /** Where it lies now, as parts below the library; undefined for a place that is new. */
  readonly now: readonly string[] | undefined;
  /** Without extension. */
  readonly wanted: readonly string[];
  readonly extension: string;
  readonly facts: SongFacts;
}

/** Disks that don't tell cases or forms of letters apart have one file where others have two. Pure. */
export function foldPath(parts: readonly string[]): string {
  return parts.map((part) => part.normalize('NFC').toLowerCase()).join('/');
}

/**
 * Gives every wish a path of its own, in the order of the wishes. Folders that differ in nothing but upper and lower case
 * are one: as the files that stay spell it, else as most do. Songs that would have one name are told apart, all of them:
 * by their year, their label or their codec where that differs, else by numbers. Pure.
 * @param others files that stay where they are, as parts below the library
 */
export function resolveNames(
  wishes: readonly Wish[],
  others: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const spell = createSpelling(wishes, others);
  const spelled = wishes.map((wish) => ({ ...wish, wanted: spell(wish.wanted) }));
  const paths: (readonly string[])[] = spelled.map(({ wanted, extension }) =>
    withSuffix(wanted, '', extension),
  );
  const used = new Set(others.map(foldPath));
  const groups = [...Map.groupBy(paths.keys(), (at) => foldPath(paths[at] ?? []))];
  const isAlone = ([key, members]: (typeof groups)[number]): boolean =>
    members.length === 1 && !used.has(key);
  const disputed = groups.filter((group) => !isAlone(group));
  // Songs that nobody disputes the name of have it, whatever the others are called then.
  for (const group of groups) if (isAlone(group)) used.add(group[0]);
  for (const [, members] of disputed) {
    const found = tellApart(
      members.flatMap((at) => spelled[at] ?? []),
      used,
    );
    for (const [index, at] of members.entries()) {
      paths[at] = found[index] ?? [];
      used.add(foldPath(paths[at]));
    }
  }
  return paths;
}

/** A name for each of the songs that want one name. */
function tellApart(members: readonly Wish[], used: ReadonlySet<string>): readonly (readonly string[])[] {
  const criteria: readonly ((facts: SongFacts) => string | undefined)[] = [
    (facts) => yearOf(facts)?.toString(),
    ({ label }) => label,
    ({ codec }) => codec,
  ];
  for (const valueOf of members.length > 1 ? criteria : []) {
    const values = members.flatMap(({ facts }) => valueOf(facts) ?? []);
    if (new Set(values.map((value) => foldPath([value]))).size < members.length) continue;
    const paths = members.map(({ wanted, extension }, index) =>
      withSuffix(wanted, ` (${safeName(values[index] ?? '', mostSuffixBytes)})`, extension),
    );
    const keys = new Set(paths.map(foldPath));
    if (keys.size === members.length && ![...keys].some((key) => used.has(key))) return paths;
  }
  return countUp(members, used);
}

/** Of a label, in a file name. */
const mostSuffixBytes = 60;

/** "Name", "Name (2)" ...; who has one of these names already keeps it. */
function countUp(members: readonly Wish[], used: ReadonlySet<string>): readonly (readonly string[])[] {
  const nameOf = ({ wanted, extension }: Wish, number: number): readonly string[] =>
    withSuffix(wanted, numberedName('', number), extension);
  const taken = new Set(used);
  const paths = members.map((wish): readonly string[] | undefined => {
    const [, number = '1'] = / \((\d{1,6})\)\.[^.]*$/.exec(wish.now?.at(-1) ?? '') ?? [];
    const kept = [Number(number), 1]
      .map((one) => nameOf(wish, one))
      .find((path) => foldPath(path) === foldPath(wish.now ?? []) && !taken.has(foldPath(path)));
    if (kept !== undefined) taken.add(foldPath(kept));
    return kept;
  });
  let number = 1;
  return members.map((wish, index) => {
    const kept = paths[index];
    if (kept !== undefined) return kept;
    for (; ; number += 1) {
      const path = nameOf(wish, number);
      if (taken.has(foldPath(path))) continue;
      taken.add(foldPath(path));
      return path;
    }
  });
}

/** One spelling for each folder, whatever its case. Pure. */
function createSpelling(
  wishes: readonly Wish[],
  others: readonly (readonly string[])[],
): (parts: readonly string[]) => readonly string[] {
  const spellings = new Map<string, Map<string, number>>();
  const count = (parts: readonly string[], weight: number): void => {
    let key = '';
    for (const part of parts.slice(0, -1)) {
      key += `/${foldPath([part])}`;
      const known = spellings.get(key) ?? new Map<string, number>();
      spellings.set(key, known.set(part, (known.get(part) ?? 0) + weight));
    }
  };
  for (const other of others) count(other, wishes.length + 1);
  for (const { wanted } of wishes) count(wanted, 1);
  const chosen = new Map(
    [...spellings].map(([key, known]) => [
      key,
      [...known].toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))[0]?.[0],
    ]),
  );
  return (parts) => {
    let key = '';
    return parts.map((part, index) => {
      key += `/${foldPath([part])}`;
      return index === parts.length - 1 ? part : (chosen.get(key) ?? part);
    });
  };
}
