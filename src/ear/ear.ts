import type { Candidate } from '../matching/candidate.ts';
import type { Heard, Witness } from '../tracks/heard.ts';
import type { Track } from '../tracks/track.ts';

/** A song that is to be heard. */
export interface SongToHear {
  /** What it's meant to be. */
  readonly track: Track;
  /** The file, in any format that ffmpeg reads. */
  readonly path: string;
  readonly lengthMs: number;
  /** Of the whole song (sound/measurement.ts) or of its beginning, where it's known. What else is needed is made. */
  readonly fingerprint: Uint32Array | undefined;
  /** What was found for the track besides this upload: the label's own may be among them. */
  readonly others?: readonly Candidate[];
}

/** Listens to songs: compares them with references. It never fails: what can't be asked says nothing. */
export interface Ear {
  /**
   * Whether there's something to compare a track with. Asked before an uncertain upload is downloaded, so that nothing is
   * fetched that nobody could prove; what is found is kept for that. @throws the signal's reason
   */
  knows(track: Track, signal: AbortSignal): Promise<boolean>;
  /** @throws the signal's reason */
  hear(song: SongToHear, signal: AbortSignal): Promise<Heard>;
  /** The track is through: what was fetched for it is let go. */
  forget(track: Track): void;
  /** No song comes anymore. */
  end(): void;
}

/** What a song is compared with: a clip of the recording that is meant, from one of witnesses/. */
export interface Reference {
  readonly by: Witness;
  /** A clip of it, in any format that ffmpeg reads. */
  readonly sound: Uint8Array;
  /** Of the clip (clip.ts). */
  readonly fingerprints: readonly Uint32Array[];
  /** Of the whole recording, where it's known, in ms. */
  readonly lengthMs?: number;
  /** What can be opened to hear it. */
  readonly url?: string;
}

/** What a reference's file gives. `none`: there is none, and asking again won't help. `later`: it didn't answer. */
export type FoundReference = { readonly reference: Reference } | 'none' | 'later';
