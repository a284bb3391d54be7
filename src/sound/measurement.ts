/** How loud sound is, by EBU R128. */
export interface Loudness {
  /** Of the whole song, in LUFS. */
  readonly integratedLufs: number;
  /** In LU. */
  readonly rangeLu: number;
  /** The loudest sample, in dBFS. A lossy file's may be above 0. */
  readonly peakDbfs: number;
}

/** What one look by ffmpeg finds in a file. */
export interface Measurement {
  /** Undefined for silence, and for less than the 0.4 s that it's measured over. */
  readonly loudness: Loudness | undefined;
  /**
   * Chromaprint's values, 0.1238 s apart; undefined where ffmpeg makes none, or the sound is shorter than 3 s. Of the whole
   * song where `isWholeFingerprint` says so.
   */
  readonly fingerprint: Uint32Array | undefined;
  /** Of the sound that could be decoded. */
  readonly lengthMs: number | undefined;
  /** What is wrong with it, as the end of a sentence; undefined for a whole file. */
  readonly fault: string | undefined;
}

/** Samples per second of what Chromaprint hears. */
export const printRate = 11_025;
/** Samples from one of its values to the next. */
export const samplesPerValue = 1_365;
/** Samples that one value is made of: 20 frames of 4,096, each a step further. ffmpeg makes none of less. */
export const samplesOfValue = 4_096 + 19 * samplesPerValue;
/** Chromaprint's default; the one that AcoustID uses. */
const algorithm = '1';
/** Songs have a fingerprint of the whole. Of what is longer half an hour is enough, so that a mix of twelve hours has 58 kB. */
const longestFingerprintMs = 1_800_000;
/** Values of two minutes: the part by which duplicates are found, what AcoustID takes, and all that HARMONI once made. */
export const valuesOfBeginning = 948;

/** What decoders give more or less at the ends: two seconds. */
const mostMissing = 16;

/** Whether a fingerprint is of the whole song, and not of the two minutes that there once were. Pure. */
export function isWholeFingerprint(fingerprint: Uint32Array, lengthMs: number): boolean {
  const samples = (Math.min(lengthMs, longestFingerprintMs) / 1000) * printRate;
  const values = Math.floor((samples - samplesOfValue) / samplesPerValue) + 1;
  return fingerprint.length >= values - mostMissing;
}

/** What is measured of a song is that of its first stream of sound. */
const loudnessOf = 'ebur128=peak=sample:framelog=verbose';

/**
 * What measures is handed a second of sound or more and not the 20 ms of an Opus packet, which takes a third to a half off its
 * work, for the same values (ffmpeg 9.0). Encoders get what came: FLAC would make blocks of a second, which not every player takes.
 */
export const inSeconds = 'asetnsamples=n=48000:p=0';

/** What Chromaprint is given, whatever is done with its values. */
export const chromaprintOptions: readonly string[] = [
  ...['-ac', '1', '-ar', String(printRate)],
  ...['-algorithm', algorithm],
];

/** Makes ffmpeg write Chromaprint's values as they are. */
export const asFingerprint: readonly string[] = [
  ...chromaprintOptions,
  ...['-fp_format', 'raw', '-f', 'chromaprint'],
];

const formOfFingerprint = (seconds = longestFingerprintMs / 1000): readonly string[] => [
  ...['-t', String(seconds), ...chromaprintOptions],
  ...['-fp_format', 'raw'],
];

/** What ffmpeg is told to make a fingerprint of the pad `[f]`; without the file. */
export const fingerprintOptions: readonly string[] = [...['-map', '[f]', ...formOfFingerprint()]];

/**
 * The filters that measure what is encoded on the way: pad `[o]` goes to the encoder as it came, and `[f]` to the
 * fingerprint where there is one. The loudness ends in the graph, because another output would cost a conversion.
 * @param first a filter for all of them
 */
export function filtersBeside(hasFingerprint: boolean, first = ''): string {
  const split = hasFingerprint ? `${inSeconds},asplit=2[l][f];[l]` : `${inSeconds},`;
  return `[0:a:0]${first === '' ? '' : `${first},`}asplit=2[o][m];[m]${split}${loudnessOf},anullsink`;
}

/**
 * ffmpeg's arguments for a file that is only measured; the fingerprint goes to its stdout. ffmpeg reads as far as its
 * outputs last, and a fingerprint has enough before the end: so the measured sound is an output here.
 */
export function measureArguments(path: string, hasFingerprint: boolean): readonly string[] {
  const [split, f] = hasFingerprint ? ['asplit=2[m][f];[m]', fingerprintOptions] : ['', undefined];
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'info', '-threads', '1', '-i', `file:${path}`],
    ...['-filter_complex', `[0:a:0]${inSeconds},${split}${loudnessOf}[l]`],
    // As the filter gives it.
    ...['-map', '[l]', '-c:a', 'pcm_f64le', '-f', 'null', '-'],
    ...(f === undefined ? [] : [...f, '-f', 'chromaprint', 'pipe:1']),
  ];
}

/**
 * ffmpeg's arguments for a file whose fingerprint alone is wanted: it goes to its stdout. A third of the work of measuring all.
 * @param seconds of its beginning; the whole without
 */
export function fingerprintArguments(path: string, seconds?: number): readonly string[] {
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-threads', '1', '-i', `file:${path}`],
    ...['-map', '0:a:0', '-af', inSeconds, ...formOfFingerprint(seconds), '-f', 'chromaprint', 'pipe:1'],
  ];
}

/** The values in what ffmpeg writes: 32 bits each, the lowest byte first. Undefined for none. Pure. */
export function readFingerprint(bytes: Uint8Array): Uint32Array | undefined {
  const many = Math.floor(bytes.byteLength / 4);
  if (many === 0) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, many * 4);
  return Uint32Array.from({ length: many }, (_, at) => view.getUint32(at * 4, true));
}

/** As `readFingerprint` reads them. Pure. */
export function fingerprintBytes(values: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, at) => view.setUint32(at * 4, value, true));
  return bytes;
}
