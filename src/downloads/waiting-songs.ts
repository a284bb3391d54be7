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
  /** A stage has told a song. */
  told(at: number): void;
  /** The next songs of a stage, when there are enough and the stage after it has room; none when all is over. */
  take(at: number): Promise<readonly W[]>;
  /** A song is through. */
  leave(): void;
}

interface WaitingParts<W> {
  readonly signal: AbortSignal;
  readonly clock: Pick<Clock, 'monotonicMs' | 'sleep'>;
  readonly waits: (work: W) => void;
}

/** A stage with its songs. */
interface Room<W> {
  readonly stage: Stage<W>;
  readonly queue: W[];
  /** Songs that it was given and has not told. */
  running: number;
}

export function createWaitingSongs<W>(
  songs: number,
  stages: readonly Stage<W>[],
  { signal, clock, waits }: WaitingParts<W>,
): WaitingSongs<W> {
  const rooms: readonly Room<W>[] = stages.map((stage) => ({ stage, queue: [], running: 0 }));
  /** Songs that come back, with their stage and when. */
  const returning = new Map<W, { readonly to: number; readonly dueMs: number }>();
  const changes = createChanges(signal);
  let onTheWay = songs;

  /** Whether more songs reach a stage soon. Those that poll an earlier one may wait for a song that is here. */
  function mayCome(to: number): boolean {
    if (rooms.slice(0, to).some(({ queue, running }) => queue.length + running > 0)) return true;
    const soonMs = clock.monotonicMs() + graceMs;
    return [...returning.values()].some((one) => one.to === to && one.dueMs <= soonMs);
  }

  function enter(work: W, from: number): void {
    const room = rooms.find(({ stage }, at) => at >= from && !stage.isDone(work));
    if (room === undefined) throw new Error('A song went past the last stage without an outcome.');
    room.queue.push(work);
    if (room.stage.isWaitTold) waits(work);
    changes.happened();
  }

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
    told(at) {
      const room = rooms[at];
      if (room !== undefined) room.running -= 1;
      changes.happened();
    },
    async take(at) {
      const room = rooms[at];
      while (room !== undefined && onTheWay > 0 && !signal.aborted) {
        const taken = nextOf(room, rooms[at + 1], { onTheWay, mayCome: () => mayCome(at) });
        if (taken.length > 0) {
          room.running += taken.length;
          changes.happened();
          return taken;
        }
        await changes.next();
      }
      return [];
    },
    leave: () => void (onTheWay -= 1),
  };
}

/** The songs that a stage may take now. */
function nextOf<W>(
  { stage, queue }: Room<W>,
  next: Room<W> | undefined,
  { onTheWay, mayCome }: { readonly onTheWay: number; readonly mayCome: () => boolean },
): readonly W[] {
  const share = stage.share?.(onTheWay) ?? 1;
  const hasRoom = next === undefined || next.queue.length < next.stage.room;
  const isEnough = queue.length >= share || (queue.length > 0 && !mayCome());
  return hasRoom && isEnough ? queue.splice(0, share) : [];
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
