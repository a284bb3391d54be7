import type { HarmoniError } from '../errors.ts';
import type { StageName, TrackOutcome } from '../tracks/outcome.ts';

/** How a song ended. */
export type Ending = Omit<TrackOutcome, 'artist' | 'track'>;

/** What a stage says of a song when it has done its part. */
export type StageResult =
  /** On to the next stage. */
  | 'next'
  | { readonly outcome: Ending }
  | { readonly failure: HarmoniError }
  /** The same stage wants to see it again. */
  | { readonly againInMs: number };

/** One of the stages that every song goes through. */
export interface Stage<W> {
  readonly name: StageName;
  /** Calls at the same time. */
  readonly width: number;
  /** Songs that may wait for it; the stage in front of it begins no other one then. */
  readonly room: number;
  /** Songs that one call takes, of those that are on their way: it waits for so many while more may come. Else one. */
  readonly share?: (onTheWay: number) => number;
  /** Whether songs wait for it long enough to be told. */
  readonly isWaitTold: boolean;
  /** Whether it has nothing to do for a song: then the song goes on. */
  isDone(work: W): boolean;
  /** Each song is told exactly once, unless the job is stopped. @throws what ends the job */
  run(songs: readonly W[], tell: (work: W, result: StageResult) => void): Promise<void>;
}
