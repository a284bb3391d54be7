import { allowanceOf } from './pacing.ts';
import type { JobParts } from './job-parts.ts';

/** The clock of the machine may be set meanwhile: then it is looked at again. */
const longestPauseMs = 3_600_000;

/** The visits of one batch. YouTube counts a video when yt-dlp asks for it. */
export interface PlannedVisits {
  readonly count: number;
  happened(id: string): void;
  /** Gives back those that nobody made. A yt-dlp that was cut short may just have asked for the next one. */
  end(isCutShort: boolean): void;
}

/** Those of a provider that does not count them. */
export function freeVisits(count: number): PlannedVisits {
  return { count, happened: () => undefined, end: () => undefined };
}

/** When videos may be fetched, and when it is no use any more. */
export interface Gate {
  /** Waits until at least one video may be fetched, and plans the visits: at most `wanted`. */
  pass(wanted: number): Promise<PlannedVisits>;
  /** From now on everybody waits for so long. */
  pause(forMs: number): void;
  isPaused(): boolean;
}

export function createGate(
  parts: Pick<JobParts, 'clock' | 'store' | 'config' | 'signal' | 'emit' | 'commit'>,
): Gate {
  const { clock, store, config } = parts;
  /** By the monotonic clock. */
  let pauseEndMs = Number.NEGATIVE_INFINITY;

  /** Waits on the clock that nobody sets; what is told is the time on the wall. */
  async function pauseFor(ms: number, reason: string): Promise<void> {
    const endMs = clock.monotonicMs() + ms;
    parts.emit({ type: 'paused', untilMs: clock.now() + ms, reason });
    for (let left = ms; left > 0; left = endMs - clock.monotonicMs()) {
      await clock.sleep(Math.min(1_000, left), parts.signal);
    }
    parts.emit({ type: 'resumed' });
  }

  return {
    async pass(wanted) {
      for (;;) {
        parts.signal.throwIfAborted();
        const pauseMs = pauseEndMs - clock.monotonicMs();
        if (pauseMs > 0) {
          await pauseFor(pauseMs, 'YouTube is rate-limiting this address');
          continue;
        }
        const { videos, nextAtMs } = allowanceOf(store.visits.lastHour(), config.downloads_per_hour);
        if (nextAtMs === undefined) {
          const allowed = Math.min(wanted, videos);
          // Planned now, because others ask before these have begun.
          return planVisits(parts, allowed);
        }
        await pauseFor(
          Math.min(longestPauseMs, nextAtMs - clock.now()),
          `Limit of ${config.downloads_per_hour === 1 ? '1 video' : `${config.downloads_per_hour} videos`} an hour (downloads_per_hour)`,
        );
      }
    },
    pause(forMs) {
      pauseEndMs = clock.monotonicMs() + forMs;
    },
    isPaused: () => clock.monotonicMs() < pauseEndMs,
  };
}

function planVisits({ store, commit }: Pick<JobParts, 'store' | 'commit'>, count: number): PlannedVisits {
  const planned = Array.from({ length: count }, () => store.visits.plan());
  const seen = new Set<string>();
  return {
    count,
    happened(videoId) {
      if (seen.has(videoId)) return;
      seen.add(videoId);
      const visit = planned.pop();
      if (visit !== undefined) commit(() => store.visits.happened(visit));
    },
    end(isCutShort) {
      commit(() => {
        const asked = isCutShort ? planned.pop() : undefined;
        if (asked !== undefined) store.visits.happened(asked);
        store.visits.cancel(planned.splice(0));
      });
    },
  };
}
