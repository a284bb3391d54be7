import { describe, expect, test } from 'vitest';
import {
  parseRecording,
  parseRelease,
  parseSearch,
  type Recording,
} from '../../../src/enrich/musicbrainz/answers.ts';
import { genresOf } from '../../../src/enrich/musicbrainz/genres.ts';
import { pickRecording } from '../../../src/enrich/musicbrainz/pick-recording.ts';
import { pickRelease } from '../../../src/enrich/musicbrainz/pick-release.ts';
import { escapeTerm, textSearch } from '../../../src/enrich/musicbrainz/questions.ts';
import { readSong, type SoughtSong } from '../../../src/enrich/musicbrainz/song.ts';
import { uuid, type MbRelease } from '../../stand-ins/musicbrainz-catalogue.ts';
import { createBench } from './set-up.ts';
import { alice, isrc, recording, release, song } from './songs.ts';

const { signal } = new AbortController();

/** A recording as a search has it. */
function hit(more: Record<string, unknown> = {}): Recording {
  const credit = [{ name: 'Alice Example', artist: { id: alice.id, name: 'Alice Example' } }];
  const parsed = parseRecording({
    id: 'a',
    title: 'Song 1',
    length: 200_000,
    'artist-credit': credit,
    ...more,
  });
  if (parsed === undefined) throw new Error('no recording');
  return parsed;
}

const sought = (more: Record<string, readonly string[]> = {}): SoughtSong => readSong(song(1, more));
const other = [{ name: 'Bob', artist: { id: uuid(2), name: 'Bob' } }];

describe('a recording with the ISRC', () => {
  test.each<[string, Record<string, unknown>, boolean]>([
    ['of the same names and length', {}, true],
    ['by others', { 'artist-credit': other }, true],
    ['with another title', { title: 'Canción 1' }, true],
    ['with nothing in common but the length', { title: 'Else', 'artist-credit': other }, false],
    ['four seconds longer', { length: 204_500 }, false],
    ['of unknown length', { length: null }, true],
    ['of unknown length, by others', { length: null, 'artist-credit': other }, false],
    ['of a live album, whose title says nothing', { disambiguation: 'live, 1999: Berlin' }, true],
  ])('%s', (_, more, isTaken) => {
    expect(pickRecording(sought(), [hit(more)], 'isrc') !== undefined).toBe(isTaken);
  });

  test('is the plain one of several, whatever their order', () => {
    const all = [
      hit({ id: 'b', disambiguation: 'Dolby Atmos mix' }),
      hit({ id: 'c', video: true }),
      hit({
        id: 'd',
        releases: [{ id: uuid(9), title: 'First Album (Deluxe Edition)', status: 'Official' }],
      }),
      hit({ id: 'e', releases: [{ id: uuid(8), title: 'Hits', status: 'Official' }] }),
    ];
    expect(pickRecording(sought(), all, 'isrc')?.id).toBe('d');
    expect(pickRecording(sought(), all.toReversed(), 'isrc')?.id).toBe('d');
  });
});

describe('a recording of the names', () => {
  const album = [{ id: uuid(9), title: 'First Album' }];
  const live = { TITLE: ['Song 1 (Live)'] };
  test.each<[string, Record<string, unknown>, Record<string, readonly string[]>, boolean]>([
    ['of the same length', {}, {}, true],
    ['of another length', { length: 210_000 }, {}, false],
    ['of unknown length, on the album', { length: undefined, releases: album }, {}, true],
    ['of unknown length, on another one', { length: undefined }, {}, false],
    ['by others', { 'artist-credit': other }, {}, false],
    ['live, and the song is not', { disambiguation: 'live, 1999' }, {}, false],
    ['live, and so is the song', { disambiguation: 'live, 1999', releases: album }, live, true],
    ['live, and so is the song of another album', { disambiguation: 'live, 1999' }, live, false],
    ['a remaster', {}, { TITLE: ['Song 1 - Remastered 2011'] }, true],
    ['a remix', { title: 'Song 1 (Bob remix)' }, {}, false],
    [
      'with a guest in the credit',
      { 'artist-credit': [{ name: 'Alice Example', joinphrase: ' feat. ' }, ...other] },
      { TITLE: ['Song 1 (feat. Bob)'] },
      true,
    ],
    ['a video', { video: true }, {}, false],
  ])('%s', (_, more, tags, isTaken) => {
    expect(pickRecording(sought(tags), [hit(more)], 'text') !== undefined).toBe(isTaken);
  });
});

describe('the album', () => {
  const on = (releases: readonly Record<string, unknown>[]): Recording => hit({ releases });
  const group = (primary: string | null, secondary: readonly string[] = []) => ({
    'release-group': { id: uuid(7), 'primary-type': primary, 'secondary-types': secondary },
    status: 'Official',
  });
  const pick = (tags: Record<string, readonly string[]>, releases: readonly Record<string, unknown>[]) => {
    const picked = [releases, releases.toReversed()].map(
      (all) => pickRelease([{ song: sought(tags), recording: on(all) }])?.id,
    );
    expect(picked[0]).toBe(picked[1]);
    return picked[0];
  };
  const unnamed = { ALBUM: [], ALBUMARTIST: [] };

  test.each<
    [string, Record<string, readonly string[]>, readonly Record<string, unknown>[], string | undefined]
  >([
    [
      'has its name',
      {},
      [
        { id: 'a', title: 'Hits' },
        { id: 'b', title: 'First Album' },
      ],
      'b',
    ],
    ['has its name without the edition', {}, [{ id: 'a', title: 'First Album (Deluxe Edition)' }], 'a'],
    [
      'is the edition of that name',
      { ALBUM: ['First Album (Deluxe)'] },
      [
        { id: 'a', title: 'First Album' },
        { id: 'b', title: 'First Album (Deluxe)' },
      ],
      'b',
    ],
    ['is none of another name', {}, [{ id: 'a', title: 'Second Album' }], undefined],
    [
      'is of that year',
      { DATE: ['2011'] },
      [
        { id: 'a', title: 'First Album', date: '1999-01-01' },
        { id: 'b', title: 'First Album', date: '2011-05' },
      ],
      'b',
    ],
    [
      'is no bootleg',
      {},
      [
        { id: 'a', title: 'First Album', status: 'Bootleg' },
        { id: 'b', title: 'First Album', status: 'Pseudo-Release' },
      ],
      undefined,
    ],
    [
      'comes before a single',
      unnamed,
      [
        { id: 'a', title: 'Song 1', ...group('Single') },
        { id: 'b', title: 'X', ...group('Album') },
      ],
      'b',
    ],
    [
      'comes before a compilation',
      unnamed,
      [
        { id: 'a', title: 'X', ...group('Album', ['Compilation']) },
        { id: 'b', title: 'Y', ...group('EP') },
      ],
      'b',
    ],
    [
      'is the earliest',
      unnamed,
      [
        { id: 'a', title: 'X', ...group('Album'), date: '2001-01-02' },
        { id: 'b', title: 'X', ...group('Album'), date: '2000-01-02' },
      ],
      'b',
    ],
    [
      'has an exact date before a year',
      unnamed,
      [
        { id: 'a', title: 'X', ...group('Album'), date: '2000' },
        { id: 'b', title: 'X', ...group('Album'), date: '2001-01-02' },
      ],
      'b',
    ],
    [
      'is of the world',
      unnamed,
      [
        { id: 'a', title: 'X', ...group('Album'), country: 'DE' },
        { id: 'b', title: 'X', ...group('Album'), country: 'XW' },
      ],
      'b',
    ],
    [
      'is the first by id of equal ones',
      unnamed,
      [
        { id: 'b', title: 'X', ...group(null) },
        { id: 'a', title: 'X', ...group(null) },
      ],
      'a',
    ],
  ])('%s', (_, tags, releases, id) => {
    expect(pick(tags, releases)).toBe(id);
  });

  test('is that with all the songs, before one with some', () => {
    const songs = [1, 2].map((number) => readSong(song(number)));
    const both = [{ id: 'b', title: 'First Album', date: '1990' }];
    const [one, two] = [on([{ id: 'a', title: 'First Album', date: '2019-05-31' }, ...both]), on(both)];
    const found = songs.map((own, at) => ({ song: own, recording: at === 0 ? one : two }));
    expect(pickRelease(found)?.id).toBe('b');
  });
});

test.each([
  ['AC/DC', String.raw`ac\/dc`],
  ['What? (Yes) -', String.raw`what\? \(yes\) \-`],
  [String.raw`A "B" \ C: D*~^`, String.raw`a \"b\" \\ c\: d\*\~\^`],
  ['A && B || C ! [D] {E} + F', String.raw`a \&\& b \|\| c \! \[d\] \{e\} \+ f`],
  ['This OR That', 'this or that'],
])('a search says %j as %j', (text, term) => expect(escapeTerm(text)).toBe(term));

test('a search without a title or an artist is not asked for', () => {
  expect(textSearch({ title: '', artists: ['A'] })).toBeUndefined();
  expect(textSearch({ title: 'A', artists: [] })).toBeUndefined();
  expect(textSearch({ title: 'x'.repeat(3_000), artists: ['A'] })).toBeUndefined();
  expect(
    decodeURIComponent(
      textSearch({ title: 'A (feat. B) - Live', artists: ['C', 'D'], durationMs: 5_000 }) ?? '',
    ),
  ).toContain('recording:("a") AND artist:("c") AND dur:[0 TO 15000]');
});

test.each([
  ["(I Can't) Sing (feat. B) - Mono Version", "(i can't) sing"],
  ['Song - Remastered 2011', 'song'],
  ['(Part Two)', '(part two)'],
])('%j is searched for by its name', (title, name) => {
  const path = decodeURIComponent(textSearch({ title, artists: ['A'] }) ?? '');
  expect(path).toContain(`recording:("${escapeTerm(name)}")`);
});

test.each<[Record<string, readonly string[]>, readonly string[]]>([
  [{ ARTIST: ['A feat. B & C'] }, ['A feat. B & C', 'A', 'B', 'C']],
  [{ ARTIST: ['A, B'], ARTISTS: ['A', 'B'] }, ['A', 'B', 'A, B']],
  [{ ARTIST: ['A'] }, ['A']],
  [{ ARTIST: [] }, []],
])('the artists of %j', (tags, artists) => expect(sought(tags).artists).toEqual(artists));

test('genres are those that most gave, of the first level that has any', () => {
  const of = (...names: [string, number][]) => names.map(([name, count]) => ({ name, count }));
  expect(genresOf([{ genres: [] }, { genres: of(['a', 1], ['b', 4], ['c', 2], ['d', 2]) }])).toEqual([
    'b',
    'c',
    'd',
  ]);
  expect(genresOf([{ genres: of(['a', 0]), tags: of(['seen live', 9], ['rock', 1], ['2018', 3]) }])).toEqual([
    'rock',
  ]);
  expect(genresOf([{ genres: 'x' }, {}])).toEqual([]);
});

describe('an answer of another shape', () => {
  test.each([undefined, null, 7, 'x', [], {}, { recordings: 'x' }, { recordings: [null, 7, {}, { id: 5 }] }])(
    'has no recordings: %j',
    (answer) => {
      expect(parseSearch(answer).recordings.map(parseRecording).filter(Boolean)).toEqual([]);
      expect(parseRelease(answer)).toBeUndefined();
    },
  );

  test('loses only what is odd', () => {
    const odd = parseRecording({
      id: 'a',
      title: null,
      length: '200000',
      score: '100',
      video: 'no',
      isrcs: ['A', 7],
      'first-release-date': '',
      'artist-credit': [{ name: 'A' }, 7, { joinphrase: 'x' }],
      releases: [
        { id: 'r', date: '2018-13', media: [{ track: [{ id: 't', number: 'A2' }, {}] }], 'release-group': 7 },
        'x',
      ],
      relations: { x: 1 },
    });
    expect(odd).toMatchObject({
      id: 'a',
      title: '',
      isrcs: ['A'],
      'artist-credit': [{ name: 'A' }],
      relations: [],
    });
    expect(odd?.length).toBeUndefined();
    expect(odd?.releases).toMatchObject([{ id: 'r', media: [{ track: [{ number: 'A2' }] }] }]);
  });

  test('still gives the facts that are there', async () => {
    const bare: MbRelease = { ...release(1, [1]), date: '', group: { id: uuid(2_001), primary: null } };
    const { facts } = await createBench(
      { recordings: [recording(1)], releases: [{ ...bare, country: 'XW' }] },
      {
        spoil: (_, json): unknown =>
          JSON.parse(JSON.stringify(json).replaceAll(/"(?:status|length|track-count)":[^,}]+,/g, '')),
      },
    );
    const { found } = await facts.factsFor([song(1)], signal);
    const { properties = {} } = found.get('song 1') ?? {};
    expect(properties).toMatchObject({ MUSICBRAINZ_ALBUMID: [uuid(1_001)], RELEASECOUNTRY: ['XW'] });
    expect(Object.keys(properties)).not.toContain('ORIGINALDATE');
  });
});

test('a batch with more recordings than an answer holds is asked for in halves', async () => {
  const crowd = Array.from({ length: 130 }, (_, index) =>
    recording(1, { id: uuid(5_000 + index), isrcs: [isrc((index % 2) + 1)], length: 100_000 }),
  );
  const { facts, service } = await createBench({
    recordings: [recording(1), recording(2), ...crowd],
    releases: [release(1, [1, 2])],
  });
  const { found } = await facts.factsFor([song(1), song(2)], signal);
  expect([...found.keys()].sort()).toEqual(['song 1', 'song 2']);
  expect(service.requests.filter((path) => path.includes('isrc:'))).toHaveLength(3);
});
