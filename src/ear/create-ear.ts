import type { Config } from '../config/schema.ts';
import type { OptionalServiceParts } from '../enrich/optional-service.ts';
import type { Store } from '../history/store.ts';
import { hasChromaprint } from '../sound/chromaprint.ts';
import type { Log } from '../system/log.ts';
import { userAgent } from '../system/user-agent.ts';
import type { Heard } from '../tracks/heard.ts';
import type { Track } from '../tracks/track.ts';
import type { Ear, FoundReference, SongToHear } from './ear.ts';
import { hearSong } from './hear-song.ts';
import { judge, type Answer, type Comparison } from './judge.ts';
import { createKeptReferences } from './kept-references.ts';
import { createAcoustId } from './witnesses/acoustid.ts';
import { createDeezer } from './witnesses/deezer.ts';
import { createLabelWitness, type LabelParts } from './witnesses/label.ts';
import { createLibraryWitness } from './witnesses/library.ts';

export interface EarParts
  extends Omit<LabelParts, 'store' | 'config'>, Pick<OptionalServiceParts, 'http' | 'clock' | 'random'> {
  readonly store: Pick<Store, 'files' | 'sounds' | 'services' | 'visits'>;
  readonly config: Pick<Config, 'deezer_url' | 'acoustid_url' | 'acoustid_client_key' | 'downloads_per_hour'>;
  readonly log: Pick<Log, 'write'>;
  /** How long one song may take, with all that is asked for it; 30 s. */
  readonly limitMs?: number;
}

/** An ear that also gives the clip itself, for people to listen to. */
export interface EarWithPreviews extends Ear {
  /** The official preview of a track; `later` for whatever goes wrong. @throws the signal's reason */
  preview(track: Track, signal: AbortSignal): Promise<FoundReference>;
}

const defaultLimitMs = 30_000;

/** Joins what songs can be compared with. Whatever goes wrong with that leaves them unchecked, with the reason. */
export function createEar(parts: EarParts): EarWithPreviews {
  const kept = createKeptReferences();
  const stop = new AbortController();
  const inTime = createLimit(parts, stop.signal);
  const witnesses = witnessesOf(parts);
  const { library, deezer, acoustId } = witnesses;

  /** Undefined for one that can't make fingerprints. */
  async function ffmpegWithEar(): Promise<string | undefined> {
    const ffmpegPath = await parts.ffmpegPath();
    return (await hasChromaprint(ffmpegPath)) ? ffmpegPath : undefined;
  }

  async function isKnown(track: Track, signal: AbortSignal): Promise<boolean> {
    if ((await ffmpegWithEar()) === undefined) return false;
    if (acoustId.isOn() || library.has(track)) return true;
    // It's fetched now: an upload isn't, where the preview can't be had after all.
    return typeof (await kept.find(deezer, unheard(track), signal)) !== 'string';
  }

  async function hear(song: SongToHear, signal: AbortSignal): Promise<Heard> {
    const evidence: (Comparison | Answer)[] = [];
    const listen = async (time: AbortSignal): Promise<string | undefined> => {
      const ffmpegPath = await ffmpegWithEar();
      if (ffmpegPath === undefined) return "this ffmpeg can't make fingerprints";
      return hearSong(song, { ...witnesses, kept, ffmpegPath, evidence }, time);
    };
    const why = await inTime(song.track, signal, listen, (isLate) =>
      isLate ? 'it took too long' : 'something went wrong',
    );
    // What was found until time ran out counts.
    const heard = judge(evidence, { fileMs: song.lengthMs, trackMs: song.track.durationMs });
    return heard.verdict === 'unchecked' && why !== undefined ? { ...heard, why } : heard;
  }

  async function preview(track: Track, signal: AbortSignal): Promise<FoundReference> {
    const find = (time: AbortSignal): Promise<FoundReference> => deezer.find(unheard(track), time);
    return inTime(track, signal, find, () => 'later');
  }

  return {
    knows: (track, signal) =>
      inTime(
        track,
        signal,
        (time) => isKnown(track, time),
        () => false,
      ),
    hear,
    preview,
    forget: (track) => kept.forget(track),
    end() {
      stop.abort(new Error('All songs are through.'));
      kept.clear();
    },
  };
}

/** A track of which there is no file yet. */
function unheard(track: Track): SongToHear {
  return { track, path: '', lengthMs: 0, fingerprint: undefined };
}

/** Gives what `act` gives, or `otherwise` where it fails or takes too long. @throws the signal's reason */
type InTime = <T>(
  track: Track,
  signal: AbortSignal,
  act: (time: AbortSignal) => Promise<T>,
  otherwise: (isLate: boolean) => T,
) => Promise<T>;

function createLimit(
  { log, limitMs = defaultLimitMs }: Pick<EarParts, 'log' | 'limitMs'>,
  over: AbortSignal,
): InTime {
  return async (track, signal, act, otherwise) => {
    signal.throwIfAborted();
    const late = AbortSignal.timeout(limitMs);
    try {
      return await act(AbortSignal.any([signal, late, over]));
    } catch (error) {
      signal.throwIfAborted();
      const song = `${track.artist} - ${track.track}`;
      const why = late.aborted ? 'It took too long.' : String(error);
      log.write('warn', "A song couldn't be compared with anything.", { song, why });
      return otherwise(late.aborted);
    }
  };
}

function witnessesOf(parts: EarParts) {
  const { deezer_url: deezerUrl, acoustid_url: acoustIdUrl, acoustid_client_key: clientKey } = parts.config;
  const asked = { ...parts, userAgent: userAgent() };
  return {
    library: createLibraryWitness(parts),
    deezer: createDeezer({ ...asked, deezerUrl }),
    acoustId: createAcoustId({ ...asked, acoustIdUrl, clientKey }),
    label: createLabelWitness(parts),
  };
}
