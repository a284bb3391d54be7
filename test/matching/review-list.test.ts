import { describe, expect, test } from 'vitest';
import { failedLast, safestCandidate } from '../../src/matching/review-list.ts';
import type { Verdict } from '../../src/tracks/heard.ts';
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

describe('what was heard', () => {
  const heard = (id: string, verdict: Verdict) => ({ media: video(id), message: '', heard: { verdict } });

  test('puts what is proven first and another recording behind all that may be right', () => {
    const uploads = [
      ...[heard('a', 'different'), heard('b', 'doubtful'), heard('d', 'proven')],
      { media: video('c'), message: 'Gone.' },
    ];
    const shown = failedLast(found, uploads);
    expect(shown.map(({ candidate }) => candidate.media.id).join('')).toBe('dbac');
    expect(shown.map(({ heard: said }) => said?.verdict)).toEqual([
      ...['proven', 'doubtful', 'different', undefined],
    ]);
    expect(shown.map(({ failed }) => failed)).toEqual([undefined, undefined, undefined, 'Gone.']);
  });

  test('the cursor starts on nothing that was heard to be another recording', () => {
    const [a, b] = failedLast(found.slice(0, 2), [heard('b', 'different')]);
    expect(safestCandidate([...(b === undefined ? [] : [b])], undefined)).toBeUndefined();
    expect(safestCandidate([...(b === undefined || a === undefined ? [] : [b, a])], undefined)).toBe(a);
  });
});
