import { HarmoniError, toHarmoniError } from '../errors.ts';
import { backoffMs } from '../system/retry-delay.ts';
import { askOnce, type NoAnswer, type ServiceAnswer } from './ask-once.ts';
import type { ServiceParts } from './service.ts';

export type OptionalAnswer =
  | ServiceAnswer
  /** It didn't answer, or is being left in peace. */
  | { readonly kind: 'later'; readonly error: HarmoniError };

export interface OptionalServiceParts extends ServiceParts {
  readonly random: () => number;
  /** Requests under way at the same time. */
  readonly atOnce: number;
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
): (url: string, signal: AbortSignal) => Promise<OptionalAnswer> {
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

  async function ask(url: string, signal: AbortSignal): Promise<OptionalAnswer> {
    signal.throwIfAborted();
    for (;;) {
      if (rests()) return later;
      const waitMs = pace.start();
      if (waitMs === 0) break;
      if (waitMs > mostGapMs) return later;
      await clock.sleep(waitMs, signal);
    }
    const said = await askOnce({ ...parts, maxBytes: mostBytes }, url, signal);
    if (!('answer' in said)) return failed(said);
    failures = 0;
    pace.answered();
    return said.answer;
  }

  return async (url, signal) => {
    signal.throwIfAborted();
    return rests() ? later : inPlace(() => ask(url, signal));
  };
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
