import { parseFile } from 'music-metadata';
import { expect, test } from 'vitest';
import { formats, lyrics, songsWithLyrics } from './lyrics-tags.ts';

test('lyrics are in the tags of every format once, line by line', async () => {
  const songs = await songsWithLyrics();
  const ids: Record<string, unknown> = {};
  for (const format of formats) {
    const { common, native } = await parseFile(songs[format]);
    expect(
      common.lyrics?.map(({ text }) => text),
      format,
    ).toEqual([lyrics]);
    const tags = Object.values(native).flat();
    const own = tags.filter(({ id }) => /lyr|uslt|sylt/i.test(id));
    ids[format] = own.map(({ id }) => id);
    // Players look for the text without a description.
    if (format === 'mp3' || format === 'wav')
      expect(own[0]?.value).toMatchObject({ language: 'XXX', descriptor: '' });
  }
  expect(ids).toEqual({
    mp3: ['USLT'],
    m4a: ['©lyr'],
    opus: ['LYRICS'],
    flac: ['LYRICS'],
    ogg: ['LYRICS'],
    wav: ['USLT'],
  });
});
