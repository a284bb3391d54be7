import type { Config } from '../config/schema.ts';
import type { AudioFormat } from '../config/audio-formats.ts';
import type { IndexedFile } from '../history/file-index.ts';
import type { Track } from '../tracks/track.ts';
import { nominalKbps } from '../downloads/conversion-plan.ts';
import { waitForVideos } from '../downloads/pacing.ts';

/** What a download will take. A number that nothing is known of is undefined, never a guess. */
export interface Estimate {
  /** Of the songs whose length is known; `unknown` counts the others. */
  readonly space: { readonly bytes: number; readonly unknown: number } | undefined;
  readonly timeMs: number | undefined;
  /** The setting downloads_per_hour, where that is what takes the time. */
  readonly perHour?: number;
}

/** What the config says and the store remembers. */
export interface EstimateFacts {
  readonly format: AudioFormat;
  readonly quality: Config['audio_quality'];
  /** What HARMONI has made in this format so far; see `bytesPerSecondOf`. */
  readonly madeBytesPerSecond: number | undefined;
  /** When videos were fetched in the last hour, oldest first; ms since the epoch. */
  readonly visits: readonly number[];
  readonly nowMs: number;
  readonly limits: Pick<
    Config,
    'downloads_per_hour' | 'download_speed_limit_mbps' | 'sleep_between' | 'max_concurrent_downloads'
  >;
}

/** Estimates what it takes to fetch these songs. Pure. */
export function estimate(tracks: readonly Track[], facts: EstimateFacts): Estimate {
  if (tracks.length === 0) return { space: { bytes: 0, unknown: 0 }, timeMs: 0 };
  const lengths = tracks.map(({ durationMs }) => durationMs ?? 0).filter((ms) => ms > 0);
  const lengthMs = lengths.reduce((sum, ms) => sum + ms, 0);
  const unknown = tracks.length - lengths.length;
  const bytesPerSecond = rateOf(facts);
  const space =
    bytesPerSecond === undefined || lengths.length === 0
      ? undefined
      : { bytes: Math.round((lengthMs / 1000) * bytesPerSecond), unknown };
  return { space, ...timeOf(tracks.length, lengthMs, facts) };
}

/** kbit/s of the streams that YouTube has for guests: Opus of 130 to 160, AAC of 128. */
const streamKbps = { opus: 145, aac: 128 };
/** Two channels of 16 bits, 48,000 times a second. */
const wavKbps = 1536;

/** Bytes a second of a format. How far FLAC shrinks a song only songs that were made can tell. */
function rateOf({ format, quality, madeBytesPerSecond }: EstimateFacts): number | undefined {
  const bytes = (kbps: number): number => (kbps * 1000) / 8;
  switch (format) {
    case 'mp3':
    case 'ogg':
      return bytes(nominalKbps(format, quality) ?? 0);
    case 'wav':
      return bytes(wavKbps);
    case 'flac':
      return madeBytesPerSecond;
    case 'm4a':
      return madeBytesPerSecond ?? bytes(streamKbps.aac);
    case 'best':
    case 'opus':
      return madeBytesPerSecond ?? bytes(streamKbps.opus);
  }
}

/** Whether songs that were made tell more of a format than its settings do. Pure. */
export function isMeasured(format: AudioFormat): boolean {
  return format !== 'mp3' && format !== 'ogg' && format !== 'wav';
}

/** Fewer songs say nothing of the next ones. */
const fewest = 5;

/** How many bytes a second the whole songs take that HARMONI made in this format; undefined for too few. Pure. */
export function bytesPerSecondOf(format: AudioFormat, files: readonly IndexedFile[]): number | undefined {
  // What YouTube has is Opus, with few exceptions.
  const extension = format === 'best' ? 'opus' : format;
  const made = files.filter(
    (file) => file.downloaded && file.fault === undefined && file.format === extension,
  );
  const measured = made.filter(({ durationMs }) => durationMs !== undefined && durationMs > 0);
  if (measured.length < fewest) return undefined;
  const bytes = measured.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const ms = measured.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0);
  return bytes / (ms / 1000);
}

/** Visits further apart than this are of two downloads. In ms. */
const longestGapMs = 120_000;

/** From one video to the next, in ms, as the last hour shows it; undefined where it shows too little. */
function paceOf(visits: readonly number[]): number | undefined {
  const gaps = visits.flatMap((atMs, index) => {
    const before = visits[index - 1];
    return before !== undefined && atMs - before <= longestGapMs ? [atMs - before] : [];
  });
  if (gaps.length < fewest) return undefined;
  return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
}

/** The longest of what is known: the pace of the last hour, the pauses and the limits that the config asks for. */
function timeOf(count: number, lengthMs: number, facts: EstimateFacts): Pick<Estimate, 'timeMs' | 'perHour'> {
  const { limits } = facts;
  const sleepMs = (limits.sleep_between * 1000) / limits.max_concurrent_downloads;
  const paceMs = Math.max(paceOf(facts.visits) ?? 0, sleepMs);
  const { download_speed_limit_mbps: mbps } = limits;
  const fetchMs = mbps === 0 ? 0 : (lengthMs * streamKbps.opus) / (mbps * 1000);
  const perHour = limits.downloads_per_hour;
  const allowedMs = waitForVideos(count, paceMs, { ...facts, perHour });
  const timeMs = Math.round(Math.max(allowedMs, fetchMs));
  const isHourly = allowedMs > Math.max(fetchMs, count * paceMs);
  return { timeMs: timeMs > 0 ? timeMs : undefined, ...(isHourly ? { perHour } : {}) };
}
