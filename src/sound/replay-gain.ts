import type { Loudness, Measurement } from './measurement.ts';

/** ReplayGain 2.0: players bring songs to this loudness. R128_TRACK_GAIN is to another one (RFC 7845, 5.2.1). */
const replayGainLufs = -18;
const r128Lufs = -23;

/**
 * The tags that tell players how loud a song is, by TagLib's names. Opus has both kinds: its own is what the specification
 * says, and some players read only the other. A gain that makes a song louder never makes it clip. Nothing for silence, and
 * for a file that isn't whole. Pure.
 * @param extension without its dot
 */
export function replayGainTags(
  { loudness, fault }: Pick<Measurement, 'loudness' | 'fault'>,
  extension: string,
): Readonly<Record<string, readonly string[]>> {
  if (loudness === undefined || fault !== undefined) return {};
  const { peakDbfs } = loudness;
  return {
    REPLAYGAIN_TRACK_GAIN: [`${gainDb(loudness, replayGainLufs).toFixed(2)} dB`],
    REPLAYGAIN_TRACK_PEAK: [linear(peakDbfs)],
    ...(extension === 'opus' ? { R128_TRACK_GAIN: [q78(gainDb(loudness, r128Lufs))] } : {}),
  };
}

/** The same for the album that a song is part of. Pure. */
export function albumGainTags(
  album: Pick<Loudness, 'integratedLufs' | 'peakDbfs'>,
  extension: string,
): Readonly<Record<string, readonly string[]>> {
  return {
    REPLAYGAIN_ALBUM_GAIN: [`${gainDb(album, replayGainLufs).toFixed(2)} dB`],
    REPLAYGAIN_ALBUM_PEAK: [linear(album.peakDbfs)],
    ...(extension === 'opus' ? { R128_ALBUM_GAIN: [q78(gainDb(album, r128Lufs))] } : {}),
  };
}

/**
 * How loud an album is as a whole: the mean of its songs' energy, by their length, and the highest of their peaks. Measuring
 * them as one would differ by some tenths, for what is quiet in a song. Pure.
 */
export function albumLoudness(
  songs: readonly { readonly loudness: Loudness; readonly lengthMs: number }[],
): Pick<Loudness, 'integratedLufs' | 'peakDbfs'> {
  const lengthMs = songs.reduce((sum, song) => sum + song.lengthMs, 0);
  const energy = songs.reduce(
    (sum, song) => sum + song.lengthMs * 10 ** (song.loudness.integratedLufs / 10),
    0,
  );
  return {
    integratedLufs: 10 * Math.log10(energy / lengthMs),
    peakDbfs: Math.max(...songs.map(({ loudness }) => loudness.peakDbfs)),
  };
}

function gainDb(
  { integratedLufs, peakDbfs }: Pick<Loudness, 'integratedLufs' | 'peakDbfs'>,
  to: number,
): number {
  const gain = to - integratedLufs;
  // 0 for a song that clips already: it's as loud as it can be.
  return gain > 0 ? Math.max(0, Math.min(gain, -peakDbfs)) : gain;
}

const linear = (dbfs: number): string => (10 ** (dbfs / 20)).toFixed(6);

/** Fixed point with 8 bits behind the point, in 16 bits. */
function q78(db: number): string {
  return String(Math.max(-32_768, Math.min(32_767, Math.round(db * 256))));
}
