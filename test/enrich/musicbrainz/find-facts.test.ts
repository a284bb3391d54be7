import { describe, expect, test } from 'vitest';
import { uuid } from '../../stand-ins/musicbrainz-catalogue.ts';
import { createBench } from './set-up.ts';
import { alice, artist, isrc, recording, release, song } from './songs.ts';

const { signal } = new AbortController();

const byArtist = (type: string, name: string, number: number) => ({
  type,
  'target-type': 'artist',
  direction: 'backward',
  attributes: [],
  artist: { id: uuid(number), name },
});
const performanceOf = (id: string, relations: readonly unknown[]) => ({
  type: 'performance',
  'target-type': 'work',
  attributes: [],
  work: { id, title: 'Work', relations },
});

describe('the songs of an album', () => {
  const catalogue = {
    recordings: [
      recording(1, {
        genres: [
          { name: 'dream pop', count: 3 },
          { name: 'pop', count: 5 },
          { name: 'disliked', count: 0 },
        ],
        relations: [
          byArtist('producer', 'Paula Producer', 11),
          byArtist('mix', 'Max Mixer', 12),
          byArtist('remixer', 'Rita Remixer', 13),
          byArtist('member of band', 'Nobody', 14),
          performanceOf(uuid(50), [
            byArtist('composer', 'Carl Composer', 15),
            byArtist('lyricist', 'Lena Lyricist', 16),
          ]),
        ],
      }),
      recording(2, { relations: [performanceOf(uuid(51), [byArtist('writer', 'Wendy Writer', 17)])] }),
    ],
    releases: [
      release(1, [1, 2], {
        barcode: '0123456789012',
        labels: [{ name: 'Example Records', number: 'EX-1' }],
        group: {
          id: uuid(2_001),
          first: '2018-03-02',
          secondary: ['Live'],
          genres: [{ name: 'folk', count: 1 }],
        },
      }),
    ],
  };

  test('get what their tags lack, and all of them the same release', async () => {
    const { facts, service } = await createBench(catalogue);
    const { found, stopped } = await facts.factsFor([song(1), song(2)], signal);
    expect(stopped).toBeUndefined();
    expect(found.get('song 1')).toMatchObject({
      recordingId: uuid(101),
      releaseId: uuid(1_001),
      foundBy: 'isrc',
    });
    expect(found.get('song 1')?.properties).toEqual({
      MUSICBRAINZ_TRACKID: [uuid(101)],
      MUSICBRAINZ_ARTISTID: [alice.id],
      MUSICBRAINZ_ALBUMID: [uuid(1_001)],
      MUSICBRAINZ_ALBUMARTISTID: [alice.id],
      MUSICBRAINZ_RELEASEGROUPID: [uuid(2_001)],
      MUSICBRAINZ_RELEASETRACKID: [expect.stringMatching(/^[0-9a-f-]{36}$/)],
      MUSICBRAINZ_WORKID: [uuid(50)],
      RELEASETYPE: ['album', 'live'],
      RELEASESTATUS: ['official'],
      RELEASECOUNTRY: ['XW'],
      ORIGINALDATE: ['2018-03-02'],
      ORIGINALYEAR: ['2018'],
      MEDIA: ['Digital Media'],
      LABEL: ['Example Records'],
      CATALOGNUMBER: ['EX-1'],
      BARCODE: ['0123456789012'],
      GENRE: ['pop', 'dream pop'],
      PRODUCER: ['Paula Producer'],
      MIXER: ['Max Mixer'],
      REMIXER: ['Rita Remixer'],
      COMPOSER: ['Carl Composer'],
      LYRICIST: ['Lena Lyricist'],
    });
    expect(found.get('song 2')?.properties).toMatchObject({
      MUSICBRAINZ_ALBUMID: [uuid(1_001)],
      GENRE: ['folk'],
      WRITER: ['Wendy Writer'],
      COMPOSER: ['Wendy Writer'],
    });
    // One search for both, one look at their album.
    expect(service.requests).toHaveLength(2);
    expect(service.tooEarly()).toBe(0);
    expect([...service.userAgents]).toEqual([
      expect.stringMatching(/^HARMONI\/\d+\.\d+\.\d+ \( https:\/\/\S+ \)$/),
    ]);
  });

  test('every change says what was there and where it comes from', async () => {
    const { facts } = await createBench(catalogue);
    const { found } = await facts.factsFor([song(1), song(2)], signal);
    const changes = found.get('song 1')?.changes ?? [];
    expect(changes).toContainEqual({
      field: 'LABEL',
      before: [],
      after: ['Example Records'],
      source: `musicbrainz:release/${uuid(1_001)}`,
    });
    expect(changes).toContainEqual({
      field: 'COMPOSER',
      before: [],
      after: ['Carl Composer'],
      source: `musicbrainz:recording/${uuid(101)}`,
    });
  });

  test('keep what they have', async () => {
    const { facts } = await createBench(catalogue);
    const own = { LABEL: ['Mine'], GENRE: ['noise'], ORIGINALDATE: ['2018'], ALBUMARTIST: ['A. Example'] };
    const { found } = await facts.factsFor([song(1, own), song(2, { ORIGINALDATE: ['1999'] })], signal);
    const { properties = {} } = found.get('song 1') ?? {};
    for (const name of [
      'TITLE',
      'ARTIST',
      'ALBUM',
      'ALBUMARTIST',
      'DATE',
      'TRACKNUMBER',
      'ISRC',
      'LABEL',
      'GENRE',
    ])
      expect(properties).not.toHaveProperty(name);
    // More exact, and the same year.
    expect(properties['ORIGINALDATE']).toEqual(['2018-03-02']);
    // These differ in their album artist: an album each.
    expect(found.get('song 2')?.properties).not.toHaveProperty('ORIGINALDATE');
  });

  test('get no release where one of them is on none of its recordings', async () => {
    const { facts } = await createBench(catalogue);
    const { found } = await facts.factsFor([song(1), song(2), song(3)], signal);
    expect(found.get('song 1')?.properties).toMatchObject({
      MUSICBRAINZ_TRACKID: [uuid(101)],
      COMPOSER: ['Carl Composer'],
    });
    expect(found.get('song 1')?.properties).not.toHaveProperty('MUSICBRAINZ_ALBUMID');
    expect(found.get('song 1')?.properties).not.toHaveProperty('ORIGINALDATE');
    expect(found.get('song 3')).toBeUndefined();
  });

  test('are found by their place on it where their ISRC is wrong or unknown', async () => {
    const { facts } = await createBench(catalogue);
    const second = song(2, { ISRC: [isrc(77)], TITLE: ['Song 2 (Live)'] });
    const { found } = await facts.factsFor([song(1), second], signal);
    expect(found.get('song 2')).toMatchObject({
      recordingId: uuid(102),
      releaseId: uuid(1_001),
      foundBy: 'album',
    });
  });
});

test('a song without an album gets the one that it was on first', async () => {
  const { facts } = await createBench({
    recordings: [recording(1)],
    releases: [
      release(3, [1], {
        title: 'Hits',
        date: '2017-01-01',
        group: { id: uuid(2_003), secondary: ['Compilation'] },
      }),
      release(4, [1], { title: 'Song 1', date: '2018-01-01', group: { id: uuid(2_004), primary: 'Single' } }),
      release(1, [9, 1], {
        title: 'First Album',
        artists: [artist(1, 'Alice Example', { joinphrase: ' & ' }), artist(2, 'Bob')],
      }),
      release(2, [9, 1], { status: 'Bootleg', date: '2016-01-01' }),
    ],
  });
  const bare = song(1);
  const { TITLE, ARTIST, ISRC } = bare.properties;
  const { found } = await facts.factsFor(
    [{ ...bare, properties: { TITLE: TITLE ?? [], ARTIST: ARTIST ?? [], ISRC: ISRC ?? [] } }],
    signal,
  );
  expect(found.get('song 1')?.properties).toMatchObject({
    ALBUM: ['First Album'],
    ALBUMARTIST: ['Alice Example & Bob'],
    ALBUMARTISTS: ['Alice Example', 'Bob'],
    DATE: ['2019-05-31'],
    TRACKNUMBER: ['2/2'],
  });
});

test('what was merged is called as it is today, in the tags too', async () => {
  const { facts } = await createBench({
    recordings: [recording(1)],
    releases: [release(1, [1])],
    merged: { [uuid(901)]: uuid(101), [uuid(902)]: uuid(1_001) },
  });
  const tags = { MUSICBRAINZ_TRACKID: [uuid(901)], MUSICBRAINZ_ALBUMID: [uuid(902)], ISRC: [] };
  const { found } = await facts.factsFor([song(1, tags)], signal);
  const { changes = [], foundBy } = found.get('song 1') ?? {};
  expect(foundBy).toBe('id');
  expect(changes).toContainEqual(
    expect.objectContaining({ field: 'MUSICBRAINZ_TRACKID', before: [uuid(901)], after: [uuid(101)] }),
  );
  expect(changes).toContainEqual(
    expect.objectContaining({ field: 'MUSICBRAINZ_ALBUMID', before: [uuid(902)], after: [uuid(1_001)] }),
  );
});

test('what was asked before is not asked again, by another HARMONI either', async () => {
  const { facts, again, service, clock } = await createBench({
    recordings: [recording(1)],
    releases: [release(1, [1])],
  });
  const songs = [song(1), song(2)];
  await facts.factsFor(songs, signal);
  const asked = service.requests.length;
  expect((await again().factsFor(songs, signal)).found.size).toBe(1);
  expect(service.requests).toHaveLength(asked);
  // What isn't there may come; what is there stays longer.
  clock.pass(31 * 24 * 3_600_000);
  await again().factsFor(songs, signal);
  expect(service.requests.slice(asked).join('\n')).toContain(isrc(2));
  expect(service.requests.slice(asked).join('\n')).not.toContain(isrc(1));
});
