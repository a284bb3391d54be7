import { trackKeys } from '../tracks/identity.ts';
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
  const byTrack = new Map<string, Map<string, FoundReference>>();
  return {
    async find(source, song, signal) {
      const name = source.nameFor?.(song);
      const key = keyOf(song.track);
      const known = name === undefined ? undefined : byTrack.get(key)?.get(name);
      if (known !== undefined) return known;
      const found = await source.find(song, signal);
      if (name === undefined || found === 'later') return found;
      const kept = byTrack.get(key) ?? new Map<string, FoundReference>();
      byTrack.set(key, kept.set(name, found));
      return found;
    },
    forget: (track) => void byTrack.delete(keyOf(track)),
    clear: () => byTrack.clear(),
  };
}

function keyOf(track: Track): string {
  return trackKeys(track)[0] ?? '';
}
