import { onTestFinished } from 'vitest';
import { openStore, type Store } from '../../src/history/store.ts';
import type { Clock } from '../../src/system/clock.ts';
import type { Track, TrackList } from '../../src/tracks/track.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

/** A clock that stands still until it is set. */
export interface HandClock extends Clock {
  nowMs: number;
  /** How far somebody has set the clock, in all. */
  setByMs: number;
}

export function createHandClock(nowMs = Date.UTC(2026, 10, 21, 12)): HandClock {
  const clock: HandClock = {
    nowMs,
    setByMs: 0,
    now: () => clock.nowMs + clock.setByMs,
    monotonicMs: () => clock.nowMs,
    sleep: () => Promise.resolve(),
  };
  return clock;
}

/** A store, in a folder of its own or in one that another HARMONI uses too; closed with the test. */
export function openTestStore(dataDir = tempFolder(), clock: Clock = createHandClock()): Store {
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
