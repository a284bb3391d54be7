import type { Step } from '../../history/steps.ts';

/** Old and new paths; absolute. */
export type Renames = ReadonlyMap<string, string>;

/** The moves of a run that no playlist file may follow yet. */
export interface DueRun {
  readonly renamed: Renames;
  /** Its first step: what was written after it says the paths of afterwards. */
  readonly firstStep: number;
  /** New and old paths of playlist files. */
  readonly playlists: Renames;
}

/** What a run moved, from where each file began to where it is. Pure. */
export function dueRun(steps: readonly Step[]): DueRun {
  const moves = steps.filter(({ kind, state }) => kind === 'move' && state === 'done');
  const renamed = new Map<string, string>();
  const beginnings = new Map<string, string>();
  const playlists = new Map<string, string>();
  for (const { path, from = path, sha256 } of moves) {
    if (sha256 !== undefined) playlists.set(path, from);
    const start = beginnings.get(from) ?? from;
    beginnings.delete(from);
    beginnings.set(path, start);
    renamed.set(start, path);
  }
  return { renamed, playlists, firstStep: moves[0]?.id ?? Infinity };
}

/** One map for several that hold one after the other. Pure. */
export function composed(maps: readonly Renames[]): Renames {
  const starts = new Set(maps.flatMap((map) => [...map.keys()]));
  const through = (start: string): string => maps.reduce((path, map) => map.get(path) ?? path, start);
  return new Map([...starts].map((start) => [start, through(start)]));
}
