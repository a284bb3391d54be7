import { expect, test } from 'vitest';
import { HarmoniError } from '../../src/errors.ts';
import { withoutNumbers } from '../../src/sources/numbering.ts';
import { readSongLine } from '../../src/sources/song-line.ts';
import type { TrackList } from '../../src/tracks/track.ts';
import { hostileText } from '../helpers/hostile-text.ts';
import fc from '../helpers/properties.ts';
import { testSeed } from '../helpers/random.ts';
import { listOf, listsOf, utf16 } from './read-text.ts';

function expectUsable(lists: readonly TrackList[]): void {
  for (const { name, tracks, skipped } of lists) {
    expect(name).not.toBe('');
    for (const { artist, track, artists, durationMs, media } of tracks) {
      expect(track).not.toBe('');
      expect(`${artist}${track}${media?.id ?? ''}`).not.toMatch(/\p{Cc}/u);
      expect(artists.join(', ')).toBe(artist);
      expect(durationMs === undefined || (Number.isFinite(durationMs) && durationMs > 0)).toBe(true);
    }
    // Every row has its number once.
    expect(new Set(skipped.map(({ row }) => row)).size).toBe(skipped.length);
    for (const { row, reason } of skipped) {
      expect(row).toBeGreaterThan(0);
      expect(reason).not.toBe('');
    }
  }
}

const beginnings = [
  '',
  '#EXTM3U\n#PLAYLIST:x\n#EXTINF:1,',
  '<?xml version="1.0"?><!DOCTYPE plist><plist version="1.0"><dict><key>Tracks</key><dict>',
  '{"tracks": [',
  '["',
  'Video ID,Time Added\n',
  'Playlist Id,Title\nPL,',
  'Name\tArtist\n',
  'Track name,Artist name,Playlist name\n',
  '1. a - b\n2. ',
];
const names = [
  'a.txt',
  'a.m3u',
  'a.m3u8',
  'a.xml',
  'a.tsv',
  'a.csv',
  'a.spotdl',
  'a.json',
  'a',
  'standard input',
];

test(`any text of any name is lists or is refused with a sentence (seed ${testSeed})`, async () => {
  const text = fc
    .tuple(
      fc.constantFrom(...beginnings),
      fc.array(hostileText, { maxLength: 6 }),
      fc.constantFrom('\n', '\r\n', '\r', '\t', ','),
    )
    .map(([beginning, parts, mark]) => `${beginning}${parts.join(mark)}`);
  let read = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), text, fc.boolean(), async (name, content, wide) => {
      try {
        const lists = await listsOf(name, wide ? utf16(content) : content);
        read += 1;
        expectUsable(lists);
      } catch (error) {
        if (!(error instanceof HarmoniError)) throw error;
        expect(error.message).not.toBe('');
        expect(error.fix).not.toBe('');
      }
    }),
    { numRuns: 600 },
  );
  expect(read).toBeGreaterThan(0);
});

/** A name as people type it: no dash with spaces, no semicolon, no link, no quotes around it. */
const name = fc
  .array(
    fc.constantFrom(
      'Queen',
      'Björk',
      '99',
      'AC/DC',
      '椎名',
      'Tyler, The',
      'x',
      "o'clock",
      'a-b',
      '(live)',
      '&',
      '4:44',
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((words) => words.join(' '))
  .filter((text) => /[\p{L}\p{N}]/u.test(text));
const songs = fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 30 });

const numberings: readonly ((line: string, index: number) => string)[] = [
  (line) => line,
  (line, index) => `${index + 1}. ${line}`,
  (line, index) => `${String(index + 1).padStart(2, '0')} - ${line}`,
  (line, index) => `(${index + 1}) ${line}`,
];

test(`songs that were written on lines come back, in order, whatever is between and in front of them (seed ${testSeed})`, async () => {
  const layout = fc.record({
    number: fc.constantFrom(...numberings),
    dash: fc.constantFrom(' - ', ' – ', ' — ', '\t'),
    lineBreak: fc.constantFrom('\n', '\r\n', '\n\n', '\n# a comment - of somebody\n'),
    wide: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(songs, layout, async (written, { number, dash, lineBreak, wide }) => {
      const lines = written.map(([artist, title], index) => number(`${artist}${dash}${title}`, index));
      const text = lines.join(lineBreak);
      // A list of one line with a bare number may be an artist's: only clear numbers are taken away.
      fc.pre(written.length > 1 || number === numberings[0]);
      const list = await listOf('a.txt', wide ? utf16(text) : text);
      expect(list.skipped).toEqual([]);
      expect(list.tracks.map(({ artist, track }) => [artist, track])).toEqual(written);
    }),
    { numRuns: 200 },
  );
});

test(`an m3u gives back what its #EXTINF lines say (seed ${testSeed})`, async () => {
  const entries = fc.array(fc.tuple(name, name, fc.integer({ min: 1, max: 9000 })), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(entries, fc.constantFrom('\n', '\r\n'), async (written, lineBreak) => {
      const lines = written.flatMap(([artist, title, seconds], index) => [
        `#EXTINF:${seconds},${artist} - ${title}`,
        `folder\\${index}.mp3`,
      ]);
      const list = await listOf('a.m3u8', ['#EXTM3U', '#PLAYLIST:Mix', ...lines, ''].join(lineBreak));
      expect(list.name).toBe('Mix');
      expect(list.tracks.map(({ artist, track, durationMs }) => [artist, track, durationMs])).toEqual(
        written.map(([artist, title, seconds]) => [artist, title, seconds * 1000]),
      );
    }),
    { numRuns: 100 },
  );
});

test(`a column of playlist names divides the rows, and loses none (seed ${testSeed})`, async () => {
  const rows = fc.array(fc.tuple(name, name, fc.constantFrom('Rock; hard', 'Pop', '"Best"', '')), {
    minLength: 1,
  });
  await fc.assert(
    fc.asyncProperty(rows, async (written) => {
      const cells = written.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';'));
      const lists = await listsOf('a.csv', ['Track name;Artist name;Playlist name', ...cells].join('\r\n'));
      const expected = Map.groupBy(written, ([, , playlist]) => playlist || 'a');
      expect(lists.map((list) => [list.name, list.tracks.map(({ track }) => track)])).toEqual(
        [...expected].map(([playlist, group]) => [playlist, group.map(([title]) => title)]),
      );
    }),
    { numRuns: 100 },
  );
});

test(`numbers go from all lines that count or from none, and nothing else goes (seed ${testSeed})`, () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(hostileText, name), { maxLength: 20 }), (lines) => {
      const without = withoutNumbers(lines);
      expect(without).toHaveLength(lines.length);
      for (const [index, line] of without.entries()) expect(lines[index]?.endsWith(line)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test(`any line is a song, a link or a reason (seed ${testSeed})`, () => {
  const links = fc.constantFrom(
    'https://youtu.be/',
    'spotify:track:',
    'soundcloud.com/a/',
    'https://tidal.com/',
    'www.',
  );
  const line = fc.oneof(
    hostileText,
    fc.tuple(hostileText, links, hostileText).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(line, (text) => {
      const read = readSongLine(text);
      if ('track' in read) expect(read.track.track).not.toBe('');
      else if ('skipped' in read) expect(read.skipped.reason).not.toBe('');
      else expect(text).toContain(read.link);
    }),
    { numRuns: 500 },
  );
});
