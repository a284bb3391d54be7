import { setMaxListeners } from 'node:events';
import type { Clock } from '../system/clock.ts';
import type { StageName } from '../tracks/outcome.ts';
import type { Stage, StageResult } from './stage.ts';
import { createWaitingSongs } from './waiting-songs.ts';

/** Where a song goes that did not simply go on; undefined when it is through. */
export type Move = { readonly to: StageName; readonly inMs: number } | undefined;

type Settled = Extract<StageResult, { outcome: unknown } | { failure: unknown }>;

export interface RunnerParts<W> {
  readonly signal: AbortSignal;
  readonly clock: Pick<Clock, 'monotonicMs' | 'sleep'>;
  /** What becomes of a song that has an outcome or a failure. */
  decide(work: W, stage: StageName, result: Settled): Promise<Move>;
  /** The song waits for a stage. */
  readonly waits: (work: W, stage: StageName) => void;
  /** A stage has thrown: the signal is to be aborted. */
  broke(error: unknown): void;
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
  const { signal } = parts;
  setMaxListeners(0, signal);
  const songs = createWaitingSongs(works.length, stages, parts);

  async function hear(work: W, at: number, result: StageResult): Promise<void> {
    const isOutcome = typeof result === 'object' && 'outcome' in result;
    if (signal.aborted && !isOutcome) return;
    if (result === 'next') songs.enter(work, at + 1);
    else if ('againInMs' in result) songs.comeBack(work, at, result.againInMs);
    else {
      const move = await parts.decide(work, stages[at]?.name ?? 'publish', result);
      if (move === undefined) songs.leave();
      else if (!signal.aborted) {
        const to = stages.findIndex(({ name }) => name === move.to);
        songs.comeBack(work, to, move.inMs);
      }
    }
    songs.told(at);
  }

  async function call(stage: Stage<W>, at: number, taken: readonly W[]): Promise<void> {
    const heard: Promise<void>[] = [];
    try {
      await stage.run(taken, (work, result) => heard.push(hear(work, at, result)), songs.wake);
      await Promise.all(heard);
    } catch (error) {
      parts.broke(error);
    } finally {
      songs.ended(at);
    }
  }

  async function serve(stage: Stage<W>, at: number): Promise<void> {
    const calls = new Set<Promise<void>>();
    for (;;) {
      const taken = await songs.take(at);
      // A stop may have come after they were given away and before this goes on.
      if (taken.length === 0 || signal.aborted) break;
      const one = call(stage, at, taken).finally(() => calls.delete(one));
      calls.add(one);
    }
    await Promise.all(calls);
  }

  for (const work of works) songs.enter(work, 0);
  try {
    await Promise.all(stages.map(serve));
  } finally {
    for (const { end } of stages) await end?.();
  }
}
