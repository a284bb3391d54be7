import { waitForVideos, type VideoLimit } from './pacing.ts';

/**
 * What a running job has shown of how long its slow stages take. The download's pace is that of all yt-dlps together; a
 * conversion's counts only while there is something to convert, so it stays true when downloads are what is waited for.
 */
export interface Pace {
  /** Songs whose sound has come, and how long downloads have been going on, pauses left out. */
  readonly downloaded: number;
  readonly downloadingMs: number | undefined;
  /** Songs that have been converted, and how long at least one was being converted. */
  readonly converted: number;
  readonly convertingMs: number;
  /** Songs that ended without a download: present, unsure, not to be found. */
  readonly without: number;
}

/** Where the songs of a job are that haven't ended. */
export interface Open {
  /** Found or being looked for, and not yet downloaded. */
  readonly before: number;
  /** Downloaded, and waiting for their conversion or in it. */
  readonly toConvert: number;
  /** Nobody has looked at them. */
  readonly untouched: number;
}

/** Fewer songs show no pace. */
const fewest = 3;

/**
 * How long a job still takes, in ms; undefined until a few songs have shown it. The longer of what the downloads take, at
 * their pace and within `downloads_per_hour`, and of what the conversions take, which run beside them. Pure.
 */
export function timeLeft(pace: Pace, open: Open, limit: VideoLimit): number | undefined {
  const { downloaded, downloadingMs, converted, convertingMs, without } = pace;
  const toDownload = open.before + open.untouched * shareToDownload(pace, open);
  const isAnyKnown = downloaded >= fewest || without >= fewest;
  if (!isAnyKnown) return undefined;
  const eachMs = downloaded === 0 || downloadingMs === undefined ? 0 : downloadingMs / downloaded;
  const downloadMs = waitForVideos(Math.round(toDownload), eachMs, limit);
  const conversionMs = converted < fewest ? 0 : (convertingMs / converted) * (open.toConvert + toDownload);
  return Math.max(downloadMs, conversionMs);
}

/** How many of the songs that nobody has looked at will be downloaded, 0..1: as many as of those before. */
function shareToDownload({ downloaded, without }: Pace, { before }: Open): number {
  const fetched = downloaded + before;
  return fetched + without === 0 ? 1 : fetched / (fetched + without);
}
