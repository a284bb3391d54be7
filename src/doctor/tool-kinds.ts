import type { ErrorCode } from '../errors.ts';
import type { ToolFacts } from './version-cache.ts';
import { isNewer, parseYtDlpVersion } from './ytdlp-version.ts';

/** A program that HARMONI runs: how to ask it for its version, and which of two copies is the better one. Pure. */
export interface ToolKind {
  readonly name: 'yt-dlp' | 'ffmpeg';
  readonly variable: 'HARMONI_YTDLP' | 'HARMONI_FFMPEG';
  readonly configKey: 'ytdlp_path' | 'ffmpeg_path';
  readonly missing: ErrorCode;
  /** One run of it per entry. */
  readonly questions: readonly (readonly string[])[];
  /** Reads the outputs, in the order of the questions; undefined when that is not this program. */
  parse(outputs: readonly string[]): ToolFacts | undefined;
  isBetter(one: ToolFacts, than: ToolFacts): boolean;
}

export const ytDlpKind: ToolKind = {
  name: 'yt-dlp',
  variable: 'HARMONI_YTDLP',
  configKey: 'ytdlp_path',
  missing: 'ytdlp-missing',
  // A fault in the user's own yt-dlp settings is no fault of the program.
  questions: [['--ignore-config', '--version']],
  parse([output = '']) {
    const version = parseYtDlpVersion(output);
    return version === undefined ? undefined : { version, lacks: [] };
  },
  isBetter: (one, than) => isNewer(one.version, than.version),
};

/** One encoder per format that HARMONI writes; wav needs none. */
const encoders = ['libmp3lame', 'libopus', 'flac', 'libvorbis', 'aac'];
/** What makes fingerprints. Without it songs are downloaded all the same, and can't be proven by their sound. */
export const fingerprintMuxer = 'chromaprint';

export const ffmpegKind: ToolKind = {
  name: 'ffmpeg',
  variable: 'HARMONI_FFMPEG',
  configKey: 'ffmpeg_path',
  missing: 'ffmpeg-missing',
  questions: [['-version'], ['-hide_banner', '-encoders'], ['-hide_banner', '-muxers']],
  parse([about = '', list = '', muxers = '']) {
    const version = /^ffmpeg version (\S+)/.exec(about)?.[1];
    if (version === undefined) return undefined;
    // " A....D libmp3lame           libmp3lame MP3 (MPEG audio layer 3) (codec mp3)"
    const has = new Set(Array.from(list.matchAll(/^ A\S{5} (\S+)/gm), (match) => match[1]));
    // "  E chromaprint      Chromaprint"
    const makesFingerprints = new RegExp(`^\\s*E\\s+${fingerprintMuxer}\\s`, 'm').test(muxers);
    const lacks = encoders.filter((encoder) => !has.has(encoder));
    return { version, lacks: makesFingerprints ? lacks : [...lacks, fingerprintMuxer] };
  },
  isBetter: (one, than) => one.lacks.length < than.lacks.length,
};

/** Whether it is a build from before 2020, which HARMONI once took from npm. */
export function isOldFfmpeg(version: string): boolean {
  const [, release] = /^n?(\d+)\./.exec(version) ?? [];
  // "N-92722-gf22fcd4483": a count of changes, at 100,000 in the end of 2020.
  const [, count] = /^N-(\d+)-/.exec(version) ?? [];
  return Number(release ?? 9) < 4 || Number(count ?? 1e6) < 100_000;
}
