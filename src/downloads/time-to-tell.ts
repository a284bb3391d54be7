import type { ProgressState } from './progress-state.ts';

/** When the user was told how far the job is, and how many songs were done then. */
interface Told {
  readonly atMs: number;
  readonly done: number;
}

const everyMs = 60_000;
/** Of shorter lists every song would be a tenth. */
const fewestForTenths = 20;

/** Whether it's time to tell how far the job is: each minute, and with each tenth of a long list. Pure. */
export function isTimeToTell(
  { total, done, pause }: Pick<ProgressState, 'total' | 'done' | 'pause'>,
  told: Told,
  nowMs: number,
): boolean {
  if (pause !== undefined || done === told.done || done === total) return false;
  const tenth = (count: number): number => Math.floor((10 * count) / total);
  const isTenth = total >= fewestForTenths && tenth(done) > tenth(told.done);
  return isTenth || nowMs - told.atMs >= everyMs;
}
