import { HarmoniError, toHarmoniError } from '../errors.ts';
import { backoffMs } from '../system/retry-delay.ts';
import { askOnce, type NoAnswer, type Question, type ServiceAnswer } from './ask-once.ts';
import type { ServiceParts } from './service.ts';

export type OptionalAnswer =
  | ServiceAnswer
  /** It didn't answer, or is being left in peace. */
  | { readonly kind: 'later'; readonly error: HarmoniError };

export interface OptionalServiceParts extends ServiceParts {
  readonly random: () => number;
  /** Requests under way at the same time. */
  readonly atOnce: number;
  /** For a service that is soon itself again: how long is waited each time that it's too busy, before it's left in peace. */
  readonly busyWaitsMs?: readonly number[];
  /** For a service that says "too busy" in an answer like any other. */
  readonly saysBusy?: (value: unknown) => boolean;
}

const mostBytes = 2 * 2 ** 20;
/** After a refusal or no answer nothing is asked for so long, and longer each time. */
const rest = { baseMs: 60_000, mostMs: 15 * 60_000, jitter: 0.2 };
/** Longer is no gap between two requests: another HARMONI was told to wait. */
const mostGapMs = 10_000;

/** How fast a service is asked that is run by volunteers; the rest is how long all HARMONIs leave it in peace. */
export function optionalPace(gapMs: number) {
  return { gapMs, slowestGapMs: Math.min(mostGapMs, gapMs * 8), longestPauseMs: rest.mostMs };
}

/**
 * Asks a service that songs can do without, at a shared pace: whatever goes wrong is an answer, and a service in trouble is
 * left in peace for a while. @throws the signal's reason
 */
export function createOptionalService(
  parts: OptionalServiceParts,
): (question: Question, signal: AbortSignal) => Promise<OptionalAnswer> {
  const { clock, pace, random, name } = parts;
  const inPlace = createPlaces(parts.atOnce);
  let restUntilMs = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let later = laterFor(new HarmoniError('service-busy', `${name} asked HARMONI to wait.`));

  const rests = (): boolean => clock.monotonicMs() < restUntilMs;

  /** Requests that were under way together fail together, and that counts once. */
  function failed({ why, error, waitMs }: NoAnswer): OptionalAnswer {
    if (rests()) return later;
    failures += 1;
    const restMs = waitMs ?? backoffMs(failures, rest, random());
    restUntilMs = clock.monotonicMs() + restMs;
    later = laterFor(toHarmoniError(error));
    // Whoever can't reach it may be offline, which is no reason for others to wait.
    if (why !== 'away') pace.busy(restMs);
    return later;
  }

  /** Whether a request may start now: no one rests, and it's its turn. */
  async function mayStart(signal: AbortSignal): Promise<boolean> {
    for (;;) {
      if (rests()) return false;
      const waitMs = pace.start();
      if (waitMs === 0) return true;
      if (waitMs > mostGapMs) return false;
      await clock.sleep(waitMs, signal);
    }
  }

  async function ask(question: Question, signal: AbortSignal): Promise<OptionalAnswer> {
    signal.throwIfAborted();
    const waits = [...(parts.busyWaitsMs ?? [])];
    for (;;) {
      if (!(await mayStart(signal))) return later;
      const said = heardOf(await askOnce({ ...parts, maxBytes: mostBytes }, question, signal), parts);
      if ('answer' in said) {
        failures = 0;
        pace.answered();
        return said.answer;
      }
      const waitMs = said.why === 'busy' ? waits.shift() : undefined;
      if (waitMs === undefined) return failed(said);
      pace.busy(Math.max(waitMs, said.waitMs ?? 0));
    }
  }

  return async (question, signal) => {
    signal.throwIfAborted();
    return rests() ? later : inPlace(() => ask(question, signal));
  };
}

/** What came of a request, with a "too busy" that looks like an answer seen for what it is. */
function heardOf(
  said: Awaited<ReturnType<typeof askOnce>>,
  { name, saysBusy }: Pick<OptionalServiceParts, 'name' | 'saysBusy'>,
): typeof said {
  if (!('answer' in said) || said.answer.kind !== 'found' || saysBusy?.(said.answer.value) !== true)
    return said;
  return { why: 'busy', error: new HarmoniError('service-busy', `${name} is too busy to answer.`) };
}

const laterFor = (error: HarmoniError): OptionalAnswer => ({ kind: 'later', error });

/** So many at the same time, and the others one after the other. */
function createPlaces(count: number): <T>(act: () => Promise<T>) => Promise<T> {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (act) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
