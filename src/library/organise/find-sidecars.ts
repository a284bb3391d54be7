import { basename, dirname, extname, join } from 'node:path';
import { isCoverName } from '../../downloads/sidecars.ts';
import { exists, listNames } from '../../system/files.ts';
import type { Move } from './order.ts';

/** What goes with a song of the same name. */
export const sidecarEndings = ['.lrc', '.elrc', '.txt'] as const;

/**
 * The files that go with songs: lyrics of the same name, and the cover of a folder that all songs leave for one other.
 * @param merged songs that go to the trash, with the ones that are there in their place
 * @param staying the folders in which a song stays
 */
export async function findSidecars(
  songs: readonly Move[],
  merged: readonly Move[],
  staying: ReadonlySet<string>,
): Promise<readonly Move[]> {
  const targetsOf = Map.groupBy([...songs, ...merged], ({ from }) => dirname(from));
  const found: Move[] = [];
  const used = new Set<string>();
  const add = (from: string, to: string): void => {
    const key = to.normalize('NFC').toLowerCase();
    if (from === to || used.has(key)) return;
    used.add(key);
    found.push({ from, to });
  };
  for (const [folder, leaving] of Map.groupBy(songs, ({ from }) => dirname(from))) {
    const names = await listNames(folder);
    const byStem = Map.groupBy(names, (name) => basename(name, extname(name)));
    for (const { from, to } of leaving) {
      const stem = basename(from, extname(from));
      for (const name of byStem.get(stem) ?? []) {
        const ending = extname(name);
        if (!sidecarEndings.some((known) => known === ending.toLowerCase())) continue;
        add(join(folder, name), `${to.slice(0, to.length - extname(to).length)}${ending}`);
      }
    }
    const targets = new Set((targetsOf.get(folder) ?? []).map(({ to }) => dirname(to)));
    const [target] = targets;
    if (target === undefined || targets.size > 1 || target === folder || staying.has(folder)) continue;
    for (const name of names.filter(isCoverName)) {
      add(join(folder, name), join(target, name));
    }
  }
  return withFreePlaces(found);
}

/** Those whose place is free, or is left by another of them. */
async function withFreePlaces(found: readonly Move[]): Promise<readonly Move[]> {
  let moves = found;
  for (;;) {
    const leaving = new Set(moves.map(({ from }) => from));
    const free: Move[] = [];
    for (const move of moves) if (leaving.has(move.to) || !(await exists(move.to))) free.push(move);
    if (free.length === moves.length) return moves;
    moves = free;
  }
}
