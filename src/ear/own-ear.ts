import type { Config } from '../config/schema.ts';
import type { Track } from '../tracks/track.ts';
import { createEar, type EarParts } from './create-ear.ts';
import type { Ear, FoundReference } from './ear.ts';

/** What listens outside of downloads: when a library is checked, and when somebody compares a match with its preview. */
export interface OwnEar {
  readonly ear: Ear;
  /** The official preview of a track, asked for anew: what it sounds like isn't kept. `later` for whatever goes wrong. @throws the signal's reason */
  preview(track: Track, signal: AbortSignal): Promise<FoundReference>;
}

export interface OpenEarParts {
  /** Each is ended by who opened it. */
  readonly openEar: () => Promise<OwnEar>;
  readonly config: Pick<Config, 'verify_by_ear'>;
}

/** Whether Deezer may be asked without another word. Pure. */
export function mayHear({ verify_by_ear: mode }: OpenEarParts['config']): boolean {
  return mode === 'uncertain' || mode === 'always';
}

/** An ear that isn't a job's. */
export function openEar(parts: EarParts): OwnEar {
  const ear = createEar(parts);
  return { ear, preview: (track, signal) => ear.preview(track, signal) };
}
