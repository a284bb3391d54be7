import { expect, test } from 'vitest';
import type { IndexedFile } from '../../../src/history/indexed-file.ts';
import { findingsOf, isFetchable } from '../../../src/library/verify/findings.ts';
import type { Measurement } from '../../../src/sound/measurement.ts';
import type { LibrarySong } from '../../../src/library/songs.ts';
import type { SongFacts } from '../../../src/tracks/song-facts.ts';

const whole = { path: '/m/a.mp3', sizeBytes: 1, modifiedMs: 0, durationMs: 200_000, downloaded: true };
const known = { title: 'T', artist: 'A', artists: ['A'], genres: [], isrcs: [], hasCover: true };
const loud = { integratedLufs: -9, rangeLu: 4, peakDbfs: -1 };
const heard: Measurement = { loudness: loud, fingerprint: undefined, lengthMs: 200_000, fault: undefined };

function song(file: Partial<IndexedFile> = {}, facts: Partial<SongFacts> = {}): LibrarySong {
  return { file: { ...whole, ...file }, facts: { ...known, ...facts }, lists: [] };
}

test.each([
  ['nothing', song(), heard, []],
  ['nothing, where nobody listened', song(), undefined, []],
  [
    'broken, and nothing else of it counts',
    song({ fault: 'it ends early' }, { hasCover: false }),
    undefined,
    [['broken', 'it ends early']],
  ],
  [
    'silence that somebody heard',
    song(),
    { ...heard, loudness: undefined },
    [['silent', 'there is only silence']],
  ],
  ['too short to be measured', song(), { ...heard, loudness: undefined, lengthMs: 300 }, []],
  ['very short', song({ durationMs: 4_000 }), heard, [['short', 'only 0:04 long']]],
  ['as short as its song', song({ durationMs: 4_000, trackMs: 4_500 }), heard, []],
  ['of another length', song({ trackMs: 120_000 }), heard, [['length', '3:20 long, and the song is 2:00']]],
  ['without tags', song({}, { title: '', hasCover: false }), heard, [['cover', 'no cover']]],
] as const)('%s', (_name, one, measured, expected) => {
  expect(findingsOf(one, measured).map(({ cause, detail }) => [cause, detail])).toEqual(expected);
});

test('a file without tags says which', () => {
  const bare = Object.fromEntries(
    Object.entries(known).filter(([name]) => name !== 'title' && name !== 'artist'),
  ) as unknown as typeof known;
  const [finding] = findingsOf({ ...song(), facts: bare }, heard);
  expect(finding).toMatchObject({ cause: 'tags', detail: 'no title, no artist' });
});

test("only what HARMONI made is fetched again, and what doesn't say anything about the sound never is", () => {
  const own = song({ downloaded: false });
  expect(isFetchable({ cause: 'broken', song: song() })).toBe(true);
  expect(isFetchable({ cause: 'silent', song: song() })).toBe(true);
  expect(isFetchable({ cause: 'gone' })).toBe(true);
  expect(isFetchable({ cause: 'broken', song: own })).toBe(false);
  for (const cause of ['short', 'length', 'tags', 'cover', 'link', 'playlist'] as const) {
    expect(isFetchable({ cause, song: song() })).toBe(false);
  }
});
