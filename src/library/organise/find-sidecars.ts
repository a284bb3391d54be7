import { readdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { isCoverName, isSidecar, sidecarAt, stemOf } from '../../downloads/sidecars.ts';
import { exists } from '../../system/files.ts';
import { audioExtensions } from '../../tracks/audio-extensions.ts';
import type { Move } from './order.ts';

/**
 * The files that go with songs: sidecars, and the cover of a folder that all songs leave for one other.
 * @param merged songs that go to the trash, with the ones that are there in their place
 * @param staying the folders in which a song stays
 */
export async function findSidecars(
  songs: readonly Move[],
  merged: readonly Move[],
  staying: ReadonlySet<string>,
): Promise<readonly Move[]> {
  const [ofSongs, ofMerged, covers]: [Move[], Move[], Move[]] = [[], [], []];
  const moving = new Set(songs.map(({ from }) => from));
  const folders = Map.groupBy([...songs, ...merged], ({ from }) => dirname(from));
  for (const [folder, leaving] of folders) {
    const names = await filesIn(folder);
    for (const { song, ...move } of sidecarsAmong(folder, names, leaving)) {
      (moving.has(song) ? ofSongs : ofMerged).push(move);
    }
    if (!leaving.some(({ from }) => moving.has(from))) continue;
    const targets = new Set(leaving.map(({ to }) => dirname(to)));
    const [target] = targets;
    if (target === undefined || targets.size > 1 || target === folder || staying.has(folder)) continue;
    for (const name of names.filter(isCoverName)) {
      covers.push({ from: join(folder, name), to: join(target, name) });
    }
  }
  // What a song brings comes before what its second copies have.
  return withFreePlaces(oncePerPlace([...ofSongs, ...ofMerged, ...covers]));
}

/** A link is the user's way to lead somewhere, and stays. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : []));
}

/** Each file goes to one place, and each place gets one file: the first that is meant. Pure. */
function oncePerPlace(moves: readonly Move[]): readonly Move[] {
  const used = new Set<string>();
  return moves.filter(({ from, to }) => {
    const keys = [`from ${from}`, `to ${to.normalize('NFC').toLowerCase()}`];
    if (from === to || keys.some((key) => used.has(key))) return false;
    for (const key of keys) used.add(key);
    return true;
  });
}

/** Those of songs that leave a folder. Where a song of the same name stays, they stay with it. Pure. */
function sidecarsAmong(
  folder: string,
  names: readonly string[],
  leaving: readonly Move[],
): readonly (Move & { readonly song: string })[] {
  const byStem = Map.groupBy(names, stemOf);
  const gone = new Set(leaving.map(({ from }) => basename(from)));
  return leaving.flatMap(({ from, to }) => {
    const beside = byStem.get(basename(from, extname(from))) ?? [];
    const isNeeded = beside.some(
      (name) => audioExtensions.has(extname(name).toLowerCase()) && !gone.has(name),
    );
    return isNeeded
      ? []
      : beside
          .filter(isSidecar)
          .map((name) => ({ song: from, from: join(folder, name), to: sidecarAt(to, name) }));
  });
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
