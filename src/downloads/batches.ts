import type { Waiting } from './stage.ts';

/** How many songs one yt-dlp takes, whose start costs as much as ten videos, and how many run side by side. Pure. */

/** The first one takes few, so that the first song is there soon, and all that comes after it has something to do. */
const first = 4;
const fewest = 8;
const most = 50;
/** A yt-dlp with no more songs than this is done when the next one has started. */
const nearlyDone = 8;

export interface Help {
  /** How many may run at the same time. */
  readonly processes: number;
  /** Whether one more would be of use now: it isn't where the machine, not the line, is what they wait for. */
  readonly isOfUse: boolean;
  readonly isFirst: boolean;
}

/** The size of the next batch; 0: nobody begins one now. */
export function nextBatch(
  { waiting, toCome, mayCome, calls, open }: Waiting,
  { processes, isOfUse, isFirst }: Help,
): number {
  const left = waiting + toCome;
  if (calls > 0 && !isOfUse) {
    // One is begun ahead, so that nobody waits for its start.
    const isFull = waiting >= most || !mayCome;
    return open <= nearlyDone && calls === 1 && isFull ? Math.min(waiting, most) : 0;
  }
  if (isFirst && left > 2 * first) return waiting >= first ? first : 0;
  if (waiting < fewest && mayCome) return 0;
  // Each takes its part of what is left, so that they end together.
  const share = Math.ceil(left / (isOfUse ? processes : 1));
  return Math.min(waiting, Math.max(fewest, Math.min(most, share)));
}

/** A song that takes one yt-dlp longer than this waits for the line, or for the other side. */
const slowSongMs = 1_000;
/** So long the first one may take, its start included. */
const slowFirstMs = 4_000;
/** Cores that have nothing to do. */
const enoughIdle = 0.4;

export interface Pace {
  /** Whether another yt-dlp is of use. */
  isMoreOfUse(idleCores: number, nowMs: number): boolean;
  /** One has begun its work. */
  began(nowMs: number): void;
  /** One of `calls` has fetched a song. */
  arrived(calls: number, nowMs: number): void;
}

/** Watches how fast songs arrive. Times are monotonic, in ms. */
export function createPace(): Pace {
  let beganMs: number | undefined;
  let lastMs: number | undefined;
  /** Of one yt-dlp for one song, lately. */
  let songMs: number | undefined;
  return {
    isMoreOfUse(idleCores, nowMs) {
      if (lastMs === undefined) return beganMs !== undefined && nowMs - beganMs > slowFirstMs;
      const sinceMs = nowMs - lastMs;
      return idleCores >= enoughIdle || Math.max(songMs ?? 0, sinceMs) > slowSongMs;
    },
    began: (nowMs) => void (beganMs ??= nowMs),
    arrived(calls, nowMs) {
      if (lastMs !== undefined) {
        const tookMs = (nowMs - lastMs) * Math.max(1, calls);
        songMs = songMs === undefined ? tookMs : 0.7 * songMs + 0.3 * tookMs;
      }
      lastMs = nowMs;
    },
  };
}
