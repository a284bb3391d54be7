import type { Store } from '../../history/store.ts';
import { soundKeyOf } from '../../sound/sound-key.ts';
import { nameKey } from '../../tracks/identity.ts';
import type { Copy, Pair } from './group.ts';

/**
 * Pairs whose sound is the same to the last byte, whatever their tags: nobody has to listen to tell that. Only files that may
 * be so are read, those of one length and format that have a name or a size in common. @throws the signal's reason
 */
export async function findSameContent(
  copies: readonly Copy[],
  { sounds }: Pick<Store, 'sounds'>,
  signal: AbortSignal,
): Promise<readonly Pair[]> {
  const alike = new Set([nameOf, sizeOf].flatMap((textOf) => numbersAlike(copies, textOf)));
  const byKey = new Map<string, number>();
  const pairs: Pair[] = [];
  for (const number of [...alike].toSorted((a, b) => a - b)) {
    signal.throwIfAborted();
    const file = copies[number]?.song.file;
    if (file === undefined) continue;
    let key = sounds.keyOf(file);
    if (key === undefined) {
      // One that can't be read now is no copy of anything.
      key = await soundKeyOf(file.path).catch(() => undefined);
      if (key === undefined) continue;
      sounds.setKey(file, key);
    }
    const first = byKey.get(key);
    if (first === undefined) byKey.set(key, number);
    else pairs.push({ one: first, other: number, evidence: 'same sound' });
  }
  return pairs;
}

function numbersAlike(copies: readonly Copy[], textOf: (copy: Copy) => string): readonly number[] {
  const groups = Map.groupBy(
    copies.flatMap((copy, number) => {
      const { file } = copy.song;
      const isKnown = file.fault === undefined && file.durationMs !== undefined;
      return isKnown ? [{ number, key: `${file.format ?? ''} ${file.durationMs} ${textOf(copy)}` }] : [];
    }),
    ({ key }) => key,
  );
  return [...groups.values()].flatMap((group) => (group.length < 2 ? [] : group.map(({ number }) => number)));
}

const sizeOf = ({ song }: Copy): string => String(song.file.sizeBytes);

/** A file without a title has a name that no other one has. */
function nameOf({ song: { facts, file } }: Copy): string {
  return facts.title === undefined ? file.path : nameKey(facts.artist ?? '', facts.title);
}
