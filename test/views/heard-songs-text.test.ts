import { expect, test } from 'vitest';
import { HarmoniError } from '../../src/errors.ts';
import type { Heard } from '../../src/tracks/heard.ts';
import { endLines, heardLines, type HeardSong } from '../../src/views/heard-songs-text.ts';
import { countedSong } from './sample-library.ts';

const heardAs = (title: string, heard: Heard): HeardSong => ({
  song: {
    ...countedSong({ artists: ['Queen'], track: title }, { facts: { artist: 'Queen', title } }),
    lists: [],
  },
  heard,
});
const textsOf = (lines: ReturnType<typeof heardLines>): readonly string[] => lines.map(({ text }) => text);
const proven = heardAs('Innuendo', { verdict: 'proven', by: 'deezer', bitError: 0.04 });
const doubtful = heardAs('Liar', { verdict: 'doubtful', by: 'deezer', bitError: 0.4 });
const unchecked = heardAs('Jealousy', { verdict: 'unchecked', why: 'Deezer has no preview of it' });

test('a song that could not be checked is not among those that were compared', () => {
  expect(textsOf(heardLines([proven, doubtful, unchecked]))).toEqual([
    'Compared 2 songs: 1 proven, 1 doubtful.',
    'Not checked, because Deezer has no preview of it: Queen - Jealousy',
  ]);
  expect(textsOf(heardLines([unchecked, unchecked]))).toEqual([
    'Not checked, because Deezer has no preview of it: 2 songs',
  ]);
});

test('after a stop it says how many results were not written yet', () => {
  const stoppedBy = new HarmoniError('cancelled', 'Stopped.');
  const end = { id: 2, left: [], stopped: [], stoppedBy };
  const written = [{ song: proven.song, changes: [], cover: undefined, lrc: undefined }];
  const [kept] = textsOf(endLines([proven, unchecked], { ...end, written }));
  expect(kept).toBe('Stopped. What was compared is kept. Run it again to continue.');
  const [lost] = textsOf(endLines([proven, doubtful, unchecked], { ...end, written }));
  expect(lost).toBe("Stopped. The last result isn't kept. Run it again to continue.");
});
