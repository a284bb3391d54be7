import type { Witness } from '../../tracks/heard.ts';
import type { FoundReference, SongToHear } from '../ear.ts';

/**
 * A witness that has a sound to compare a song with. Each is a file here, and hear-song.ts has the order in which they're asked.
 * AcoustID (acoustid.ts) is the one witness that has none: it's asked, and answers.
 */
export interface ReferenceSource {
  readonly by: Witness;
  /** What the reference for a song is known by, so that its next upload has the same; undefined where it's found anew. */
  nameFor?(song: SongToHear): string | undefined;
  /** Whatever goes wrong is `later`. @throws the signal's reason */
  find(song: SongToHear, signal: AbortSignal): Promise<FoundReference>;
}
