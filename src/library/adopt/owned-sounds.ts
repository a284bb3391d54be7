import type { Store } from '../../history/store.ts';
import { compareSounds } from '../duplicates/by-sound.ts';
import type { Copy } from '../duplicates/group.ts';
import type { Owned } from './match-owned.ts';
import type { OwnedSounds } from './plan-adoption.ts';

/** Compares files by their sound, as far as somebody listened to them, by the rule that duplicates follow. @throws the signal's reason */
export function hearOwned(
  files: readonly Owned[],
  store: Pick<Store, 'sounds'>,
  signal: AbortSignal,
): OwnedSounds {
  const copies = files.map(({ song }): Copy => ({ song, paths: [song.file.path] }));
  const copyOf = new Map(files.map((owned, number) => [owned, copies[number]]));
  const bySound = compareSounds(copies, store, signal);
  const same = new Map<Owned, Owned[]>();
  const add = (one: Owned | undefined, other: Owned | undefined): void => {
    if (one === undefined || other === undefined) return;
    same.set(one, [...(same.get(one) ?? []), other]);
  };
  for (const { one, other, evidence } of bySound.pairs) {
    if (evidence !== 'same sound') continue;
    add(files[one], files[other]);
    add(files[other], files[one]);
  }
  return {
    sameAs: (owned) => same.get(owned) ?? [],
    soundsOther(one, other) {
      const [a, b] = [copyOf.get(one), copyOf.get(other)];
      return a !== undefined && b !== undefined && bySound.soundsOther(a, b);
    },
  };
}
