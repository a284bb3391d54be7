import type { Config } from '../../config/schema.ts';
import type { Store } from '../../history/store.ts';
import type { Candidate } from '../../matching/candidate.ts';
import type { Provider } from '../../providers/provider.ts';
import { cutFromPage } from '../../providers/ytdlp/cut-from-page.ts';
import type { YtDlpDeps } from '../../providers/ytdlp/entries.ts';
import type { Log } from '../../system/log.ts';
import type { Track } from '../../tracks/track.ts';
import { disagreement } from '../agreement.ts';
import { asClip, clipFingerprints } from '../clip.ts';
import type { SongToHear } from '../ear.ts';
import type { ReferenceSource } from './reference-source.ts';

export interface LabelParts extends YtDlpDeps {
  readonly ffmpegPath: () => Promise<string>;
  readonly providers: readonly Pick<Provider, 'name' | 'title' | 'noun' | 'isPaced'>[];
  readonly store: { readonly visits: Pick<Store['visits'], 'plan' | 'happened' | 'lastHour'> };
  readonly config: Pick<Config, 'downloads_per_hour'>;
  readonly log: Pick<Log, 'write'>;
}

/** Less is the head of a file and no sound. */
const leastBytes = 10_000;

/**
 * The label's own upload of a recording, where another one is heard: its beginning. It costs a visit, so it's asked last, and
 * only while the hour has visits left.
 */
export function createLabelWitness(parts: LabelParts): ReferenceSource {
  const { providers, store, config, log } = parts;
  const isHourFull = (): boolean =>
    config.downloads_per_hour > 0 && store.visits.lastHour().length >= config.downloads_per_hour;

  async function clipOf(
    { media, url }: Candidate,
    signal: AbortSignal,
  ): Promise<Uint8Array | 'none' | 'later'> {
    const provider = providers.find(({ name }) => name === media.provider);
    if (provider === undefined || (provider.isPaced === true && isHourFull())) return 'later';
    const ffmpegPath = await parts.ffmpegPath();
    // YouTube counts it as it counts a download.
    if (provider.isPaced === true) store.visits.happened(store.visits.plan());
    const { bytes, failure } = await cutFromPage({ ...parts, ffmpegPath }, provider, {
      url,
      cutting: [...asClip, 'pipe:1'],
      signal,
    });
    if (bytes.length >= leastBytes) return bytes;
    log.write('info', "A label's own upload couldn't be heard.", { url, why: String(failure) });
    // Another try costs another visit.
    return 'none';
  }

  const ownOf = ({ track, others = [] }: SongToHear): Candidate | undefined =>
    others.find((candidate) => isLabelsOwn(track, candidate));

  return {
    by: 'label',
    nameFor: (song) => ownOf(song)?.url,
    async find(song, signal) {
      const own = ownOf(song);
      if (own === undefined) return 'none';
      const sound = await clipOf(own, signal);
      if (typeof sound === 'string') return sound;
      const ffmpegPath = await parts.ffmpegPath();
      const fingerprints = await clipFingerprints(sound, { ffmpegPath, signal });
      if (fingerprints === undefined) return 'none';
      const length = own.durationMs === undefined ? {} : { lengthMs: own.durationMs };
      return { reference: { by: 'label', fingerprints, sound, url: own.url, ...length } };
    },
  };
}

/**
 * Whether an upload is what the label delivered of a track: one of YouTube Music's songs that agrees with it in its title,
 * its artist, its length, and in being the explicit version or not. Pure.
 */
export function isLabelsOwn(track: Track, candidate: Candidate): boolean {
  const { kind, title, artists, durationMs, explicit } = candidate;
  if (kind !== 'song' || artists.length === 0) return false;
  if (track.durationMs === undefined || durationMs === undefined) return false;
  const isOtherVersion =
    track.explicit !== undefined && explicit !== undefined && track.explicit !== explicit;
  return !isOtherVersion && disagreement(track, { title, artists, lengthMs: durationMs }) === undefined;
}
