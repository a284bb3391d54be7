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

/** What a stage has before it. */
export interface Waiting {
  /** Songs that wait for it. */
  readonly waiting: number;
  /** Songs that are on their way to it. */
  readonly toCome: number;
  /** Whether one of those comes soon. */
  readonly mayCome: boolean;
  /** Its calls under way, and the songs that they have not told. */
  readonly calls: number;
  readonly open: number;
}

/** One of the stages that every song goes through. */
export interface Stage<W> {
  readonly name: StageName;
  /** Calls at the same time. */
  readonly width: number;
  /** Songs that may wait for it; the stage in front of it begins no other one then. */
  readonly room: number;
  /** How many of the songs that wait the next call takes; 0: it begins later. Without it, one. */
  readonly batch?: (now: Waiting) => number;
  /** A song is about to come: what takes long to start may start now. `wake`: it has. */
  readonly prepare?: (wake: () => void) => void;
  /** All songs are through, or the job is stopped. */
  readonly end?: () => Promise<void>;
  /** How long a song keeps this stage, in any unit. When no more come, the longest begins first, so that all end together. */
  readonly lengthOf?: (work: W) => number;
  /** Whether it has nothing to do for a song: then the song goes on. */
  isDone(work: W): boolean;
  /**
   * Each song is told exactly once, unless the job is stopped. `wake`: things have changed, another call may begin now.
   * @throws what ends the job
   */
  run(songs: readonly W[], tell: (work: W, result: StageResult) => void, wake: () => void): Promise<void>;
}
