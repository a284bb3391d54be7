import { describe, expect, test } from 'vitest';
import { createPipedList } from '../../src/sources/piped-list.ts';
import { failureOf } from './failure-of.ts';
import { nameOf, utf16 } from './read-text.ts';

const { signal } = new AbortController();

function pipe(...pieces: readonly (string | Uint8Array)[]) {
  return createPipedList({
    async *readStdin() {
      for (const piece of pieces) yield Buffer.from(piece);
    },
  });
}

describe('what is piped in', () => {
  test.each([
    ['-', true],
    ['--', false],
    ['', false],
    ['a - b', false],
    ['./-', false],
  ])('is asked for by "-" alone: %j', async (input, isAccepted) => {
    expect(await pipe().accepts(input)).toBe(isAccepted);
  });

  test.each([
    ['nothing', [], 'Your list is empty.'],
    ['blanks', [' ', '\n\n'], 'Your list contains only whitespace.'],
    ['half of a JSON', ['{"tracks": ['], "Your list isn't valid JSON. It may be damaged or cut off."],
    ['a picture', [Buffer.alloc(600, 3)], "Your list isn't a text file: it contains binary data."],
  ])('but %s is refused with the reason', async (_, pieces, message) => {
    expect(await failureOf(pipe(...pieces).read('-', { signal }))).toMatchObject({ message });
  });

  test('without end is refused when it gets too large', async () => {
    let megabytes = 0;
    const endless = createPipedList({
      async *readStdin() {
        for (const piece = Buffer.from('a - b\n'.repeat(170_000)); ; megabytes += 1) yield piece;
      },
    });
    expect(await failureOf(endless.read('-', { signal }))).toMatchObject({ code: 'source-too-large' });
    expect(megabytes).toBeLessThan(80);
  });

  test.each<[string, readonly (string | Uint8Array)[]]>([
    ['a text', ['Queen - La', 'zy\nA - One']],
    ['a text in UTF-16', [utf16('Queen - Lazy\r\nA - One\r\n')]],
    ['a CSV', ['Title,Artist\nLazy,Queen\n', 'One,A\n']],
    [
      'a CSV without a header',
      [
        'spotify:track:5hVghJ4KaYES3BFUATCYn0,Lazy,IGOR,Queen\nspotify:track:6hVghJ4KaYES3BFUATCYn0,One,B,A\n',
      ],
    ],
    ['JSON', ['[{"artist": "Queen", "track": "Lazy"}, ', '{"artist": "A", "track": "One"}]']],
    ['JSON of texts', ['["Queen - Lazy", "A - One"]']],
    ['an m3u', ['#EXTM3U\n#EXTINF:1,Queen - Lazy\n/x/y.mp3\n/x/A - One.mp3\n']],
  ])('is read as the file that it would be: %s', async (_, pieces) => {
    const lists = await pipe(...pieces).read('-', { signal });
    expect(lists.map(({ tracks }) => tracks.map(nameOf))).toEqual([['Queen | Lazy', 'A | One']]);
    expect(lists[0]).toMatchObject({ name: 'Pasted list', skipped: [], folder: 'own' });
    // A paste has no place that it could be known by.
    expect(lists[0]).not.toHaveProperty('origin');
    expect(lists[0]).not.toHaveProperty('sourceFile');
  });

  test('keeps the names of its lists', async () => {
    const csv = 'Track name,Artist name,Playlist name\nLazy,Queen,Road\nOne,A,Pop\n';
    expect((await pipe(csv).read('-', { signal })).map(({ name }) => name)).toEqual(['Road', 'Pop']);
  });
});
