import type { Track } from '../tracks/track.ts';
import type { FoundReference, SongToHear } from './ear.ts';
import type { ReferenceSource } from './witnesses/reference-source.ts';

/** References of songs that are on their way: what one upload is compared with, the next one is, too. */
export interface KeptReferences {
  /** @throws the signal's reason */
  find(source: ReferenceSource, song: SongToHear, signal: AbortSignal): Promise<FoundReference>;
  forget(track: Track): void;
  clear(): void;
}

export function createKeptReferences(): KeptReferences {
  // Not by what tracks are known by: two songs may have one ISRC, and a reference agrees with one of them.
  const byTrack = new Map<Track, Map<string, FoundReference>>();
  return {
    async find(source, song, signal) {
      const name = source.nameFor?.(song);
      const known = name === undefined ? undefined : byTrack.get(song.track)?.get(name);
      if (known !== undefined) return known;
      const found = await source.find(song, signal);
      if (name === undefined || found === 'later') return found;
      const kept = byTrack.get(song.track) ?? new Map<string, FoundReference>();
      byTrack.set(song.track, kept.set(name, found));
      return found;
    },
    forget: (track) => void byTrack.delete(track),
    clear: () => byTrack.clear(),
  };
}
