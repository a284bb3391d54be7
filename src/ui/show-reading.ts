import type { Progress } from './progress.ts';

/** Before this the pace is a guess; in ms. */
const pacedAfterMs = 3_000;

/** A display for each thing that is read, by its words. */
export function showReadings(
  display: ReadingDisplay,
): (progress: { readonly what: string; readonly done: number; readonly total: number }) => void {
  const shown = new Map<string, ReturnType<typeof showReading>>();
  return ({ what, ...rows }) => {
    const show = shown.get(what) ?? showReading(display, `Reading ${what}`);
    shown.set(what, show);
    show(rows);
  };
}

/** Where a reading is shown, and by which clock. */
export interface ReadingDisplay {
  readonly progress: Progress;
  /** Milliseconds since the epoch. */
  readonly clock: { now(): number };
}

/**
 * The display of reading or searching: how much is done and how long the rest takes. Less than before is a new beginning.
 * @param rows total 0: nobody knows how many there are
 */
export function showReading(
  { progress, clock }: ReadingDisplay,
  title: string,
): (rows: { readonly done: number; readonly total: number }) => void {
  let startedMs = clock.now();
  let before = 0;
  return ({ done, total }) => {
    const nowMs = clock.now();
    if (done < before) startedMs = nowMs;
    before = done;
    const workedMs = nowMs - startedMs;
    const paced = workedMs >= pacedAfterMs && done > 0;
    const etaMs = paced ? { etaMs: (workedMs / done) * (total - done) } : {};
    progress.draw({ title, done, total, failed: 0, lines: [], ...etaMs });
  };
}
