import { fingerprintFile } from '../sound/measure-file.ts';
import { isWholeFingerprint } from '../sound/measurement.ts';
import type { SongToHear } from './ear.ts';

/** Chromaprint's values of a song: decoding it is most of the work of listening, so no more of it is decoded than has to be. */
export interface SongSound {
  /** Of its first 75 seconds, or of more where that's known. @throws the signal's reason */
  beginning(): Promise<Uint32Array | undefined>;
  /** @throws the signal's reason */
  whole(): Promise<Uint32Array | undefined>;
}

/** Most previews are from the first minute. */
const beginningSeconds = 75;
/** What is hardly longer is decoded once. */
const worthTwiceMs = 120_000;

/** @returns what gives undefined where ffmpeg can't read the file */
export function createSongSound(
  { fingerprint, lengthMs, path }: Pick<SongToHear, 'fingerprint' | 'lengthMs' | 'path'>,
  ffmpegPath: string,
  signal: AbortSignal,
): SongSound {
  const parts = { ffmpegPath, signal };
  let beginning: Promise<Uint32Array | undefined> | undefined =
    fingerprint === undefined ? undefined : Promise.resolve(fingerprint);
  let whole = fingerprint !== undefined && isWholeFingerprint(fingerprint, lengthMs) ? beginning : undefined;

  function makeWhole(): Promise<Uint32Array | undefined> {
    return (whole ??= fingerprintFile(path, parts));
  }

  return {
    beginning() {
      beginning ??=
        lengthMs <= worthTwiceMs
          ? makeWhole()
          : fingerprintFile(path, { ...parts, seconds: beginningSeconds });
      return beginning;
    },
    whole: makeWhole,
  };
}
