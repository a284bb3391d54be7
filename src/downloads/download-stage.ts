import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarmoniError, scopeOf, toHarmoniError } from '../errors.ts';
import { downloadMedia, type DownloadEvent } from '../providers/ytdlp/download-media.ts';
import type { Service } from '../providers/ytdlp/failures.ts';
import { createPace, nextBatch } from './batches.ts';
import { claimDownload } from './claim-download.ts';
import { freeVisits, type Gate, type PlannedVisits } from './gate.ts';
import type { JobParts } from './job-parts.ts';
import { createYtDlpStarts, type YtDlpStarts } from './ready-ytdlp.ts';
import type { Stage, StageResult } from './stage.ts';
import { chosenOf, type Downloaded, type Work } from './work.ts';

export type DownloadParts = Pick<
  JobParts,
  | 'settings'
  | 'signal'
  | 'silenceMs'
  | 'workFolder'
  | 'ytDlp'
  | 'config'
  | 'emit'
  | 'providers'
  | 'clock'
  | 'idleCores'
> & {
  readonly gate: Gate;
  /** A stream has come. */
  readonly onDownloaded: () => void;
};

type Tell = (work: Work, result: StageResult) => void;

/**
 * Fetches several songs, those of one provider with one yt-dlp. Of a provider that counts its visits only as many as may be
 * fetched now: the others come again.
 */
export function createDownload(parts: DownloadParts, room: number): Stage<Work> {
  const processes = parts.config.max_concurrent_downloads;
  const pace = createPace(processes);
  const starts = createYtDlpStarts(parts);

  async function fetchFrom(
    provider: Source,
    songs: readonly Work[],
    { tell, wake }: Pick<Batch, 'tell' | 'wake'>,
  ): Promise<void> {
    const visits = provider.isPaced === true ? await parts.gate.pass(songs.length) : freeVisits(songs.length);
    for (const late of songs.slice(visits.count)) tell(late, { againInMs: 0 });
    const call = pace.begin(parts.clock.monotonicMs());
    try {
      const onNext = (): void => call.next(parts.clock.monotonicMs());
      const batch = { starts, provider, visits, tell, wake, onNext };
      for (const work of await fetchBatch(parts, songs.slice(0, visits.count), batch)) {
        tell(work, { againInMs: 0 });
      }
    } finally {
      call.ended();
      visits.end(parts.signal.aborted);
    }
  }

  async function run(...[songs, tell, wake]: Parameters<Stage<Work>['run']>): Promise<void> {
    const bySource = Map.groupBy(songs, (work) => sourceOf(parts.providers, work));
    for (const work of bySource.get(undefined) ?? []) tell(work, { failure: unknownProvider(work) });
    const groups = [...bySource].flatMap(([provider, group]) =>
      provider === undefined ? [] : [[provider, group] as const],
    );
    // First those that never have to wait.
    groups.sort(([a], [b]) => Number(a.isPaced === true) - Number(b.isPaced === true));
    for (const [provider, group] of groups) await fetchFrom(provider, group, { tell, wake });
  }

  return {
    name: 'download',
    width: processes,
    room,
    batch(now) {
      if (starts.isLoading()) return 0;
      return nextBatch(now, pace.help(now, parts.idleCores(), parts.clock.monotonicMs()));
    },
    prepare: starts.prepare,
    end: starts.end,
    isDone: (work) => work.made.downloaded !== undefined,
    run,
  };
}

type Source = Service & { readonly isPaced?: boolean };

/** Whom the upload that is being tried is of; undefined where a file or another HARMONI named one that is not known here. */
function sourceOf(providers: DownloadParts['providers'], work: Work): Source | undefined {
  const { provider } = chosenOf(work).candidate.media;
  return providers.find(({ name }) => name === provider);
}

function unknownProvider(work: Work): HarmoniError {
  const { provider } = chosenOf(work).candidate.media;
  return new HarmoniError('no-match', `HARMONI can't download from "${provider}".`);
}

/** One call of yt-dlp. */
interface Batch {
  readonly starts: YtDlpStarts;
  readonly provider: Source;
  readonly visits: PlannedVisits;
  readonly tell: Tell;
  readonly wake: () => void;
  /** yt-dlp is through with a song. */
  readonly onNext: () => void;
}

/** @returns those that yt-dlp did not get to */
async function fetchBatch(
  parts: DownloadParts,
  songs: readonly Work[],
  { starts, provider, visits, tell, wake, onNext }: Batch,
): Promise<readonly Work[]> {
  const byId = Map.groupBy(songs, (work) => chosenOf(work).candidate.media.id);
  const requests = [...byId].flatMap(([id, [work]]) =>
    work === undefined ? [] : [{ id, url: chosenOf(work).candidate.url }],
  );
  const { ytDlp, folder, number } = await starts.take();
  // On the session limit the rest of the batch would only be refused too.
  const cut = new AbortController();
  const open = new Set(songs);
  const onEvent = (event: DownloadEvent): void => {
    const [work, ...doubles] = byId.get(event.id) ?? [];
    if (work === undefined) return;
    visits.happened(event.id);
    if (event.type === 'before') tellStage(parts, work);
    else if (event.type === 'progress') {
      tellProgress(parts, work, event);
      wake();
    } else if (open.delete(work)) {
      onNext();
      // Two tracks with one upload: the second one is fetched by itself, later.
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
    const { silenceMs } = parts;
    await downloadMedia(ytDlp, requests, { service: provider, signal, silenceMs, onEvent });
  } catch (error) {
    if (!cut.signal.aborted || parts.signal.aborted) throw error;
  }
  // What was fetched has been taken out of it.
  await rm(folder, { recursive: true, force: true });
  return [...open];
}

/** Takes over what yt-dlp says it has made. `to` is where it goes, without its extension. */
function take(
  { onDownloaded }: Pick<DownloadParts, 'onDownloaded'>,
  work: Work,
  event: Downloaded,
  { folder, to }: { folder: string; to: string },
): StageResult {
  try {
    const { codec, durationMs, title, channel, music, pictures } = event;
    const path = claimDownload(event.path, folder, to);
    work.made = { downloaded: { path, codec, durationMs, title, channel, music, pictures } };
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
