import { timeOfName } from './manifest.ts';

const dayMs = 24 * 3_600_000;
const weeks = 4;
const months = 6;

/**
 * Which backups go: not the newest `most`, nor the newest of each of the last four weeks and six months that have one.
 * Names that no backup has are left alone. Pure.
 * @param most 0 keeps all
 */
export function backupsToRemove(names: readonly string[], most: number): readonly string[] {
  if (most === 0) return [];
  const dated = names
    .flatMap((name) => {
      const atMs = timeOfName(name);
      return atMs === undefined ? [] : [{ name, atMs }];
    })
    .toSorted((a, b) => b.atMs - a.atMs);
  const kept = new Set([
    ...dated.slice(0, most),
    ...newestOfEach(dated, weekOf).slice(0, weeks),
    ...newestOfEach(dated, monthOf).slice(0, months),
  ]);
  return dated.filter((one) => !kept.has(one)).map(({ name }) => name);
}

interface Dated {
  readonly name: string;
  readonly atMs: number;
}

function newestOfEach(dated: readonly Dated[], spanOf: (atMs: number) => number): readonly Dated[] {
  const spans = new Map<number, Dated>();
  for (const one of dated) if (!spans.has(spanOf(one.atMs))) spans.set(spanOf(one.atMs), one);
  return [...spans.values()];
}

/** Weeks begin on Mondays; the first day of 1970 was a Thursday. */
const weekOf = (atMs: number): number => Math.floor((Math.floor(atMs / dayMs) + 3) / 7);

function monthOf(atMs: number): number {
  const date = new Date(atMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
