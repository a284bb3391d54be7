import { minutes, readLength } from '../tracks/length-text.ts';
import type { Loudness, Measurement } from './measurement.ts';

/** What ffmpeg's lines say of the sound that it read. */
export type Heard = Omit<Measurement, 'fingerprint'>;

/** Reads the lines of ffmpeg's stderr (5.1 to 9.0), one by one. Its progress may begin in the middle of one: two threads write. */
export interface Listener {
  line(text: string): void;
  heard(): Heard;
}

/**
 * A part that couldn't be decoded; ffmpeg skips it, goes on and ends well. In the words of 5.1, of 7.0, and of 9.0; a page of
 * Ogg with a wrong checksum is left out without another word.
 */
const decodeError =
  /Error while decoding stream|\[dec:.*(?:Decoding error:|Error (?:submitting|processing) .*packet)|CRC mismatch|corrupt decoded frame/;
const repeated = /Last message repeated (\d+) times/;

/** What stands between the tags and the sound of many an MP3 is no frame: one or two of these are no damage. */
const mostByTheWay = 2;
/** How much less than its header promises a whole file may have: encoders pad, and headers round. */
const toleranceMs = 2_000;
/** Below it, nothing is loud enough to count. */
const silenceLufs = -70;

/** Pure but for what it remembers. */
export function createListener(): Listener {
  let promisedMs: number | undefined;
  let lengthMs: number | undefined;
  let errors = 0;
  let wasError = false;
  let isMp3 = false;
  // With several outputs an empty summary may come before the right one.
  let summary = new Map<string, number>();
  return {
    line(text) {
      const again = repeated.exec(text)?.[1];
      if (again !== undefined) errors += wasError ? Number(again) : 0;
      else if (text.trim() !== '') {
        wasError = decodeError.test(text);
        if (wasError) errors += 1;
      }
      isMp3 ||= /^Input #0, mp3,/.test(text);
      promisedMs ??= timeIn(/^\s*Duration: ([\d:.]+),/, text);
      lengthMs = timeIn(/size=.*\stime=([\d:.]+)\s/, text) ?? lengthMs;
      if (/ebur128\S* @ .*Summary:/.test(text)) summary = new Map();
      const [, name, value] =
        /^\s*(I|LRA|Peak):\s+(-?[\d.]+|-?inf|-?nan)\s+(?:LUFS|LU|dBFS)/.exec(text) ?? [];
      if (name !== undefined) summary.set(name, Number(value));
    },
    heard: () => ({
      loudness: loudnessIn(summary),
      lengthMs,
      fault: faultOf({ promisedMs, lengthMs, errors: errors <= mostByTheWay && isMp3 ? 0 : errors }),
    }),
  };
}

/** "-inf" and "nan" are no numbers. */
function loudnessIn(summary: ReadonlyMap<string, number>): Loudness | undefined {
  const integratedLufs = summary.get('I') ?? Number.NaN;
  const peakDbfs = summary.get('Peak') ?? Number.NaN;
  const rangeLu = summary.get('LRA') ?? 0;
  const isSound = integratedLufs > silenceLufs && Number.isFinite(peakDbfs);
  return isSound ? { integratedLufs, rangeLu, peakDbfs } : undefined;
}

function faultOf(found: {
  readonly promisedMs: number | undefined;
  readonly lengthMs: number | undefined;
  readonly errors: number;
}): string | undefined {
  const { promisedMs, lengthMs = 0, errors } = found;
  if (promisedMs !== undefined && promisedMs - lengthMs > toleranceMs) {
    return lengthMs === 0
      ? 'it has no audio'
      : `it ends after ${minutes(lengthMs)} of ${minutes(promisedMs)}`;
  }
  return errors === 0 ? undefined : 'part of its audio is damaged';
}

function timeIn(pattern: RegExp, text: string): number | undefined {
  const time = pattern.exec(text)?.[1];
  return time === undefined ? undefined : readLength(time);
}
