import type { Clock } from '../system/clock.ts';
import type { StageName } from '../tracks/outcome.ts';
import type { Stage, Waiting } from './stage.ts';

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
  /** Something has changed: stages look again whether they may begin. */
  readonly wake: () => void;
  /** A call of a stage has ended. */
  ended(at: number): void;
  /** The next songs of a stage, when one more call may begin, there are enough, and the stage after it has room; none when all is over. */
  take(at: number): Promise<readonly W[]>;
  /** A song is through. */
  leave(): void;
}

interface WaitingParts<W> {
  readonly signal: AbortSignal;
  readonly clock: Pick<Clock, 'monotonicMs' | 'sleep'>;
  readonly waits: (work: W, stage: StageName) => void;
}

/** A stage with its songs. */
interface Room<W> {
  readonly stage: Stage<W>;
  readonly queue: W[];
  /** Songs that it was given and has not told. */
  running: number;
  calls: number;
}

export function createWaitingSongs<W>(
  songs: number,
  stages: readonly Stage<W>[],
  { signal, clock, waits }: WaitingParts<W>,
): WaitingSongs<W> {
  const rooms: readonly Room<W>[] = stages.map((stage) => ({ stage, queue: [], running: 0, calls: 0 }));
  /** Songs that come back, with their stage and when. */
  const returning = new Map<W, { readonly to: number; readonly dueMs: number }>();
  const changes = createChanges(signal);
  let onTheWay = songs;

  function comesBack(to: number): boolean {
    const soonMs = clock.monotonicMs() + graceMs;
    return [...returning.values()].some((one) => one.to === to && one.dueMs <= soonMs);
  }

  function enter(work: W, from: number): void {
    const room = rooms.find(({ stage }, at) => at >= from && !stage.isDone(work));
    if (room === undefined) throw new Error('A song went past the last stage without an outcome.');
    room.queue.push(work);
    rooms[rooms.indexOf(room) + 1]?.stage.prepare?.(changes.happened);
    waits(work, room.stage.name);
    changes.happened();
  }

  function change(at: number, running: number, calls: number): void {
    count(rooms[at], running, calls);
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
    told: (at) => change(at, -1, 0),
    ended: (at) => change(at, 0, -1),
    async take(at) {
      const room = rooms[at];
      while (room !== undefined && onTheWay > 0 && !signal.aborted) {
        const taken = nextOf(room, rooms[at + 1], () => waitingFor(rooms, at, comesBack));
        if (taken.length > 0) {
          change(at, taken.length, 1);
          return taken;
        }
        await changes.next();
      }
      return [];
    },
    leave: () => void (onTheWay -= 1),
    wake: changes.happened,
  };
}

function count<W>(room: Room<W> | undefined, running: number, calls: number): void {
  if (room === undefined) return;
  room.running += running;
  room.calls += calls;
}

/** What a stage has before it. Songs that poll an earlier one don't count: they may wait for a song that is here. */
function waitingFor<W>(rooms: readonly Room<W>[], at: number, comesBack: (to: number) => boolean): Waiting {
  const { queue = [], calls = 0, running: open = 0 } = rooms[at] ?? {};
  const toCome = rooms.slice(0, at).reduce((sum, room) => sum + room.queue.length + room.running, 0);
  return { waiting: queue.length, toCome, mayCome: toCome > 0 || comesBack(at), calls, open };
}

/** The songs that a stage may take now. */
function nextOf<W>(
  { stage, queue, calls }: Room<W>,
  next: Room<W> | undefined,
  now: () => Waiting,
): readonly W[] {
  const hasRoom = next === undefined || next.queue.length < next.stage.room;
  if (queue.length === 0 || calls >= stage.width || !hasRoom) return [];
  if (stage.batch !== undefined) return queue.splice(0, stage.batch(now()));
  const { lengthOf } = stage;
  if (lengthOf === undefined || queue.length === 1 || now().mayCome) return queue.splice(0, 1);
  const lengths = queue.map((work) => lengthOf(work));
  return queue.splice(lengths.indexOf(Math.max(...lengths)), 1);
}

/** Wakes those who wait for something to change; the abort of the signal is a change. */
function createChanges(signal: AbortSignal): { happened: () => void; next: () => Promise<void> } {
  let waiting: (() => void)[] = [];
  const happened = (): void => {
    const all = waiting;
    waiting = [];
    for (const resume of all) resume();
  };
  signal.addEventListener('abort', happened, { once: true });
  return { happened, next: () => new Promise((resolve) => waiting.push(resolve)) };
}
