import { describe, expect, test } from 'vitest';
import { openStore } from '../../src/history/store.ts';
import { offerToFollow } from '../../src/views/offer-to-follow.ts';
import type { TrackList } from '../../src/tracks/track.ts';
import { createTestClock } from '../helpers/clock.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const library = '/music';
const evenings: TrackList = {
  name: 'Evenings',
  origin: 'spotify:playlist:1',
  tracks: [],
  skipped: [],
  folder: 'own',
};

function offered(
  lists: readonly TrackList[],
  askedIn: 'menu' | 'terminal',
  change: (store: ReturnType<typeof openStore>) => void = () => undefined,
): readonly string[] {
  const store = openStore(tempFolder(), createTestClock());
  try {
    change(store);
    const said: string[] = [];
    const output = {
      lines: (lines: readonly { text: string }[]) => void said.push(...lines.map(({ text }) => text)),
    };
    offerToFollow({ store, config: { output_dir: library }, output }, lists, askedIn)();
    return said;
  } finally {
    store.close();
  }
}

describe('how to keep a playlist in sync', () => {
  test('is told after its first download', () => {
    expect(offered([evenings], 'terminal')).toEqual([
      'To keep "Evenings" in sync, run harmoni follow "spotify:playlist:1".',
    ]);
    expect(offered([evenings], 'menu')).toEqual([
      'To keep "Evenings" in sync, choose Automation in the main menu.',
    ]);
  });
  test('is not told of one that the library has, that is followed, or that is no playlist', () => {
    const { name, origin = '' } = evenings;
    const known = offered([evenings], 'menu', ({ lists }) => {
      lists.add({ library, origin, name, label: name });
    });
    const followed = offered([evenings], 'menu', (store) => {
      store.followed.follow({ library, origin, name, input: origin, whenRemoved: 'keep' });
    });
    expect([known, followed, offered([{ ...evenings, folder: 'library' }], 'menu')]).toEqual([[], [], []]);
  });
});
