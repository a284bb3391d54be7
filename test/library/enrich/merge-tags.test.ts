import { expect, test } from 'vitest';
import { albumWise, mergeTags } from '../../../src/library/enrich/merge-tags.ts';
import type { FactChange } from '../../../src/tracks/fact-change.ts';

const change = (field: string, after: string, before = '', source = 'playlist'): FactChange => ({
  field,
  before: before === '' ? [] : [before],
  after: [after],
  source,
});

test.each([
  ['a missing tag is added', {}, [change('LABEL', 'One')], ['LABEL=One']],
  ['an empty tag is missing', { LABEL: [' '] }, [change('LABEL', 'One')], ['LABEL=One']],
  ['a tag that is there stays', { LABEL: ['Mine'] }, [change('LABEL', 'One', 'Mine')], []],
  ['an empty value is nothing', {}, [change('LABEL', ' ')], []],
  ['the surest comes first', {}, [change('LABEL', 'One'), change('LABEL', 'Two')], ['LABEL=One']],
  ['the same is no change', { LABEL: ['One'] }, [change('LABEL', 'One', 'One')], []],
  ['a year becomes its day', { DATE: ['1999'] }, [change('DATE', '1999-06-21', '1999')], ['DATE=1999-06-21']],
  ['a day never becomes a year', { DATE: ['1999-06-21'] }, [change('DATE', '1999', '1999-06-21')], []],
  ['another year is none', { DATE: ['1999'] }, [change('DATE', '2001-01-01', '1999')], []],
  ['a year that nobody saw stays', { DATE: ['1999'] }, [change('DATE', '1999-06-21')], []],
  [
    "MusicBrainz' id gives way to the one it has become",
    { MUSICBRAINZ_TRACKID: ['a'] },
    [change('MUSICBRAINZ_TRACKID', 'b', 'a')],
    ['MUSICBRAINZ_TRACKID=b'],
  ],
  [
    "Spotify's own facts stay",
    { ISRC: ['A'], SPOTIFY_URI: ['u'] },
    [change('ISRC', 'B', 'A'), change('SPOTIFY_URI', 'v', 'u')],
    [],
  ],
] as const)('%s', (_what, present, found, expected) => {
  expect(mergeTags(present, found).map(({ field, after }) => `${field}=${after.join()}`)).toEqual(expected);
});

const song = (present: Record<string, string>, ...changes: FactChange[]) => ({
  present: Object.fromEntries(Object.entries(present).map(([name, value]) => [name, [value]])),
  changes,
});

test('an album gets its id and its dates for all songs, or for none', () => {
  const [id, label] = [change('MUSICBRAINZ_ALBUMID', 'r1'), change('LABEL', 'One')];
  const fields = (...album: ReturnType<typeof song>[]): string[] =>
    albumWise(album).map((changes) => changes.map(({ field }) => field).join());
  expect(fields(song({}, id, label), song({}, id))).toEqual([
    'MUSICBRAINZ_ALBUMID,LABEL',
    'MUSICBRAINZ_ALBUMID',
  ]);
  expect(fields(song({}, id, label), song({}))).toEqual(['LABEL', '']);
  expect(fields(song({}, id), song({ MUSICBRAINZ_ALBUMID: 'r1' }))).toEqual(['MUSICBRAINZ_ALBUMID', '']);
  expect(fields(song({}, id), song({ MUSICBRAINZ_ALBUMID: 'r2' }))).toEqual(['', '']);
  const [may, june] = [change('DATE', '1999-05'), change('DATE', '1999-06')];
  expect(fields(song({}, may), song({}, june))).toEqual(['', '']);
  expect(fields(song({}, june), song({ DATE: '1999-06' }))).toEqual(['DATE', '']);
});
