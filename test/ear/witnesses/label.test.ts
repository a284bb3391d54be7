import { expect, test } from 'vitest';
import { isLabelsOwn } from '../../../src/ear/witnesses/label.ts';
import type { Candidate } from '../../../src/matching/candidate.ts';
import { ofVideo } from '../../helpers/media.ts';

const track = { artists: ['Band'], artist: 'Band', track: 'Song', durationMs: 180_000, explicit: true };
const candidate: Candidate = {
  ...ofVideo('dQw4w9WgXcQ'),
  ...{ title: 'Song', kind: 'song', artists: ['Band'], durationMs: 181_000, explicit: true },
};

test("a song of YouTube Music that agrees in everything is the label's own", () => {
  expect(isLabelsOwn(track, candidate)).toBe(true);
  expect(isLabelsOwn({ ...track, durationMs: 184_000 }, candidate)).toBe(true);
});

test.each<[string, Partial<Candidate>]>([
  ['is a video', { kind: 'official-video' }],
  ['is by somebody else', { artists: ['Others'] }],
  ['names nobody', { artists: [] }],
  ['is another version', { title: 'Song (Instrumental)' }],
  ['is the clean version', { explicit: false }],
  ['is of another length', { durationMs: 184_000 }],
])('one that %s is not', (_name, change) => {
  expect(isLabelsOwn(track, { ...candidate, ...change })).toBe(false);
});

test('nothing is where one of the lengths is not known', () => {
  const { durationMs: ofCandidate = 0, ...unknown } = candidate;
  expect(isLabelsOwn({ ...track, durationMs: ofCandidate }, unknown)).toBe(false);
  const anyLength = { artists: ['Band'], artist: 'Band', track: 'Song' };
  expect(isLabelsOwn(anyLength, candidate)).toBe(false);
});
