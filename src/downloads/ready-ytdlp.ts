import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { addressesFromStdin, downloadArgs } from '../providers/ytdlp/arguments.ts';
import { startYtDlp, type StartedYtDlp } from '../providers/ytdlp/process.ts';
import { streamWishOf } from './conversion-plan.ts';
import type { JobParts } from './job-parts.ts';

/** A yt-dlp that is started, and the folder that it fetches into. */
export interface ReadyYtDlp {
  readonly ytDlp: StartedYtDlp;
  readonly folder: string;
  /** Counts up from 1. */
  readonly number: number;
}

/** The yt-dlps of a job. One of them may be started before there is a song for it: its start takes as long as some searches. */
export interface YtDlpStarts {
  /** Starts one ahead, unless one was. `onReady`: it can begin immediately, or can't be started. */
  readonly prepare: (onReady: () => void) => void;
  /** Whether the one ahead is still loading. */
  isLoading(): boolean;
  /** The one that was started ahead, else a new one. @throws HarmoniError when it can't be started */
  take(): Promise<ReadyYtDlp>;
  /** Ends the one that nobody took. */
  readonly end: () => Promise<void>;
}

/** One that nobody needs for so long, because the next hour is waited for, gives its memory back. */
const longestWaitMs = 60_000;
/** A slow machine's yt-dlp gets its songs while it loads. */
const longestLoadMs = 1_500;

type StartParts = Pick<JobParts, 'settings' | 'workFolder' | 'ytDlp' | 'config' | 'clock' | 'signal'>;

export function createYtDlpStarts(parts: StartParts): YtDlpStarts {
  let started = 0;
  let isPrepared = false;
  let isLoading = false;
  let ahead: Promise<ReadyYtDlp | undefined> | undefined;
  let timer: NodeJS.Timeout | undefined;

  function start(): Promise<ReadyYtDlp> {
    started += 1;
    return startOne(parts, started);
  }

  function takeAhead(): Promise<ReadyYtDlp | undefined> | undefined {
    clearTimeout(timer);
    const taken = ahead;
    ahead = undefined;
    return taken;
  }

  const end = async (): Promise<void> => {
    await (await takeAhead())?.ytDlp.end();
  };

  return {
    prepare(onReady) {
      if (isPrepared) return;
      isPrepared = true;
      isLoading = true;
      // Why it can't be started is told when a song needs it.
      const one = start().catch(() => undefined);
      ahead = one;
      timer = setTimeout(() => void end(), longestWaitMs);
      void isLoaded(one, parts).finally(() => {
        isLoading = false;
        onReady();
      });
    },
    isLoading: () => isLoading,
    take: async () => (await takeAhead()) ?? start(),
    end,
  };
}

async function startOne(
  { ytDlp: find, config, settings: job, workFolder }: StartParts,
  number: number,
): Promise<ReadyYtDlp> {
  const folder = join(workFolder, `download-${number}`);
  const { path, settings } = await find();
  await mkdir(folder, { recursive: true });
  const { download_speed_limit_mbps: rate, max_concurrent_downloads: processes } = config;
  const args = downloadArgs(folder, streamWishOf(job.format), {
    ...settings,
    ...(rate === 0 ? {} : { limitBytesPerSecond: (rate * 1_000_000) / 8 / processes }),
    sleepSeconds: config.sleep_between,
  });
  return { ytDlp: startYtDlp(path, [...args, ...addressesFromStdin]), folder, number };
}

/** Resolves when it has loaded, has ended, or takes too long. */
async function isLoaded(
  one: Promise<ReadyYtDlp | undefined>,
  { clock, signal }: Pick<StartParts, 'clock' | 'signal'>,
): Promise<void> {
  const ready = await one;
  if (ready === undefined) return;
  await Promise.race([ready.ytDlp.isReady, clock.sleep(longestLoadMs, signal)]).catch(() => undefined);
}
