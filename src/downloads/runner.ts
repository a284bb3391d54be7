import { setMaxListeners } from 'node:events';
import type { Clock } from '../system/clock.ts';
import type { StageName } from '../tracks/outcome.ts';
import type { Stage, StageResult } from './stage.ts';

/** Songs that come back within this time are waited for, so that they share a call. */
const graceMs = 10_000;

/** Where a song goes that did not simply go on; undefined when it is through. */
export type Move = { readonly to: StageName; readonly inMs: number } | undefined;

type Settled = Extract<StageResult, { outcome: unknown } | { failure: unknown }>;

export interface RunnerParts<W> {
  readonly signal: AbortSignal;
  readonly clock: Pick<Clock, 'monotonicMs' | 'sleep'>;
  /** What becomes of a song that has an outcome or a failure. */
  decide(work: W, stage: StageName, result: Settled): Promise<Move>;
  /** The song waits for a stage where that may take long. */
  waits(work: W): void;
  /** A stage has thrown: the signal is to be aborted. */
  broke(error: unknown): void;
}

/** A stage with the songs that are at it. */
interface Room<W> {
  readonly queue: W[];
  /** Songs that it was given and has not told. */
  running: number;
}

/**
 * Takes songs through the stages, each at its own width, until all have an outcome or the signal aborts. Knows the list,
 * what it says of each stage, and nothing else.
 */
export async function runStages<W>(
  works: readonly W[],
  stages: readonly Stage<W>[],
  parts: RunnerParts<W>,
): Promise<void> {
  const { signal, clock } = parts;
  setMaxListeners(0, signal);
  const rooms: readonly Room<W>[] = stages.map(() => ({ queue: [], running: 0 }));
  /** Songs that come back to a stage, and when. */
  const returning = new Map<W, { readonly to: number; readonly dueMs: number }>();
  let onTheWay = works.length;
  let isOver = onTheWay === 0;
  let wake: (() => void)[] = [];
  const changed = (): void => {
    const waiting = wake;
    wake = [];
    for (const resume of waiting) resume();
  };

  /** Puts a song into the queue of the first stage, from this one on, that has something to do for it. */
  function enter(work: W, from: number): void {
    const at = stages.findIndex((stage, index) => index >= from && !stage.isDone(work));
    const room = rooms[at];
    if (room === undefined) throw new Error('A song went past the last stage without an outcome.');
    room.queue.push(work);
    if (stages[at]?.isWaitTold === true) parts.waits(work);
    changed();
  }

  function comeBack(work: W, to: number, inMs: number): void {
    if (inMs <= 0) {
      enter(work, to);
      return;
    }
    returning.set(work, { to, dueMs: clock.monotonicMs() + inMs });
    const end = (): boolean => returning.delete(work);
    // Stopped meanwhile: it stays without an outcome.
    void clock.sleep(inMs, signal).then(() => end() && enter(work, to), end);
    changed();
  }

  /** Whether more songs reach a stage soon. Those that poll an earlier one may wait for a song that is here. */
  function mayCome(to: number): boolean {
    if (rooms.slice(0, to).some(({ queue, running }) => queue.length + running > 0)) return true;
    const soonMs = clock.monotonicMs() + graceMs;
    return [...returning.values()].some((one) => one.to === to && one.dueMs <= soonMs);
  }

  async function take(stage: Stage<W>, at: number): Promise<W[]> {
    const room = rooms[at];
    const next = rooms[at + 1];
    const mostNext = stages[at + 1]?.room ?? 0;
    while (room !== undefined && !isOver && !signal.aborted) {
      const share = stage.share?.(onTheWay) ?? 1;
      const hasRoom = next === undefined || next.queue.length < mostNext;
      const isEnough = room.queue.length >= share || (room.queue.length > 0 && !mayCome(at));
      if (hasRoom && isEnough) return room.queue.splice(0, share);
      await new Promise<void>((resolve) => wake.push(resolve));
    }
    return [];
  }

  async function tell(room: Room<W>, work: W, at: number, result: StageResult): Promise<void> {
    if (signal.aborted && !(typeof result === 'object' && 'outcome' in result)) return;
    if (result === 'next') enter(work, at + 1);
    else if ('againInMs' in result) comeBack(work, at, result.againInMs);
    else {
      const move = await parts.decide(work, stages[at]?.name ?? 'publish', result);
      if (move === undefined) onTheWay -= 1;
      else if (!signal.aborted)
        comeBack(
          work,
          stages.findIndex(({ name }) => name === move.to),
          move.inMs,
        );
    }
    room.running -= 1;
    isOver ||= onTheWay === 0;
    changed();
  }

  async function loop(stage: Stage<W>, at: number): Promise<void> {
    const room = rooms[at];
    for (;;) {
      const songs = await take(stage, at);
      if (room === undefined || songs.length === 0) return;
      room.running += songs.length;
      changed();
      const told: Promise<void>[] = [];
      try {
        await stage.run(songs, (song, result) => told.push(tell(room, song, at, result)));
        await Promise.all(told);
      } catch (error) {
        parts.broke(error);
      }
    }
  }

  signal.addEventListener('abort', changed, { once: true });
  for (const one of works) enter(one, 0);
  await Promise.all(
    stages.flatMap((stage, at) => Array.from({ length: stage.width }, () => loop(stage, at))),
  );
  signal.removeEventListener('abort', changed);
}
