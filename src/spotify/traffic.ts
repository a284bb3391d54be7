import type { HarmoniError } from '../errors.ts';
import type { Clock } from '../system/clock.ts';
import { reserve, slowDown, speedUp, startPacing, type Pace } from './pacing.ts';

/** When a request may start: the pace of all of them, and the groups of endpoints whose quota is used up. */
export interface Traffic {
  /** Waits until a request to this group may start. Throws the error that closed the group, or the signal's reason. */
  turn(group: string, signal: AbortSignal | undefined): Promise<void>;
  /** After a good answer: slowly back to the pace at the start. */
  answered(): void;
  /** All requests wait for `ms`. Where that takes too long, the group is closed for as long, and `error` thrown. */
  pause(group: string, ms: number, error: HarmoniError): void;
  /** Requests to this group fail with `error` for `ms`. */
  close(group: string, ms: number, error: HarmoniError): void;
}

/** @param onPause told until when everything waits, on the clock of the wall */
export function createTraffic(
  clock: Clock,
  pace: Pace,
  onPause: ((untilMs: number) => void) | undefined,
): Traffic {
  const closed = new Map<string, { untilMs: number; error: HarmoniError }>();
  let pacing = startPacing(pace);

  function mustBeOpen(group: string): void {
    const shut = closed.get(group);
    if (shut !== undefined && shut.untilMs > clock.monotonicMs()) throw shut.error;
  }

  function close(group: string, ms: number, error: HarmoniError): void {
    closed.set(group, { untilMs: clock.monotonicMs() + ms, error });
  }

  return {
    async turn(group, signal) {
      mustBeOpen(group);
      const booked = reserve(pacing, clock.monotonicMs());
      pacing = booked.state;
      for (
        let waitUntil = booked.startMs;
        waitUntil > clock.monotonicMs();
        waitUntil = pacing.pausedUntilMs
      ) {
        await clock.sleep(waitUntil - clock.monotonicMs(), signal);
      }
      mustBeOpen(group);
    },
    answered() {
      pacing = speedUp(pacing);
    },
    pause(group, ms, error) {
      const nowMs = clock.monotonicMs();
      const slower = slowDown(pacing, ms, nowMs);
      if (slower === undefined) {
        close(group, ms, error);
        throw error;
      }
      if (slower.pausedUntilMs > pacing.pausedUntilMs) onPause?.(clock.now() + slower.pausedUntilMs - nowMs);
      pacing = slower;
    },
    close,
  };
}
