import { describe, expect, test } from 'vitest';
import {
  endOfDifferent,
  endUnproven,
  isRefused,
  isToBeHeard,
  leftAfter,
  trialsOf,
} from '../../src/downloads/ear-rules.ts';
import type { Ending } from '../../src/downloads/stage.ts';
import { HarmoniError } from '../../src/errors.ts';
import type { Candidate, UploadKind } from '../../src/matching/candidate.ts';
import type { Heard, Verdict } from '../../src/tracks/heard.ts';
import { failureOf } from '../../src/tracks/outcome.ts';
import type { Track } from '../../src/tracks/track.ts';
import { ofVideo, video } from '../helpers/media.ts';

const track: Track = {
  artist: 'Band',
  artists: ['Band'],
  track: 'Song',
  album: 'Album',
  durationMs: 200_000,
};
const trial: Ending = {
  status: 'unsure',
  media: video('one'),
  videoId: 'one',
  confidence: 0.84,
  failure: failureOf(
    'match',
    new HarmoniError('match-unsure', 'Uncertain match "one" (84 %): two fits as well.'),
  ),
};

function candidate(id: string, change: Partial<Candidate> = {}): Candidate {
  const usual = { title: id, artists: ['Band'], kind: 'song', album: 'Album', durationMs: 200_000 } as const;
  return { ...ofVideo(id), ...usual, ...change };
}

describe('a song is heard', () => {
  const cases: readonly {
    readonly kind?: UploadKind;
    readonly album?: undefined;
    readonly listAlbum?: undefined;
    readonly lengthMs?: number | undefined;
    readonly givenBy?: 'you' | 'source';
    readonly isTrial?: true;
    readonly uncertain: boolean;
    readonly always?: boolean;
  }[] = [
    { uncertain: false },
    { lengthMs: undefined, uncertain: false },
    { lengthMs: 202_000, uncertain: false },
    { lengthMs: 202_001, uncertain: true },
    { lengthMs: 197_000, uncertain: true },
    { kind: 'official-video', uncertain: false },
    { kind: 'user-video', uncertain: true },
    { kind: 'video', uncertain: true },
    { kind: 'audio', uncertain: true },
    { album: undefined, uncertain: true },
    { listAlbum: undefined, uncertain: true },
    { isTrial: true, uncertain: true },
    { kind: 'video', givenBy: 'you', uncertain: false },
    { kind: 'video', givenBy: 'source', uncertain: false },
  ];
  test.each(cases)('%j', ({ kind = 'song', givenBy, isTrial, uncertain, ...rest }) => {
    const work = {
      track: 'listAlbum' in rest ? { ...track, album: undefined } : track,
      trial: isTrial === true ? trial : undefined,
      givenBy,
    } as Parameters<typeof isToBeHeard>[0]; // a track without an album
    const upload = { kind, ...('album' in rest ? {} : { album: 'Album' }) };
    const lengthMs = 'lengthMs' in rest ? rest.lengthMs : 200_000;
    const at = (verifyByEar: 'uncertain' | 'always' | 'never') =>
      isToBeHeard(work, upload, { verifyByEar }, lengthMs);
    expect([at('never'), at('uncertain'), at('always')]).toEqual([false, uncertain, true]);
  });
});

describe('a song that was heard is refused', () => {
  const cases: readonly [Verdict, { trial: boolean; sure: boolean; given: boolean }][] = [
    ['proven', { trial: false, sure: false, given: false }],
    ['doubtful', { trial: true, sure: false, given: false }],
    ['different', { trial: true, sure: true, given: false }],
    ['unchecked', { trial: true, sure: false, given: false }],
  ];
  test.each(cases)('when it is %s: %j', (verdict, expected) => {
    const [onTrial, sure, given] = [
      isRefused({ verdict }, { trial, givenBy: undefined }),
      isRefused({ verdict }, { trial: undefined, givenBy: undefined }),
      isRefused({ verdict }, { trial: undefined, givenBy: 'you' }),
    ];
    expect({ trial: onTrial, sure, given }).toEqual(expected);
  });
});

describe('uploads that an uncertain song is tried with', () => {
  const found = (...all: readonly Candidate[]) => all.map((one) => ({ candidate: one, confidence: 0.8 }));
  const ids = (trials: ReturnType<typeof trialsOf>) => trials.map((one) => one.candidate.media.id);

  test('are three at most, in their order', () => {
    const four = found(candidate('a'), candidate('b'), candidate('c'), candidate('d'));
    expect(ids(trialsOf(four, track, []))).toEqual(['a', 'b', 'c']);
  });

  test("are two where the label's own may be fetched beside them, because that's a visit, too", () => {
    const four = found(candidate('a'), candidate('b'), candidate('Song'), candidate('d'));
    expect(ids(trialsOf(four, track, []))).toEqual(['a', 'b']);
  });

  test('are none of another version, of another length, or that hardly fit', () => {
    const all = [
      { candidate: candidate('live'), confidence: 0.9, isOtherVersion: true },
      { candidate: candidate('long', { durationMs: 260_000 }), confidence: 0.8 },
      { candidate: candidate('fits', { durationMs: 202_000 }), confidence: 0.7 },
      { candidate: candidate('unknown length', { kind: 'video' }), confidence: 0.6 },
      { candidate: candidate('hardly'), confidence: 0.2 },
    ];
    expect(ids(trialsOf(all, track, []))).toEqual(['fits', 'unknown length']);
  });

  test('are none that were heard before, which count', () => {
    const heard: Heard = { verdict: 'doubtful' };
    const before = [{ media: video('a'), message: '', heard }];
    const four = found(candidate('a'), candidate('b'), candidate('c'), candidate('d'));
    expect(ids(trialsOf(four, track, before))).toEqual(['b', 'c']);
    const three = ['a', 'b', 'c'].map((id) => ({ media: video(id), message: '', heard }));
    expect(trialsOf(four, track, three)).toEqual([]);
  });
});

test('after one that was refused two more are tried, and none where nothing can prove them', () => {
  const candidates = ['a', 'b', 'c', 'd'].map((id) => ({ candidate: candidate(id), confidence: 0.9 }));
  const work = { track, others: [candidate('b')], candidates, candidate: 0 };
  const left = (verdict: Verdict, isTrial: boolean) =>
    leftAfter({ verdict }, { ...work, trial: isTrial ? trial : undefined }).length;
  expect(left('doubtful', true)).toBe(4);
  expect(left('different', false)).toBe(3);
  expect([left('unchecked', true), left('unchecked', false)]).toEqual([1, 1]);
  const besideLabels = { ...work, trial: undefined, others: [candidate('Song')] };
  expect(leftAfter({ verdict: 'different' }, besideLabels)).toHaveLength(2);
});

describe('a song of which nothing is proven', () => {
  const candidates = ['one', 'two'].map((id) => ({ candidate: candidate(id), confidence: 0.8 }));
  const heard: Heard = { verdict: 'doubtful', by: 'deezer', bitError: 0.34 };

  test('ends as it would have where nothing could be heard', () => {
    expect(endUnproven(trial, candidates, [{ media: video('one'), message: 'It is private.' }])).toBe(trial);
  });

  test('says what was heard of the pick, with its doubts', () => {
    const uploads = [
      { media: video('one'), message: '', heard },
      { media: video('two'), message: '', heard: { ...heard, bitError: 0.4 } },
    ];
    expect(endUnproven(trial, candidates, uploads)).toMatchObject({
      ...{ status: 'unsure', videoId: 'one', confidence: 0.8, heard },
      failure: {
        ...{ code: 'not-proven', stage: 'hear' },
        message:
          'Uncertain match "one" (84 %): two fits as well. Not proven by ear: it doesn\'t sound like Deezer\'s preview (error 0.34).',
      },
    });
  });

  test('is told by the best that could be had', () => {
    const uploads = [
      { media: video('one'), message: 'It is private.' },
      { media: video('two'), message: '', heard },
    ];
    expect(endUnproven(trial, candidates, uploads)).toMatchObject({
      videoId: 'two',
      failure: { message: expect.stringMatching(/^Uncertain match "two" \(80 %\)\. Not proven/) as string },
    });
  });

  test('a sure one is uncertain then, too', () => {
    const [first] = candidates;
    expect(first && endOfDifferent(first)).toMatchObject({
      ...{ status: 'unsure', videoId: 'one', confidence: 0.8 },
      failure: { code: 'not-proven', message: 'Uncertain match "one" (80 %).' },
    });
  });
});
