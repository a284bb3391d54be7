import type { Config } from '../config/schema.ts';
import type { Ear, FoundReference } from './ear.ts';
import type { Track } from '../tracks/track.ts';

/** What listens outside of downloads: when a library is checked, and when somebody compares a match with its preview. */
export interface OwnEar {
  readonly ear: Ear;
  /** The official preview of a track, asked for anew: what it sounds like isn't kept. @throws the signal's reason */
  preview(track: Track, signal: AbortSignal): Promise<FoundReference>;
}

export interface OpenEarParts {
  /** Each is ended by who opened it. @throws HarmoniError ffmpeg-missing */
  readonly openEar: () => Promise<OwnEar>;
  readonly config: Pick<Config, 'verify_by_ear'>;
}

/** Whether Deezer may be asked without another word. Pure. */
export function mayHear({ verify_by_ear: mode }: OpenEarParts['config']): boolean {
  return mode === 'uncertain' || mode === 'always';
}

/** An ear with nothing to compare songs with. */
export function openEar(): OwnEar {
  const why = 'there was nothing to compare it with';
  return {
    ear: {
      knows: () => Promise.resolve(false),
      hear: () => Promise.resolve({ verdict: 'unchecked', why }),
      forget: () => undefined,
      end: () => undefined,
    },
    preview: () => Promise.resolve('none'),
  };
}
