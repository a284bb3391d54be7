import { describe, expect, test } from 'vitest';
import { fieldsOfFormat, tagFieldsOf } from '../../src/downloads/tag-fields.ts';
import type { Track } from '../../src/tracks/track.ts';
import { video } from '../helpers/media.ts';

const whole: Track = {
  artists: ['One', 'Two'],
  artist: 'One, Two',
  track: 'Song',
  album: 'Album',
  albumArtists: ['One', 'Three'],
  releaseDate: '2019-05',
  durationMs: 200_000,
  trackNumber: 3,
  trackTotal: 12,
  discNumber: 1,
  discTotal: 2,
  isrc: 'ZZTST1900001',
  explicit: false,
  genres: ['pop', 'rock'],
  label: 'Label',
  copyright: '(C) 2019',
  tempo: 119.6,
  key: 9,
  mode: 0,
  energy: 0.5,
  spotifyUri: 'spotify:track:1',
  coverUrl: 'https://x/y.jpg',
  addedAt: '2020-01-01T00:00:00Z',
  extra: { DANCEABILITY: '0.7' },
};

describe('the comprehensive template', () => {
  test('leaves nothing out that the source knew', () => {
    const { properties } = tagFieldsOf(whole, 'comprehensive', video('aaaaaaaaaaa'));
    expect(properties).toEqual({
      TITLE: ['Song'],
      ARTIST: ['One, Two'],
      ALBUM: ['Album'],
      ISRC: ['ZZTST1900001'],
      SPOTIFY_URI: ['spotify:track:1'],
      YOUTUBE_ID: ['aaaaaaaaaaa'],
      ARTISTS: ['One', 'Two'],
      ALBUMARTIST: ['One, Three'],
      ALBUMARTISTS: ['One', 'Three'],
      DATE: ['2019-05'],
      TRACKNUMBER: ['3/12'],
      DISCNUMBER: ['1/2'],
      GENRE: ['pop', 'rock'],
      LABEL: ['Label'],
      COPYRIGHT: ['(C) 2019'],
      BPM: ['120'],
      INITIALKEY: ['Am'],
      ENERGY: ['0.5'],
      TEMPO: ['119.6'],
      EXPLICIT: ['0'],
      ADDED_AT: ['2020-01-01T00:00:00Z'],
      DANCEABILITY: ['0.7'],
    });
  });

  test('says of explicit songs that they are, as players read it, and of no other song that it was cleaned', () => {
    const of = (explicit: boolean) =>
      tagFieldsOf({ ...whole, explicit }, 'comprehensive', undefined).properties;
    expect(of(true)).toMatchObject({ EXPLICIT: ['1'], ITUNESADVISORY: ['1'] });
    expect(of(false)).toMatchObject({ EXPLICIT: ['0'] });
    expect(of(false)).not.toHaveProperty('ITUNESADVISORY');
  });

  test('has no empty tags for what nobody knew', () => {
    expect(tagFieldsOf({ artists: [], artist: '', track: '' }, 'comprehensive', undefined)).toEqual({
      properties: {},
    });
  });

  test.each<[Partial<Track>, string | undefined]>([
    [{ album: 'Album' }, 'One'],
    [{}, undefined],
    [{ album: 'Album', albumArtists: [] }, 'One'],
    [{ album: 'Album', albumArtists: ['Three'] }, 'Three'],
    [{ album: 'Album', artists: [], artist: '' }, undefined],
  ])('names the main artist for the album where the list names none: %j', (own, expected) => {
    const track = { artists: ['One', 'Two'], artist: 'One, Two', track: 'Song', ...own };
    const { properties } = tagFieldsOf(track, 'comprehensive', undefined);
    expect(properties['ALBUMARTIST']).toEqual(expected === undefined ? undefined : [expected]);
  });

  test.each([
    [['Various Artists'], true],
    [['varios artistas'], true],
    [['Various Artists', 'One'], false],
    [['Various Cruelties'], false],
    [undefined, false],
  ])('marks as a compilation only an album of various artists: %j', (albumArtists, isMarked) => {
    const track = { artists: ['One'], artist: 'One', track: 'Song', album: 'Album' };
    const whole = albumArtists === undefined ? track : { ...track, albumArtists };
    const { properties } = tagFieldsOf(whole, 'comprehensive', undefined);
    expect(properties['COMPILATION']).toEqual(isMarked ? ['1'] : undefined);
  });

  test('never says who added a song to a playlist', () => {
    const track = { ...whole, extra: { ADDED_BY: 'someone', added_by: 'someone' } };
    expect(JSON.stringify(tagFieldsOf(track, 'comprehensive', undefined))).not.toContain('someone');
  });

  test.each(['opus', 'ogg', 'flac'])('has totals in fields of their own in %s', (format) => {
    const own = { properties: { TITLE: ['1/2'], TRACKNUMBER: ['3/12'], DISCNUMBER: ['1'] } };
    expect(fieldsOfFormat(own, format)).toEqual({
      properties: { TITLE: ['1/2'], TRACKNUMBER: ['3'], TRACKTOTAL: ['12'], DISCNUMBER: ['1'] },
    });
    expect(fieldsOfFormat({ properties: {} }, format)).toEqual({ properties: {} });
  });

  test.each(['mp3', 'm4a', 'wav'])('has totals beside their numbers in %s', (format) => {
    const own = { properties: { TRACKNUMBER: ['3/12'], DISCNUMBER: ['1/2'] } };
    expect(fieldsOfFormat(own, format)).toEqual(own);
  });

  test('writes a total only with its number', () => {
    const total = { artists: ['One'], artist: 'One', track: 'Song', trackTotal: 12 };
    expect(tagFieldsOf(total, 'comprehensive', undefined).properties['TRACKNUMBER']).toBeUndefined();
  });
});

test('the basic template is what a player shows, and what HARMONI knows its files by', () => {
  expect(tagFieldsOf(whole, 'basic', video('aaaaaaaaaaa'))).toEqual({
    properties: {
      TITLE: ['Song'],
      ARTIST: ['One, Two'],
      ALBUM: ['Album'],
      ISRC: ['ZZTST1900001'],
      SPOTIFY_URI: ['spotify:track:1'],
      YOUTUBE_ID: ['aaaaaaaaaaa'],
    },
  });
});

test('the template for mixing is all but the cover', () => {
  const fields = tagFieldsOf(whole, 'dj-mix', video('aaaaaaaaaaa'));
  expect(tagFieldsOf(whole, 'comprehensive', video('aaaaaaaaaaa'))).toMatchObject(fields);
});

test.each([
  [0, 1, 'C'],
  [0, 0, 'Cm'],
  [6, 1, 'F#'],
  [3, undefined, 'Eb'],
  [11, 0, 'Bm'],
  [-1, 1, undefined],
  [12, 1, undefined],
])('the key %s in mode %s is %s', (key, mode, text) => {
  const track: Track = { artists: [], artist: '', track: 'x', key, ...(mode === undefined ? {} : { mode }) };
  expect(tagFieldsOf(track, 'dj-mix', undefined).properties['INITIALKEY']?.[0]).toBe(text);
});

test('a column of the source never replaces a tag of the track', () => {
  const extra = {
    TITLE: 'other',
    Artist: 'other',
    YOUTUBE_ID: 'other',
    ALBUMARTIST: 'other',
    METADATA_BLOCK_PICTURE: 'other',
    NOTE: 'kept',
  };
  const { properties } = tagFieldsOf({ ...whole, extra }, 'comprehensive', video('aaaaaaaaaaa'));
  expect(Object.values(properties).flat()).not.toContain('other');
  expect(properties['NOTE']).toEqual(['kept']);
});

test.each([
  ['NUL', 'So\u0000ng', 'Song'],
  ['a lone half of a pair', 'So\ud800ng', 'So\ufffdng'],
  ['escapes', '\u001b[31mSong', '[31mSong'],
  ['line breaks', 'So\r\nng', 'So ng'],
])('%s in a text is taken out', (_, text, tag) => {
  const { properties } = tagFieldsOf(
    { ...whole, track: text, extra: { NOTE: text } },
    'comprehensive',
    undefined,
  );
  expect(properties['TITLE']).toEqual([tag]);
  expect(properties['NOTE']).toEqual([tag]);
});

// TagLib writes none in ID3, and a file without its album looked damaged.
test('a blank text is no tag', () => {
  const { properties } = tagFieldsOf({ ...whole, album: '\u00a0\u2028' }, 'comprehensive', undefined);
  expect(properties['ALBUM']).toBeUndefined();
});
