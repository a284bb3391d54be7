import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarmoniError, toHarmoniError } from '../errors.ts';
import { backoffMs } from '../system/retry-delay.ts';
import { downloadVideos, type DownloadEvent } from '../youtube/download-videos.ts';
import { downloadArgs, videoUrl } from '../youtube/ytdlp-args.ts';
import type { VideoFailure } from '../youtube/ytdlp-errors.ts';
import { claimDownload } from './claim-download.ts';
import { streamWishOf } from './conversion-plan.ts';
import type { Downloaded } from './finish-stage.ts';
import type { Gate, PlannedVisits } from './gate.ts';
import { failureOf, type Session, type Work } from './session.ts';
import type { Failure } from '../tracks/outcome.ts';

export interface DownloadStage {
  /** Fetches several tracks with one yt-dlp. Every one of them ends in `finish`, `again` or an outcome. */
  run(batch: readonly Work[], visits: PlannedVisits): Promise<void>;
  /** What becomes of a track whose download, or what was made of it, was not good. */
  react(
    work: Work,
    error: HarmoniError,
    reaction: VideoFailure['reaction'],
    stage: 'download' | 'convert' | 'tag',
  ): void;
}

/** A track all of whose candidates failed: what was wrong with the best one. */
function endOf(work: Work, failure: Failure): Parameters<Session['settle']>[1] {
  const best = work.candidates[0];
  const videoId = best?.candidate.videoId;
  const about = videoId === undefined ? {} : { videoId };
  if (failure.code === 'wrong-length') {
    return { status: 'unsure', ...about, confidence: best?.confidence ?? 0, failure };
  }
  if (work.givenBy === undefined || videoId === undefined) return { status: 'failed', failure };
  // Nobody looks for another video then, so it has to be said which one it was.
  const who = work.givenBy === 'you' ? 'you chose' : 'the source names';
  const message = `The video that ${who} (${videoUrl(videoId)}) cannot be had. ${failure.message}`;
  return { status: 'failed', ...about, failure: { ...failure, message } };
}

/** The stage between matching and finishing. `again` puts a track back in the queue, now or later. */
export function createDownloadStage(
  session: Session,
  gate: Gate,
  next: { finish: (work: Work, downloaded: Downloaded) => void; again: (work: Work) => void },
): DownloadStage {
  const { deps, settings } = session;
  let batches = 0;

  function react(
    work: Work,
    error: HarmoniError,
    reaction: VideoFailure['reaction'],
    stage: 'download' | 'convert' | 'tag',
  ): void {
    work.firstFailure ??= failureOf(stage, error);
    // yt-dlp does not say which disk.
    if (error.code === 'disk-full')
      session.stop(new HarmoniError('disk-full', `No space left in ${settings.outputDir}.`));
    else if (reaction === 'stop') session.stop(error);
    else if (reaction === 'pause') {
      gate.pause(error);
      next.again(work);
    } else if (reaction === 'retry' && work.attempts < deps.config.retry_attempts) {
      work.attempts += 1;
      session.waits(work);
      void retryLater(work);
    } else if (reaction !== 'fail' && work.candidate + 1 < work.candidates.length) {
      work.candidate += 1;
      work.attempts = 0;
      next.again(work);
    } else {
      session.settle(work, endOf(work, work.firstFailure));
      gate.failed(work, error);
    }
  }

  async function retryLater(work: Work): Promise<void> {
    const delay = { baseMs: deps.config.retry_delay * 1000, mostMs: 10 * 60_000, jitter: 0.2 };
    try {
      await deps.clock.sleep(backoffMs(work.attempts, delay, deps.random()), session.signal);
      next.again(work);
    } catch {
      // Stopped while waiting: the track stays open for resume.
    }
  }

  /** The arguments of one yt-dlp. */
  async function callOf(videoIds: readonly string[], folder: string) {
    const { path, settings: ytDlpSettings } = await deps.ytDlp();
    const rate = deps.config.download_speed_limit_mbps;
    const limit = (rate * 1_000_000) / 8 / deps.config.max_concurrent_downloads;
    const args = downloadArgs(videoIds, folder, streamWishOf(settings.format), {
      ...ytDlpSettings,
      ...(rate === 0 ? {} : { limitBytesPerSecond: limit }),
      sleepSeconds: deps.config.sleep_between,
    });
    return { path, args };
  }

  /** `to` is where the file goes, without its extension. */
  function take(work: Work, event: Downloaded, folder: string, to: string): void {
    try {
      const downloaded = { ...event, path: claimDownload(event.path, folder, to) };
      gate.succeeded();
      next.finish(work, downloaded);
    } catch (error) {
      react(work, toHarmoniError(error), 'fail', 'download');
    }
  }

  /** @returns those that yt-dlp did not get to */
  async function fetchBatch(
    number: number,
    batch: readonly Work[],
    visits: PlannedVisits,
  ): Promise<readonly Work[]> {
    const folder = join(session.workFolder, `download-${number}`);
    await mkdir(folder, { recursive: true });
    const byId = new Map<string, Work[]>();
    for (const work of batch) {
      const id = work.candidates[work.candidate]?.candidate.videoId;
      if (id !== undefined) byId.set(id, [...(byId.get(id) ?? []), work]);
    }
    const { path, args } = await callOf([...byId.keys()], folder);
    // On the session limit the rest of the batch would only be refused too.
    const cut = new AbortController();
    const open = new Set(batch);
    const onEvent = (event: DownloadEvent): void => {
      const [work, ...doubles] = byId.get(event.id) ?? [];
      if (work === undefined) return;
      visits.happened(event.id);
      if (event.type === 'before') session.stage(work, 'download');
      else if (event.type === 'progress') emitProgress(work, event);
      else if (open.delete(work)) {
        // Two tracks with one video: the second one is fetched by itself, later.
        for (const double of doubles) if (open.delete(double)) next.again(double);
        if (event.type === 'done') {
          // A second try of a song must not meet what is left of the first.
          take(work, event, folder, join(session.workFolder, `${work.position}-${number}.source`));
        } else {
          const { code, message, reaction } = event.failure;
          if (reaction === 'pause') cut.abort();
          react(work, new HarmoniError(code, message), reaction, 'download');
        }
      }
    };
    try {
      const signal = AbortSignal.any([session.signal, cut.signal]);
      await downloadVideos(path, [...byId.keys()], args, { signal, silenceMs: deps.silenceMs, onEvent });
    } catch (error) {
      if (!cut.signal.aborted || session.signal.aborted) throw error;
    }
    // What was fetched has been taken out of it.
    await rm(folder, { recursive: true, force: true });
    return [...open];
  }

  function emitProgress(work: Work, event: Extract<DownloadEvent, { type: 'progress' }>): void {
    const speed = event.bytesPerSecond === undefined ? {} : { bytesPerSecond: event.bytesPerSecond };
    session.emit({ type: 'track-progress', index: work.position, fraction: event.fraction ?? 0, ...speed });
  }

  return {
    react,
    async run(batch, visits) {
      batches += 1;
      try {
        for (const work of await fetchBatch(batches, batch, visits)) next.again(work);
      } catch (error) {
        if (!session.signal.aborted) session.stop(toHarmoniError(error));
      } finally {
        visits.end(session.signal.aborted);
      }
    },
  };
}
