import { describe, expect, test } from 'vitest';
import { trackKeys } from '../../src/tracks/identity.ts';
import { keyOfOwnId, ownIdOf } from '../../src/tracks/own-id.ts';
import type { Track } from '../../src/tracks/track.ts';
import { video } from '../helpers/media.ts';

const track = (more: Partial<Track> = {}): Track => ({
  artists: ['A|C', 'B'],
  artist: 'A|C, B',
  track: 'One | Two (Live)',
  ...more,
});
const upload = video('aaaaaaaaaaa');

describe('HARMONI_ID', () => {
  test.each<[string, Track, string | undefined]>([
    ['the Spotify URI says it already', track({ spotifyUri: 'spotify:track:1' }), undefined],
    ['the ISRC says it already', track({ isrc: 'ZZTST1900001' }), undefined],
    ['the upload is the one that the list names', track({ media: upload }), undefined],
    ['another upload was taken', track({ media: video('bbbbbbbbbbb') }), 'youtube:bbbbbbbbbbb'],
    ['there is only a name', track(), 'name:A C|One | Two (Live)'],
    ['there is only a title', track({ artists: [], artist: '' }), 'name:|One | Two (Live)'],
    ['there is nothing', track({ artists: [], artist: '', track: '' }), undefined],
  ])('where %s: %3$s', (_what, one, id) => {
    expect(ownIdOf(one, upload)).toBe(id);
    if (id !== undefined) expect(trackKeys(one)).toContain(keyOfOwnId(id));
  });

  test.each(['', 'name:', 'name:x', 'name:|', 'x', 'isrc:', 'youtube:'])(
    'that somebody else wrote says nothing: %j',
    (text) => expect(keyOfOwnId(text)).toBeUndefined(),
  );
});
