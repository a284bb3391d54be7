import { expect, test } from 'vitest';
import { failedLast } from '../../src/matching/review-list.ts';
import { ofVideo, video } from '../helpers/media.ts';

const found = ['a', 'b', 'c', 'd'].map((id) => ({
  candidate: { ...ofVideo(id), title: id, kind: 'song' as const, artists: [] },
  confidence: 0.5,
  reasons: [],
  doubts: [],
}));

test.each([
  [[], 'abcd'],
  [['a'], 'bcda'],
  [['c', 'a'], 'bdac'],
  [['z'], 'abcd'],
])('with %j failed, the candidates come in the order %s', (failed, order) => {
  const uploads = failed.map((id) => ({ media: video(id), message: `${id} is private.` }));
  const shown = failedLast(found, uploads);
  expect(shown.map(({ candidate }) => candidate.media.id).join('')).toBe(order);
  for (const { candidate, failed: why } of shown) {
    const { id } = candidate.media;
    expect(why).toBe(uploads.some(({ media }) => media.id === id) ? `${id} is private.` : undefined);
  }
});

test('another provider with the same id has not failed', () => {
  const uploads = [{ media: { provider: 'soundcloud', id: 'a' }, message: 'Gone.' }];
  expect(failedLast(found, uploads)).toEqual(found);
});
