import { describe, expect, test } from 'vitest';
import { createWhose } from '../../../src/providers/ytdlp/whose.ts';

const requests = ['some-band/one', 'some-band/two/s-Secret', 'some-band/three'].map((id) => ({
  id,
  url: `https://soundcloud.com/${id}`,
}));
const videos = ['aaaaaaaaaaa', 'bbbbbbbbbbb'].map((id) => ({ id, url: `https://youtu.be/${id}` }));
const all = () => true;
const none = () => false;

describe('a line about an upload on SoundCloud', () => {
  test('is known by its page, and afterwards by the number that stood beside it', () => {
    const whose = createWhose(requests);
    expect(whose.told('123', 'https://soundcloud.com/some-band/three')).toBe('some-band/three');
    expect(whose.told('123', undefined)).toBe('some-band/three');
    expect(whose.failed({ by: 'soundcloud', id: '123' }, none)).toBe('some-band/three');
  });

  test.each([
    ['by its path', { by: 'soundcloud', id: 'some-band/one' }, 'some-band/one'],
    ['by its path without the secret', { by: 'soundcloud', id: 'some-band/two' }, 'some-band/two/s-Secret'],
    ['by a number not heard of before', { by: 'soundcloud', id: '99' }, 'some-band/three'],
    ['by nothing', { by: 'soundcloud', id: undefined }, 'some-band/three'],
  ])('is known %s where it failed', (_, error, id) => {
    expect(createWhose(requests).failed(error, (request) => request === 'some-band/three')).toBe(id);
  });

  test('is not, where it says nothing and comes from the download', () => {
    expect(createWhose(requests).failed({ by: 'download', id: undefined }, all)).toBeUndefined();
    expect(createWhose(requests).failed({ by: undefined, id: undefined }, all)).toBeUndefined();
  });
});

test('a video is known by its id alone: what is said of others is not put down to one of these', () => {
  const whose = createWhose(videos);
  expect(whose.told('bbbbbbbbbbb', undefined)).toBe('bbbbbbbbbbb');
  expect(whose.told('zzzzzzzzzzz', 'https://youtu.be/zzzzzzzzzzz')).toBe('zzzzzzzzzzz');
  expect(whose.failed({ by: 'youtube', id: 'zzzzzzzzzzz' }, all)).toBe('zzzzzzzzzzz');
  expect(whose.failed({ by: 'youtube', id: undefined }, all)).toBeUndefined();
});
