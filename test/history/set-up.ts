import { onTestFinished } from 'vitest';
import { openStore, type Store } from '../../src/history/store.ts';
import type { Clock } from '../../src/system/clock.ts';
import type { Track, TrackList } from '../../src/tracks/track.ts';
import { createTestClock } from '../helpers/clock.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

/** A store, in a folder of its own or in one that another HARMONI uses too; closed with the test. */
export function openTestStore(dataDir = tempFolder(), clock: Clock = createTestClock()): Store {
  const store = openStore(dataDir, clock);
  let open = true;
  const close = (): void => {
    if (open) store.close();
    open = false;
  };
  onTestFinished(close);
  return { ...store, close };
}

export function track(artist: string, title: string, more: Partial<Track> = {}): Track {
  return { artists: [artist], artist, track: title, ...more };
}

export function list(name: string, tracks: readonly Track[], more: Partial<TrackList> = {}): TrackList {
  return { name, tracks, skipped: [], folder: 'own', ...more };
}
