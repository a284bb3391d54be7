import { describe, expect, test } from 'vitest';
import {
  parseSoundCloudLink,
  soundCloudIdOf,
  soundCloudSetUrl,
  soundCloudUrl,
} from '../../../src/providers/soundcloud/links.ts';

test.each([
  ['https://soundcloud.com/some-band/song', 'some-band/song'],
  ['soundcloud.com/some-band/song', 'some-band/song'],
  ['https://m.soundcloud.com/some_band/song-2?in=some_band/sets/album', 'some_band/song-2'],
  ['https://www.soundcloud.com/some-band/song?si=0123&utm_source=clipboard#t=0:10', 'some-band/song'],
  ['https://soundcloud.com/some-band/song/s-AbC123', 'some-band/song/s-AbC123'],
  ['  HTTPS://SOUNDCLOUD.COM/some-band/song  ', 'some-band/song'],
  ['https://api.soundcloud.com/tracks/12345', '12345'],
  ['https://api.soundcloud.com/tracks/soundcloud%3Atracks%3A12345', '12345'],
  ['https://api-v2.soundcloud.com/tracks/12345?secret_token=x', '12345'],
])('%s is the track %s', (link, id) => {
  expect(parseSoundCloudLink(link)).toEqual({ kind: 'track', id });
  expect(soundCloudIdOf(link)).toBe(id);
});

test.each([
  ['https://soundcloud.com/some-band/sets/album', 'some-band/album'],
  ['https://soundcloud.com/some-band/sets/album?si=1', 'some-band/album'],
  ['https://soundcloud.com/some-band/sets/album/s-AbC', 'some-band/album/s-AbC'],
])('%s is the set %s', (link, id) => {
  expect(parseSoundCloudLink(link)).toEqual({ kind: 'set', id });
  expect(soundCloudIdOf(link)).toBeUndefined();
});

test('a short link is handed to SoundCloud', () => {
  const link = parseSoundCloudLink('https://on.soundcloud.com/AbC12?x=1');
  expect(link).toEqual({ kind: 'short', url: 'https://on.soundcloud.com/AbC12' });
});

test.each([
  'https://soundcloud.com',
  'https://soundcloud.com/some-band',
  'https://soundcloud.com/some-band/likes',
  'https://soundcloud.com/some-band/sets',
  'https://soundcloud.com/some-band/sets/album/recommended',
  'https://soundcloud.com/some-band/song/comments',
  'https://soundcloud.com/some-band/song/s-a/b',
  'https://soundcloud.com/discover/sets/charts-top',
  'https://soundcloud.com/search/sounds?q=song',
  'https://soundcloud.com/some-band/so%20ng',
  'https://w.soundcloud.com/player/?url=x',
  'https://on.soundcloud.com/',
])('%s is of SoundCloud, but nothing to download', (link) => {
  expect(parseSoundCloudLink(link)).toMatchObject({ kind: 'unsupported' });
});

test.each([
  '',
  'some-band/song',
  'https://example.com/soundcloud.com/a/b',
  'https://soundcloud.com.evil.com/a/b',
  'soundcloud.com/a/b c',
])('%j is none of SoundCloud', (text) => {
  expect(parseSoundCloudLink(text)).toBeUndefined();
});

describe('an address', () => {
  test('is one that a browser opens, and comes back as the id', () => {
    for (const id of ['some-band/song', 'some-band/song/s-AbC']) {
      expect(soundCloudUrl(id)).toBe(`https://soundcloud.com/${id}`);
      expect(soundCloudIdOf(soundCloudUrl(id))).toBe(id);
    }
  });

  test('of what is known by its number alone is one that yt-dlp reads', () => {
    expect(soundCloudUrl('12345')).toBe('https://api.soundcloud.com/tracks/12345');
  });

  test('of a set', () => {
    expect(soundCloudSetUrl('some-band/album')).toBe('https://soundcloud.com/some-band/sets/album');
    expect(soundCloudSetUrl('some-band/album/s-x')).toBe('https://soundcloud.com/some-band/sets/album/s-x');
  });
});
