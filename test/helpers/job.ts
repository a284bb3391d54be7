import { join } from 'node:path';
import { runJob, type JobEnd } from '../../src/downloads/run-job.ts';
import type { JobEvent } from '../../src/downloads/job-events.ts';
import type { DownloadDeps } from '../../src/downloads/job-parts.ts';
import { jobSettings, type JobSettings } from '../../src/downloads/settings.ts';
import type { Job } from '../../src/history/jobs.ts';
import { openStore, type Store } from '../../src/history/store.ts';
import { createMatchTrack } from '../../src/matching/find-match.ts';
import { createHttp } from '../../src/system/http.ts';
import type { TrackList } from '../../src/tracks/track.ts';
import type { MatchTrack } from '../../src/matching/match.ts';
import { createProviders, urlOf } from '../../src/providers/providers.ts';
import { createTestClock, type TestClock } from './clock.ts';
import { fetchOnce } from './fetch-once.ts';
import { realTools, type World } from './world.ts';

/** What is not as usual in a run. */
export interface JobChange {
  settings?: Partial<JobSettings>;
  config?: Partial<DownloadDeps['config']>;
  services?: readonly string[];
  silenceMs?: number;
  ffmpegPath?: string;
  ytDlpPath?: string;
  matchTrack?: MatchTrack;
  createEar?: DownloadDeps['createEar'];
  signal?: AbortSignal;
  /** Told of each event as it happens. */
  onEvent?: (event: JobEvent) => void;
}

type JobRun = JobEnd & { events: readonly JobEvent[] };

export interface JobBench {
  readonly store: Store;
  readonly clock: TestClock;
  /** What a job needs from outside. */
  deps(): DownloadDeps;
  /** Runs a new job with all tracks of these lists. */
  run(lists: readonly TrackList[], change?: JobChange): Promise<JobRun>;
  /** Goes on with an interrupted job, with the settings that it was begun with. */
  resume(id: number, change?: JobChange): Promise<JobRun>;
  close(): Promise<void>;
}

interface BenchOptions {
  readonly providers?: readonly string[];
  readonly ytDlpArgs?: readonly string[];
  /** Each video is fetched once by the real yt-dlp, for all tests of this world. */
  readonly isFetchedOnce?: boolean;
}

/** The pipeline with the real yt-dlp and ffmpeg against a world's YouTube, in this process, with a clock that never waits. */
export async function createJobBench(
  world: World,
  dataFolder = 'job-data',
  options: BenchOptions = {},
): Promise<JobBench> {
  const tools = await realTools();
  const clock = createTestClock({ startMs: Date.UTC(2026, 0, 1) });
  const store = openStore(join(world.folder, dataFolder), clock);
  const http = createHttp();
  const ytDlpAt = (path: string) => () =>
    Promise.resolve({
      path,
      settings: {
        extraArgs: [...world.youTube.ytdlpArgs(), ...(options.ytDlpArgs ?? [])],
        ffmpegPath: tools.ffmpeg,
      },
    });
  const usual = options.isFetchedOnce === true ? fetchOnce(tools.ytDlp, world.fetched) : tools.ytDlp;
  const ytDlp = ytDlpAt(tools.ytDlp);
  const providers = createProviders({ http, musicUrl: world.youTube.musicUrl, ytDlp, silenceMs: 30_000 });
  const searched = providers.filter(({ name }) => (options.providers ?? ['youtube']).includes(name));
  const matchTrack = createMatchTrack({ finders: searched, urlOf: (media) => urlOf(providers, media) });
  function depsOf(change: JobChange): DownloadDeps {
    return {
      store,
      clock,
      random: () => 0.5,
      http,
      services: change.services ?? [],
      log: { write: () => undefined },
      matchTrack: change.matchTrack ?? matchTrack,
      providers,
      ytDlp: ytDlpAt(change.ytDlpPath ?? usual),
      ffmpegPath: () => Promise.resolve(change.ffmpegPath ?? tools.ffmpeg),
      ffmpegExtraArgs: [],
      config: {
        // All songs in one yt-dlp: its start costs twenty times what a song does.
        max_concurrent_downloads: 1,
        downloads_per_hour: 0,
        download_speed_limit_mbps: 0,
        retry_attempts: 2,
        retry_delay: 5,
        sleep_between: 0,
        trash_days: 30,
        lyrics_url: 'http://127.0.0.1:1',
        sponsorblock_url: 'http://127.0.0.1:1',
        musicbrainz_url: 'http://127.0.0.1:1',
        cover_art_archive_url: 'http://127.0.0.1:1',
        ...change.config,
      },
      silenceMs: change.silenceMs ?? 30_000,
      ...(change.createEar === undefined ? {} : { createEar: change.createEar }),
      cores: 2,
      idleCores: () => 2,
    };
  }

  async function execute(job: Job, settings: JobSettings, change: JobChange): Promise<JobRun> {
    const events: JobEvent[] = [];
    const signal = change.signal ?? new AbortController().signal;
    const end = await runJob(job, settings, depsOf(change), signal, (event) => {
      events.push(event);
      change.onEvent?.(event);
    });
    return { ...end, events };
  }

  return {
    store,
    clock,
    deps: () => depsOf({}),
    run(lists, change = {}) {
      const settings: JobSettings = {
        version: 2,
        format: 'best',
        quality: 'high',
        outputDir: world.music,
        fileNameTemplate: '{list}/{artist} - {track}',
        metadataTemplate: 'comprehensive',
        embedMetadata: true,
        loudness: 'converted',
        sameTrackInSecondList: 'link',
        lyrics: 'off',
        sponsorBlock: false,
        musicBrainz: false,
        coverFile: true,
        verifyByEar: 'never',
        accept: 'sure',
        replace: false,
        reformat: false,
        ...change.settings,
      };
      const chosen = lists.map((list) => ({ list, chosen: list.tracks.map(() => true) }));
      return execute(store.jobs.create(chosen, settings), settings, change);
    },
    async resume(id, change = {}) {
      const job = store.jobs.adopt(id);
      if (job === undefined) throw new Error(`There is no job ${id}.`);
      return execute(job, jobSettings.parse(job.settings), change);
    },
    async close() {
      store.close();
      await http.close();
    },
  };
}

/** `origin` as of TrackList; without it a list is known by its name. */
export function listOf(name: string, tracks: TrackList['tracks'], origin?: string): TrackList {
  return { name, tracks, skipped: [], folder: 'own', ...(origin === undefined ? {} : { origin }) };
}
