import type { Ear } from '../ear/ear.ts';
import { toHarmoniError } from '../errors.ts';
import { hasChromaprint } from '../sound/chromaprint.ts';
import type { Track } from '../tracks/track.ts';
import type { JobParts } from './job-parts.ts';

/** The ear of a job, made when the first song is to be heard: most jobs have none, or find all songs there. */
export interface JobEar {
  /** Undefined where no song is to be heard, or this ffmpeg makes no fingerprints. */
  ready(): Promise<Ear | undefined>;
  /** The track is through. */
  forget(track: Track): void;
  /** No song comes anymore. */
  end(): void;
}

export function createJobEar({
  createEar,
  ffmpegPath,
  settings,
  log,
}: Pick<JobParts, 'createEar' | 'ffmpegPath' | 'settings' | 'log'>): JobEar {
  let made: Promise<Ear | undefined> | undefined;
  let ear: Ear | undefined;

  async function make(): Promise<Ear | undefined> {
    if (settings.verifyByEar === 'never' || createEar === undefined) return undefined;
    try {
      if (await hasChromaprint(await ffmpegPath())) return (ear = await createEar());
      log.write('info', "Songs aren't compared: this ffmpeg makes no fingerprints.");
    } catch (error) {
      // Where ffmpeg is needed for more, its absence is told there.
      log.write('info', "Songs aren't compared.", { why: toHarmoniError(error).message });
    }
    return undefined;
  }

  return {
    ready: () => (made ??= make()),
    forget: (track) => ear?.forget(track),
    end: () => ear?.end(),
  };
}
