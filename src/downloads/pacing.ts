/** How many videos may be fetched now, so that YouTube does not turn the address away. Pure. */
export interface Allowance {
  /** How many at once. */
  readonly videos: number;
  /** When the next ones are allowed (ms since the epoch), when none are now. */
  readonly nextAtMs: number | undefined;
}

const hourMs = 3_600_000;

/** `visits` are the times of the last hour's videos, oldest first; `perHour` 0 means no limit. */
export function allowanceOf(visits: readonly number[], perHour: number): Allowance {
  if (perHour === 0) return { videos: Number.POSITIVE_INFINITY, nextAtMs: undefined };
  const left = perHour - visits.length;
  if (left > 0) return { videos: left, nextAtMs: undefined };
  const blocking = visits[visits.length - perHour] ?? 0;
  return { videos: 0, nextAtMs: blocking + hourMs };
}

/** How long YouTube's session limit is waited out: ten minutes, then longer, never more than an hour. */
export function sessionPauseMs(pausesInARow: number): number {
  return Math.min(hourMs, 10 * 60_000 * 2 ** (pausesInARow - 1));
}

/** What limits the number of videos. */
export interface VideoLimit {
  /** When videos were fetched in the last hour, oldest first; ms since the epoch. */
  readonly visits: readonly number[];
  readonly nowMs: number;
  /** 0: no limit. */
  readonly perHour: number;
}

/** From now until the last of so many videos is fetched, in ms: one every `eachMs`, and no more in an hour than allowed. */
export function waitForVideos(count: number, eachMs: number, { visits, nowMs, perHour }: VideoLimit): number {
  const times = [...visits];
  let atMs = nowMs;
  for (let fetched = 0; fetched < count; fetched += 1) {
    const { nextAtMs } = allowanceOf(times, perHour);
    atMs = Math.max(atMs + eachMs, nextAtMs ?? atMs);
    times.push(atMs);
  }
  return atMs - nowMs;
}
