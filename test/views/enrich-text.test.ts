import { expect, test } from 'vitest';
import type { Shown } from '../../src/library/enrich/find-tags.ts';
import { enrichLines, sourceName } from '../../src/views/enrich-text.ts';

const song = (title: string): Shown['song'] => ({
  file: { path: `/m/${title}.opus`, sizeBytes: 1, modifiedMs: 1, downloaded: true },
  facts: { title, artist: 'A', artists: ['A'], genres: [], isrcs: [], hasCover: false },
  lists: [],
});

test('what is found is shown by tag, the most frequent first, with an example and its source', () => {
  const label = { field: 'LABEL', before: [], after: ['One'], source: 'musicbrainz:release/1' };
  const date = {
    field: 'ORIGINALDATE',
    before: ['1999'],
    after: ['1999-06-21'],
    source: 'musicbrainz:release/1',
  };
  const lines = enrichLines([
    { song: song('One'), changes: [date, label], cover: undefined, lrc: undefined },
    { song: song('Two'), changes: [label], cover: { source: 'coverart:1' }, lrc: '[00:01]la' },
  ]);
  expect(lines.map(({ text }) => text)).toEqual([
    '  label: 2 songs',
    '    A - One: One (MusicBrainz)',
    '  originaldate: 1 song',
    '    A - One: 1999 -> 1999-06-21 (MusicBrainz)',
    '  cover: 1 song',
    '    A - Two (the Cover Art Archive)',
    '  lrc file: 1 song',
    '    A - Two (LRCLIB)',
  ]);
});

test('a long text is cut, and a source without a name is called as it is', () => {
  const words = { field: 'COMMENT', before: [], after: ['word '.repeat(30)], source: 'elsewhere:1' };
  const [, line] = enrichLines([{ song: song('One'), changes: [words], cover: undefined, lrc: undefined }]);
  expect(line?.text.length).toBeLessThan(80);
  expect(sourceName('elsewhere:1')).toBe('elsewhere');
});
