import { expect, test } from 'vitest';
import { isSameMedia, mediaInJson, mediaText, parseMedia } from '../../src/tracks/media.ts';

test.each([
  ['youtube:-aaaaaaaaaa', { provider: 'youtube', id: '-aaaaaaaaaa' }],
  ['soundcloud:some-band/song/s-x', { provider: 'soundcloud', id: 'some-band/song/s-x' }],
  ['x1:a:b', { provider: 'x1', id: 'a:b' }],
])('%s comes back as it went', (text, media) => {
  expect(parseMedia(text)).toEqual(media);
  expect(mediaText(media)).toBe(text);
});

test.each(['', 'youtube', 'youtube:', ':x', 'You Tube:x', 'youtube:a b', `youtube:${'x'.repeat(301)}`])(
  '%j is none',
  (text) => {
    expect(parseMedia(text)).toBeUndefined();
  },
);

test('two are the same by provider and id', () => {
  const one = { provider: 'youtube', id: 'a' };
  expect(isSameMedia(one, { ...one })).toBe(true);
  expect(isSameMedia(one, { ...one, provider: 'soundcloud' })).toBe(false);
  expect(isSameMedia(undefined, undefined)).toBe(false);
});

test('in JSON only a YouTube video has a videoId', () => {
  const video = { provider: 'youtube', id: 'a' };
  const upload = { provider: 'soundcloud', id: 'a/b' };
  expect(mediaInJson(video)).toEqual({ videoId: 'a', media: video });
  expect(mediaInJson(upload)).toEqual({ media: upload });
});
