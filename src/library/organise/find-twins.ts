import { isSameContent } from '../../system/move-file.ts';
import type { LibrarySong } from '../songs.ts';
import { foldPath, type Wish } from './names.ts';

interface Place {
  readonly path: string;
  readonly song: LibrarySong;
  readonly wish: Wish;
  readonly isLink: boolean;
}

/**
 * Links and copies that HARMONI made of one song for several lists, and that want one place now: one of them has it, and
 * the others go. Only what is the same, byte for byte, and what HARMONI made.
 */
export async function findTwins<P extends Place>(
  places: readonly P[],
): Promise<{
  readonly merges: readonly { readonly path: string; readonly into: string }[];
  readonly kept: readonly P[];
}> {
  const keyOf = ({ wish, song: { file } }: P): string =>
    `${foldPath([...wish.wanted, wish.extension])}\0${file.sizeBytes}`;
  const mine = places.filter(({ song: { file }, isLink }) => file.downloaded && !isLink);
  const into = new Map<string, string>();
  for (const group of Map.groupBy(mine, keyOf).values()) {
    if (group.length < 2) continue;
    // The one that is in its place stays.
    const ordered = group.toSorted((a, b) => Number(isThere(b)) - Number(isThere(a)));
    const different: P[] = [];
    for (const one of ordered) {
      let twin: P | undefined;
      for (const other of different) {
        twin ??= (await isSameContent(one.path, other.path).catch(() => false)) ? other : undefined;
      }
      if (twin === undefined) different.push(one);
      else into.set(one.path, twin.path);
    }
  }
  return {
    merges: [...into].map(([path, twin]) => ({ path, into: twin })),
    kept: places.filter(({ path, isLink }) => isLink || !into.has(path)),
  };
}

const isThere = ({ wish }: Place): boolean =>
  foldPath(wish.now ?? []) ===
  foldPath([...wish.wanted.slice(0, -1), `${wish.wanted.at(-1) ?? ''}.${wish.extension}`]);
