import type { Clock } from '../system/clock.ts';
import type { Stage } from './stage.ts';

/** Songs that come back within this time are waited for, so that they share a call. */
const graceMs = 10_000;

/** The songs of a run that wait for a stage, are at one, or come back to one. */
export interface WaitingSongs<W> {
  /** Puts a song into the queue of the first stage, from this one on, that has something to do for it. */
  enter(work: W, from: number): void;
  /** Enters it later, unless the signal aborts before. */
  comeBack(work: W, to: number, inMs: number): void;
  /** A stage has told so many songs. */
  told(at: number, songs: number): void;
  /** The next songs of a stage, when there are enough and the stage after it has room; none when all is over. */
  take(at: number): Promise<readonly W[]>;
  /** A song is through. */
  leave(): void;
}

export function createWaitingSongs<W>(
  songs: number,
  stages: readonly Stage<W>[],
  parts: {
    readonly signal: AbortSignal;
    readonly clock: Pick<Clock, 'monotonicMs' | 'sleep'>;
    readonly waits: (work: W) => void;
  },
): WaitingSongs<W> {
  const { signal, clock } = parts;
  const queues: readonly W[][] = stages.map(() => []);
  /** Songs that each stage was given and has not told. */
  const running = stages.map(() => 0);
  const returning = new Map<W, { readonly to: number; readonly dueMs: number }>();
  let onTheWay = songs;
  const changes = createChanges(signal);

  function enter(work: W, from: number): void {
    const at = stages.findIndex((stage, index) => index >= from && !stage.isDone(work));
    const queue = queues[at];
    if (queue === undefined) throw new Error('A song went past the last stage without an outcome.');
    queue.push(work);
    if (stages[at]?.isWaitTold === true) parts.waits(work);
    changes.happened();
  }

  /** Whether more songs reach a stage soon. Those that poll an earlier one may wait for a song that is here. */
  function mayCome(to: number): boolean {
    const isBefore = (at: number): boolean => (queues[at]?.length ?? 0) + (running[at] ?? 0) > 0;
    for (let at = 0; at < to; at += 1) if (isBefore(at)) return true;
    const soonMs = clock.monotonicMs() + graceMs;
    return [...returning.values()].some((one) => one.to === to && one.dueMs <= soonMs);
  }

  /** The songs that a stage may take now. */
  function next(at: number): readonly W[] {
    const queue = queues[at] ?? [];
    const share = stages[at]?.share?.(onTheWay) ?? 1;
    const hasRoom = (queues[at + 1]?.length ?? 0) < (stages[at + 1]?.room ?? 1);
    const isEnough = queue.length >= share || (queue.length > 0 && !mayCome(at));
    return hasRoom && isEnough ? queue.splice(0, share) : [];
  }

  const count = (at: number, by: number): void => {
    running[at] = (running[at] ?? 0) + by;
    changes.happened();
  };

  return {
    enter,
    comeBack(work, to, inMs) {
      if (inMs <= 0) {
        enter(work, to);
        return;
      }
      returning.set(work, { to, dueMs: clock.monotonicMs() + inMs });
      const end = (): boolean => returning.delete(work);
      void clock.sleep(inMs, signal).then(() => end() && enter(work, to), end);
    },
    told: (at, many) => count(at, -many),
    async take(at) {
      while (onTheWay > 0 && !signal.aborted) {
        const taken = next(at);
        if (taken.length > 0) {
          count(at, taken.length);
          return taken;
        }
        await changes.next();
      }
      return [];
    },
    leave() {
      onTheWay -= 1;
    },
  };
}

/** Wakes those who wait for something to change; the abort of the signal is a change. */
function createChanges(signal: AbortSignal): { happened(): void; next(): Promise<void> } {
  let waiting: (() => void)[] = [];
  const happened = (): void => {
    const all = waiting;
    waiting = [];
    for (const resume of all) resume();
  };
  signal.addEventListener('abort', happened, { once: true });
  return { happened, next: () => new Promise((resolve) => waiting.push(resolve)) };
}
