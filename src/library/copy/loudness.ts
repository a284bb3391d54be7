import { measureFile } from '../../sound/measure-file.ts';
import { replayGainTags } from '../../sound/replay-gain.ts';
import type { Store } from '../../history/store.ts';
import type { LibrarySong } from '../songs.ts';

/** What is done about songs of different loudness. */
export type LoudnessWish = 'apply' | 'tag' | undefined;

interface LoudnessParts {
  readonly store: Pick<Store, 'sounds'>;
  readonly ffmpegPath: () => Promise<string>;
  readonly signal: AbortSignal;
}

type Properties = Readonly<Record<string, readonly string[]>>;

/**
 * The ReplayGain tags of a song: by what was measured of it before, or else now. {} for silence, and where it can't be
 * measured.
 * @param extension of the new file
 */
export async function gainTagsOf(
  song: LibrarySong,
  extension: string,
  parts: LoudnessParts,
): Promise<Properties> {
  const known = parts.store.sounds.ofFile(song.file);
  if (known !== undefined) return replayGainTags(known, extension);
  const options = { ffmpegPath: await parts.ffmpegPath(), hasFingerprint: false, signal: parts.signal };
  const measured = await measureFile(song.file.path, options);
  return 'found' in measured ? replayGainTags(measured.found, extension) : {};
}

/** The user's own arguments of ffmpeg, and a filter that makes the sound so much louder or quieter. Pure. */
export function withVolume(extraArgs: readonly string[], tags: Properties): readonly string[] {
  const gain = Number.parseFloat(tags['REPLAYGAIN_TRACK_GAIN']?.[0] ?? '');
  if (!Number.isFinite(gain) || gain === 0) return extraArgs;
  const volume = `volume=${gain.toFixed(2)}dB`;
  const at = extraArgs.findIndex((word) => word === '-af' || word === '-filter:a');
  if (at < 0) return [...extraArgs, '-af', volume];
  return extraArgs.map((word, index) => (index === at + 1 ? `${word},${volume}` : word));
}

/** Tags without what they say of loudness. Pure. */
export function withoutGain(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).filter(([name]) => !/^(?:REPLAYGAIN|R128)_/.test(name)),
  );
}
