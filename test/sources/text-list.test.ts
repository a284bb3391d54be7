import { describe, expect, test } from 'vitest';
import { HarmoniError } from '../../src/errors.ts';
import type { TrackList } from '../../src/tracks/track.ts';
import { failureOf } from './failure-of.ts';
import { listOf, nameOf, utf16 } from './read-text.ts';

const songs = 'Queen - Lazy\nBj\u00f6rk - J\u00f3ga\n';
const names = ['Queen | Lazy', 'Björk | Jóga'];
const read = async (content: string | Uint8Array, ...rest: [Parameters<typeof listOf>[2]?]) =>
  listOf('Evening.txt', content, ...rest);

describe('a text that is no list', () => {
  test.each([
    ['an empty file', '', 'Evening.txt is empty.'],
    ['blanks', '\n \n', 'Evening.txt contains only whitespace.'],
    ['comments alone', '# one\n#two\n', 'Evening.txt has no songs.'],
    ['dashes', '-----\n=====\n', 'Evening.txt has no songs. Its 2 rows are: no title (2).'],
    ['a web page', '<!doctype html><html>', 'Evening.txt is a saved web page, not a list of songs.'],
    ['a picture', Buffer.alloc(600, 0x81), "Evening.txt isn't a text file: it contains binary data."],
    ['a line without end', 'x'.repeat(1_100_000), 'Evening.txt has a row of more than 1 MiB, near line 1.'],
  ])('such as %s is refused with the reason', async (_, content, message) => {
    expect(await failureOf(read(content))).toMatchObject({ message });
  });

  test('for it has too many lines', async () => {
    expect(await failureOf(read('a - b\n'.repeat(100_001)))).toMatchObject({
      code: 'source-too-large',
      message: 'Evening.txt has more than 100,000 rows.',
    });
  });
});

describe('a text with a song on each line', () => {
  test.each<[string, string | Uint8Array]>([
    ['UTF-8', songs],
    ['a byte order mark', `\ufeff${songs}`],
    ['CRLF', songs.replaceAll('\n', '\r\n')],
    ['CR alone', songs.replaceAll('\n', '\r')],
    ['UTF-16LE', utf16(songs)],
    ['UTF-16BE', utf16(songs).swap16()],
    ['Windows-1252', Buffer.from(songs, 'latin1')],
    ['no last line break', songs.trimEnd()],
    ['blank lines and comments', `# my list\n\n${songs.replace('\n', '\n\n  # and\n')}\n`],
    ['numbers', `1. ${songs.replace('\n', '\n2. ')}`],
  ])('with %s is read', async (_, content) => {
    const list = await read(content);
    expect(list.tracks.map(nameOf)).toEqual(names);
    expect(list).toMatchObject({ name: 'Evening', skipped: [], folder: 'own' });
  });

  test('keeps what it cannot read, with the reason and the row', async () => {
    const list = await read('Queen - Lazy\n????\nhttps://www.qobuz.com/us-en/album/x/1\nBlack\n');
    expect(list.tracks.map(nameOf)).toEqual(['Queen | Lazy', ' | Black']);
    expect(list.skipped).toEqual([
      { row: 2, reason: 'no title', text: '????' },
      {
        row: 3,
        reason: "a link to Qobuz, which HARMONI can't read",
        text: 'https://www.qobuz.com/us-en/album/x/1',
      },
    ]);
  });

  test('may be a table under another name, with a tab or a semicolon', async () => {
    for (const mark of ['\t', ';', ',']) {
      const list = await read(`Title${mark}Artist\nLazy${mark}Deep Purple\n`);
      expect(list.tracks.map(nameOf)).toEqual(['Deep Purple | Lazy']);
    }
  });
});

describe('links in a text', () => {
  const playlist: TrackList = {
    name: 'Mix',
    tracks: [
      { artists: ['Queen'], artist: 'Queen', track: 'One' },
      { artists: ['Queen'], artist: 'Queen', track: 'Two' },
    ],
    skipped: [{ row: 2, reason: 'a private video', text: 'x' }],
    folder: 'own',
  };
  const link = 'https://www.youtube.com/playlist?list=PLx';

  test('give their songs in their place', async () => {
    const asked: string[] = [];
    const readLink = async (text: string) => {
      asked.push(text);
      return [playlist];
    };
    const list = await read(`A - First\n${link}\nhttps://youtu.be/fJ9rUzIMcZQ\nB - Last\n`, { readLink });
    expect(asked).toEqual([link]);
    expect(list.tracks.map(nameOf)).toEqual([
      'A | First',
      'Queen | One',
      'Queen | Two',
      ' | https://www.youtube.com/watch?v=fJ9rUzIMcZQ',
      'B | Last',
    ]);
    expect(list.skipped).toEqual([{ row: 4, reason: 'a private video', text: 'x' }]);
  });

  test('that lead nowhere cost only their row', async () => {
    const readLink = () => Promise.reject(new HarmoniError('source-not-found', 'There is no such playlist.'));
    const list = await read(`A - First\n${link}\nB - Last\n`, { readLink });
    expect(list.tracks.map(nameOf)).toEqual(['A | First', 'B | Last']);
    expect(list.skipped).toEqual([{ row: 2, reason: 'There is no such playlist.', text: link }]);
  });

  test('that need a sign-in say so', async () => {
    const readLink = () => Promise.reject(new HarmoniError('sign-in-needed', 'Sign in first.'));
    expect(await failureOf(read(`A - First\n${link}\n`, { readLink }))).toMatchObject({
      code: 'sign-in-needed',
    });
  });

  test('are told one by one while they are read, and no more after a stop', async () => {
    const told: number[] = [];
    const stop = new AbortController();
    const readLink = async () => {
      stop.abort(new Error('stopped'));
      return [playlist];
    };
    const reading = read(`${link}\n${link}2\n`, {
      signal: stop.signal,
      readLink,
      onProgress: ({ done }) => told.push(done),
    });
    await expect(reading).rejects.toThrow('stopped');
    expect(told).toEqual([0, 1]);
  });
});
