import type { Ear } from '../../ear/ear.ts';
import { noAnswer } from '../../ear/hear-song.ts';
import { HarmoniError } from '../../errors.ts';
import type { Store } from '../../history/store.ts';
import { atOnce } from '../../system/at-once.ts';
import { proofTag, type Heard } from '../../tracks/heard.ts';
import { readIsrc } from '../../tracks/isrc.ts';
import type { Track } from '../../tracks/track.ts';
import type { LibrarySong } from '../songs.ts';
import type { LibraryEnricher } from './library-enricher.ts';

export interface ProofParts {
  readonly store: Pick<Store, 'sounds'>;
  readonly ear: Ear;
  /** Songs that are heard at the same time. */
  readonly cores: number;
  readonly isMeant: (song: LibrarySong) => boolean;
  /** What a song is meant to be. Its length is that of the track, and not the file's. */
  readonly trackOf: (song: LibrarySong) => Promise<Track>;
  /** Listens to songs, so that their fingerprints are known. @throws the signal's reason */
  readonly measure: (songs: readonly LibrarySong[], signal: AbortSignal) => Promise<void>;
  /** Told of each song. */
  readonly onHeard: (song: LibrarySong, heard: Heard) => void;
}

/** After so many songs without an answer, a service is left for another time. */
const mostUnanswered = 5;

/** The private tag that says what a song was heard to be. Those of which it's true aren't heard again. */
export function createProofs(parts: ProofParts): LibraryEnricher {
  const { isMeant } = parts;
  let unanswered = 0;
  return {
    kind: 'facts',
    adds: "whether it's the right recording, compared with official previews from Deezer",
    mayLack: ({ facts }) => facts.heard === undefined,
    async find(songs, signal, onFound) {
      const asked = songs.filter(({ song }) => isMeant(song) && song.facts.heard === undefined);
      await atOnce(asked, parts.cores, async ({ song, present }) => {
        signal.throwIfAborted();
        if (unanswered >= mostUnanswered) return;
        const heard = await hear(song, parts, signal);
        unanswered = heard.why === noAnswer ? unanswered + 1 : 0;
        parts.onHeard(song, heard);
        const tag = proofTag(heard, song.file.durationMs);
        if (tag === undefined) return;
        const before = present['HARMONI_PROOF'] ?? [];
        const change = { field: 'HARMONI_PROOF', before, after: [tag], source: heard.by ?? 'sound' };
        onFound({ path: song.file.path, changes: [change] });
      });
      if (unanswered < mostUnanswered) return undefined;
      return new HarmoniError('service-busy', `${noAnswer} for ${mostUnanswered} songs in a row.`);
    },
  };
}

/** @throws the signal's reason */
async function hear(
  song: LibrarySong,
  { store, ear, trackOf, measure }: ProofParts,
  signal: AbortSignal,
): Promise<Heard> {
  const track = await trackOf(song);
  try {
    // Only with an ISRC is it worth decoding all of a song before anybody knows.
    const isNamed = readIsrc(track.isrc ?? '') !== undefined;
    if (!isNamed && !(await ear.knows(track, signal)))
      return { verdict: 'unchecked', why: 'its tags name no ISRC' };
    await measure([song], signal);
    const { path, durationMs } = song.file;
    const found = store.sounds.ofFile(song.file);
    const lengthMs = durationMs ?? found?.lengthMs;
    if (lengthMs === undefined) return { verdict: 'unchecked', why: 'nobody knows how long it is' };
    return await ear.hear({ track, path, lengthMs, fingerprint: found?.fingerprint }, signal);
  } finally {
    ear.forget(track);
  }
}
