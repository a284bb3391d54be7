import { HarmoniError, type ErrorCode } from '../errors.ts';
import { allowanceOf, sessionPauseMs } from '../youtube/pacing.ts';
import type { Session, Work } from './session.ts';

/** The clock of the machine may be set meanwhile: then it is looked at again. */
const longestPauseMs = 3_600_000;
/** After so many pauses without one success the job stops. */
const mostPauses = 6;
/** After so many tracks in a row that failed for one of `blocking`, the job stops: the others would fail alike. */
const mostFailuresInARow = 5;
const blocking: ReadonlySet<ErrorCode> = new Set([
  'bot-check',
  'network-unreachable',
  'network-timeout',
  'http-too-many-requests',
  'download-stalled',
]);

/** The visits of one batch. YouTube counts a video when yt-dlp asks for it. */
export interface PlannedVisits {
  readonly count: number;
  happened(videoId: string): void;
  /** Gives back those that nobody made. A yt-dlp that was cut short may just have asked for the next one. */
  end(isCutShort: boolean): void;
}

/** When videos may be fetched, and when it is no use any more. */
export interface Gate {
  /** Waits until at least one video may be fetched, and plans the visits: at most `wanted`. */
  pass(wanted: number): Promise<PlannedVisits>;
  succeeded(): void;
  /** A track failed for good, and has its outcome. */
  failed(work: Work, error: HarmoniError): void;
  /** YouTube's session limit: everybody waits. */
  pause(error: HarmoniError): void;
}

export function createGate(session: Session): Gate {
  const { clock, store, config } = session.deps;
  /** By the monotonic clock. */
  let pauseEndMs = Number.NEGATIVE_INFINITY;
  let pauses = 0;
  let failuresInARow: Work[] = [];
  /** Waits on the clock that nobody sets; what is told is the time on the wall. */
  async function pauseFor(ms: number, reason: string): Promise<void> {
    const endMs = clock.monotonicMs() + ms;
    session.emit({ type: 'paused', untilMs: clock.now() + ms, reason });
    for (let left = ms; left > 0; left = endMs - clock.monotonicMs()) {
      await clock.sleep(Math.min(1_000, left), session.signal);
    }
    session.emit({ type: 'resumed' });
  }

  function planVisits(count: number): PlannedVisits {
    const planned = Array.from({ length: count }, () => store.visits.plan());
    const seen = new Set<string>();
    return {
      count,
      happened(videoId) {
        if (seen.has(videoId)) return;
        seen.add(videoId);
        const visit = planned.pop();
        if (visit !== undefined) session.commit(() => store.visits.happened(visit));
      },
      end(isCutShort) {
        session.commit(() => {
          const asked = isCutShort ? planned.pop() : undefined;
          if (asked !== undefined) store.visits.happened(asked);
          store.visits.cancel(planned.splice(0));
        });
      },
    };
  }

  return {
    async pass(wanted) {
      for (;;) {
        session.signal.throwIfAborted();
        const pauseMs = pauseEndMs - clock.monotonicMs();
        if (pauseMs > 0) {
          await pauseFor(pauseMs, 'YouTube has had enough requests from this address for now');
          continue;
        }
        const { videos, nextAtMs } = allowanceOf(store.visits.lastHour(), config.downloads_per_hour);
        if (nextAtMs === undefined) {
          const allowed = Math.min(wanted, videos);
          // Planned now, because others ask before these have begun.
          return planVisits(allowed);
        }
        await pauseFor(
          Math.min(longestPauseMs, nextAtMs - clock.now()),
          `${config.downloads_per_hour} videos an hour (downloads_per_hour)`,
        );
      }
    },
    succeeded() {
      pauses = 0;
      failuresInARow = [];
    },
    failed(work, error) {
      if (!blocking.has(error.code)) return;
      failuresInARow.push(work);
      if (failuresInARow.length < mostFailuresInARow) return;
      // It was not their fault: they go with the rest when the job is resumed.
      failuresInARow.forEach((one) => session.reopen(one));
      session.stop(error);
    },
    pause(error) {
      if (clock.monotonicMs() < pauseEndMs) return;
      pauses += 1;
      if (pauses > mostPauses) session.stop(error);
      else pauseEndMs = clock.monotonicMs() + sessionPauseMs(pauses);
    },
  };
}
