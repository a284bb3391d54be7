/** How far a download is, in whole megabytes. */
export interface FetchProgress {
  readonly what: string;
  readonly doneMb: number;
  /** 0 where the server does not say it. */
  readonly totalMb: number;
}

/** When a download is worth a line of its own, and how often that line changes. */
const firstAfterMs = 2_000;
const againAfterMs = 500;

/** Tells how far a download is that takes longer than two seconds. */
export function byteProgress(
  what: string,
  draw: (progress: FetchProgress) => void,
  nowMs: () => number,
): (done: number, total: number | undefined) => void {
  let nextMs: number | undefined;
  let before = 0;
  return (done, total = 0) => {
    // Another file begins.
    if (done < before) nextMs = undefined;
    before = done;
    nextMs ??= nowMs() + firstAfterMs;
    if (nowMs() < nextMs) return;
    nextMs = nowMs() + againAfterMs;
    draw({ what, doneMb: Math.round(done / 1e6), totalMb: Math.round(total / 1e6) });
  };
}
