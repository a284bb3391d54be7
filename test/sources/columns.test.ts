import { describe, expect, test } from 'vitest';
import { readColumns, tagName } from '../../src/sources/columns.ts';

test.each([
  ['Track Preview URL', 'PREVIEW_URL'],
  ['Artist URI(s)', 'ARTIST_URIS'],
  ['Duration (ms)', 'DURATION_MS'],
  ['Énergie', 'ENERGIE'],
  ['albumType', 'ALBUM_TYPE'],
  ['TITLE=evil\n\u0000', 'TITLE_EVIL'],
  ['人気度', ''],
])('the tag name of %j', (header, tag) => {
  expect(tagName(header)).toBe(tag);
});

describe('columns', () => {
  test('are known by their name in any case and punctuation', () => {
    const headers = ['TRACK NAME', 'artist_names', ' Artist Name(s) ', 'Track Duration (ms)', 'addedDate'];
    expect(readColumns(headers).map(({ field }) => field)).toEqual([
      'track',
      'artists',
      'artists',
      'durationMs',
      'addedAt',
    ]);
  });

  test('have a tag name each', () => {
    expect(readColumns(['Mood', 'mood', '人気度', '', 'Mood 2', 'mood']).map(({ tag }) => tag)).toEqual([
      'MOOD',
      'MOOD_2',
      'COLUMN_3',
      'COLUMN_4',
      'MOOD_2_2',
      'MOOD_3',
    ]);
  });
});
