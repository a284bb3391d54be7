import type { Ear } from '../ear/ear.ts';
import type { Config } from '../config/schema.ts';
import type { HarmoniError } from '../errors.ts';
import type { Changes } from '../history/changes.ts';
import type { IndexedFile } from '../history/file-index.ts';
import type { Job } from '../history/jobs.ts';
import type { Store } from '../history/store.ts';
import type { Clock } from '../system/clock.ts';
import type { Http } from '../system/http.ts';
import type { Log } from '../system/log.ts';
import type { MatchTrack } from '../matching/match.ts';
import type { Provider } from '../providers/provider.ts';
import type { YtDlpSettings } from '../providers/ytdlp/arguments.ts';
import type { JobEvent } from './job-events.ts';
import type { ListPlace } from './list-places.ts';
import type { JobSettings } from './settings.ts';

/** What a job needs from outside. */
export interface DownloadDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: () => number;
  readonly http: Http;
  /** The addresses of the services that are set; see enrich/cover.ts. */
  readonly services?: readonly string[];
  readonly log: Log;
  readonly matchTrack: MatchTrack;
  /** All that a song may come from. */
  readonly providers: readonly Pick<Provider, 'name' | 'title' | 'noun' | 'isPaced' | 'readAlbum'>[];
  readonly ytDlp: () => Promise<{ path: string; settings: YtDlpSettings }>;
  /** @throws HarmoniError ffmpeg-missing */
  readonly ffmpegPath: () => Promise<string>;
  readonly ffmpegExtraArgs: readonly string[];
  readonly config: Pick<
    Config,
    | 'max_concurrent_downloads'
    | 'downloads_per_hour'
    | 'download_speed_limit_mbps'
    | 'retry_attempts'
    | 'retry_delay'
    | 'sleep_between'
    | 'trash_days'
    | 'lyrics_url'
    | 'sponsorblock_url'
    | 'musicbrainz_url'
    | 'cover_art_archive_url'
  >;
  /** A child that prints nothing for so long is ended. */
  readonly silenceMs: number;
  /** Makes what compares songs with references; nothing is heard without it. */
  readonly createEar?: () => Promise<Ear>;
  /** Conversions at the same time; the machine's cores. */
  readonly cores: number;
  /** How many of them had nothing to do lately. */
  readonly idleCores: () => number;
}

/** All that one running job has. A stage takes those of them that it needs. */
export interface JobParts extends DownloadDeps {
  readonly job: Job;
  readonly settings: JobSettings;
  /** Below the library, on its disk; of this process alone. */
  readonly workFolder: string;
  /** The place of each list. */
  readonly places: readonly ListPlace[];
  /** Every change to the library, so that it can be taken back. */
  readonly changes: Changes;
  /** Aborted when the user cancels, or when the job is stopped. */
  readonly signal: AbortSignal;
  emit(event: JobEvent): void;
  /** Says once that a file of the library is broken, and what becomes of it. */
  tellBroken(file: IndexedFile, standing: 'right' | 'gives way' | 'left alone'): void;
  /** Writes to the store. One that takes nothing any more ends the job, and what was done is told all the same. */
  commit(write: () => void): void;
  /** Nothing will go better from here on: the job ends and can be resumed. */
  stop(error: HarmoniError): void;
}
