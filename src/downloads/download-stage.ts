import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarmoniError, scopeOf, toHarmoniError } from '../errors.ts';
import { downloadVideos, type DownloadEvent } from '../providers/ytdlp/download-media.ts';
import { downloadArgs } from '../providers/ytdlp/arguments.ts';
import { claimDownload } from './claim-download.ts';
import { streamWishOf } from './conversion-plan.ts';
import type { Gate, PlannedVisits } from './gate.ts';
import type { JobParts } from './job-parts.ts';
import type { Stage, StageResult } from './stage.ts';
import { chosenOf, type Downloaded, type Work } from './work.ts';

export type DownloadParts = Pick<
  JobParts,
  'settings' | 'signal' | 'silenceMs' | 'workFolder' | 'ytDlp' | 'config' | 'emit'
> & {
  readonly gate: Gate;
  /** A stream has come. */
  readonly onDownloaded: () => void;
};

type Tell = (work: Work, result: StageResult) => void;

/** Fetches several songs with one yt-dlp, as many as may be fetched now; the others come again. */
export function createDownload(parts: DownloadParts): Stage<Work>['run'] {
  let batches = 0;
  return async (songs, tell) => {
    const visits = await parts.gate.pass(songs.length);
    for (const late of songs.slice(visits.count)) tell(late, { againInMs: 0 });
    batches += 1;
    try {
      const left = await fetchBatch(parts, songs.slice(0, visits.count), { number: batches, visits, tell });
      for (const work of left) tell(work, { againInMs: 0 });
    } finally {
      visits.end(parts.signal.aborted);
    }
  };
}

/** One call of yt-dlp. */
interface Batch {
  readonly number: number;
  readonly visits: PlannedVisits;
  readonly tell: Tell;
}

/** @returns those that yt-dlp did not get to */
async function fetchBatch(
  parts: DownloadParts,
  songs: readonly Work[],
  { number, visits, tell }: Batch,
): Promise<readonly Work[]> {
  const folder = join(parts.workFolder, `download-${number}`);
  await mkdir(folder, { recursive: true });
  const byId = Map.groupBy(songs, (work) => chosenOf(work).candidate.videoId);
  const { path, args } = await callOf(parts, [...byId.keys()], folder);
  // On the session limit the rest of the batch would only be refused too.
  const cut = new AbortController();
  const open = new Set(songs);
  const onEvent = (event: DownloadEvent): void => {
    const [work, ...doubles] = byId.get(event.id) ?? [];
    if (work === undefined) return;
    visits.happened(event.id);
    if (event.type === 'before') tellStage(parts, work);
    else if (event.type === 'progress') tellProgress(parts, work, event);
    else if (open.delete(work)) {
      // Two tracks with one video: the second one is fetched by itself, later.
      for (const double of doubles) if (open.delete(double)) tell(double, { againInMs: 0 });
      if (event.type === 'done') {
        // A second try of a song must not meet what is left of the first.
        const to = join(parts.workFolder, `${work.position}-${number}.source`);
        tell(work, take(parts, work, event, { folder, to }));
      } else {
        const { code, message } = event.failure;
        if (scopeOf(code) === 'pause') cut.abort();
        tell(work, { failure: withDisk(new HarmoniError(code, message), parts) });
      }
    }
  };
  try {
    const signal = AbortSignal.any([parts.signal, cut.signal]);
    await downloadVideos(path, [...byId.keys()], args, { signal, silenceMs: parts.silenceMs, onEvent });
  } catch (error) {
    if (!cut.signal.aborted || parts.signal.aborted) throw error;
  }
  // What was fetched has been taken out of it.
  await rm(folder, { recursive: true, force: true });
  return [...open];
}

/** The arguments of one yt-dlp. */
async function callOf(parts: DownloadParts, videoIds: readonly string[], folder: string) {
  const { path, settings } = await parts.ytDlp();
  const { download_speed_limit_mbps: rate, max_concurrent_downloads: processes } = parts.config;
  const args = downloadArgs(videoIds, folder, streamWishOf(parts.settings.format), {
    ...settings,
    ...(rate === 0 ? {} : { limitBytesPerSecond: (rate * 1_000_000) / 8 / processes }),
    sleepSeconds: parts.config.sleep_between,
  });
  return { path, args };
}

/** Takes over what yt-dlp says it has made. `to` is where it goes, without its extension. */
function take(
  { onDownloaded }: Pick<DownloadParts, 'onDownloaded'>,
  work: Work,
  event: Downloaded,
  { folder, to }: { folder: string; to: string },
): StageResult {
  try {
    const { codec, durationMs, title, channel } = event;
    const path = claimDownload(event.path, folder, to);
    work.made = { downloaded: { path, codec, durationMs, title, channel } };
    onDownloaded();
    return 'next';
  } catch (error) {
    return { failure: toHarmoniError(error) };
  }
}

/** yt-dlp does not say which disk. */
function withDisk(error: HarmoniError, { settings }: Pick<DownloadParts, 'settings'>): HarmoniError {
  if (error.code !== 'disk-full') return error;
  return new HarmoniError('disk-full', `No space left in ${settings.outputDir}.`);
}

function tellStage({ emit }: DownloadParts, { position: index, track }: Work): void {
  emit({ type: 'track-stage', index, track, stage: 'download' });
}

function tellProgress(
  { emit }: DownloadParts,
  { position: index }: Work,
  { fraction = 0, bytesPerSecond }: Extract<DownloadEvent, { type: 'progress' }>,
): void {
  const speed = bytesPerSecond === undefined ? {} : { bytesPerSecond };
  emit({ type: 'track-progress', index, fraction, ...speed });
}
