import { describe, expect, test } from 'vitest';
import { afterFailure, type FailureStory, type NextStep } from '../../src/downloads/after-failure.ts';
import { errorCodes, scopeOf } from '../../src/errors.ts';

const limits = { attempts: 3, delayMs: 5_000 };
const fine = { blocked: 0, spoilt: 0, pauses: 0 };
/** A download that failed for the first time, with nothing wrong before. */
function storyOf(code: FailureStory['code'], change: Partial<FailureStory> = {}): FailureStory {
  return {
    code,
    stage: 'download',
    attempts: 0,
    candidatesLeft: 2,
    hasSpare: false,
    sinceSuccess: fine,
    ...change,
  };
}
const after = (code: FailureStory['code'], change?: Partial<FailureStory>): NextStep =>
  afterFailure(storyOf(code, change), limits, 0.5);

describe('what follows a failure', () => {
  const minutes = 60_000;
  const cases: readonly [FailureStory['code'], Partial<FailureStory>, NextStep][] = [
    ['http-forbidden', {}, { then: 'retry', inMs: 5_000 }],
    ['http-forbidden', { attempts: 1 }, { then: 'retry', inMs: 10_000 }],
    ['http-forbidden', { attempts: 2 }, { then: 'retry', inMs: 20_000 }],
    ['http-forbidden', { attempts: 3 }, { then: 'next candidate' }],
    ['http-forbidden', { attempts: 3, candidatesLeft: 0 }, { then: 'fail' }],
    ['video-private', {}, { then: 'next candidate' }],
    ['video-private', { candidatesLeft: 0 }, { then: 'fail' }],
    ['wrong-length', { stage: 'check' }, { then: 'next candidate' }],
    ['verify-failed', { stage: 'check' }, { then: 'next candidate' }],
    ['not-proven', { stage: 'hear' }, { then: 'next candidate' }],
    ['not-proven', { stage: 'hear', candidatesLeft: 0 }, { then: 'fail' }],
    // The user accepts what isn't certain: better than nothing.
    ['not-proven', { stage: 'hear', hasSpare: true }, { then: 'next candidate' }],
    ['not-proven', { stage: 'hear', candidatesLeft: 0, hasSpare: true }, { then: 'take spare' }],
    ['video-private', { candidatesLeft: 0, hasSpare: true }, { then: 'take spare' }],
    ['network-timeout', { attempts: 3, candidatesLeft: 0, hasSpare: true }, { then: 'take spare' }],
    ['disk-full', { candidatesLeft: 0, hasSpare: true }, { then: 'stop' }],
    ['convert-failed', { stage: 'convert' }, { then: 'next candidate' }],
    ['convert-stalled', { stage: 'convert' }, { then: 'next candidate' }],
    ['tag-failed', { stage: 'tag' }, { then: 'next candidate' }],
    // Three downloads in a row: it's ffmpeg that is wrong, not the uploads.
    ['convert-failed', { stage: 'convert', sinceSuccess: { ...fine, spoilt: 3 } }, { then: 'fail' }],
    ['verify-failed', { stage: 'check', sinceSuccess: { ...fine, spoilt: 3 } }, { then: 'next candidate' }],
    ['bot-check', {}, { then: 'fail' }],
    ['bot-check', { sinceSuccess: { ...fine, blocked: 3 } }, { then: 'fail' }],
    ['bot-check', { sinceSuccess: { ...fine, blocked: 4 } }, { then: 'stop' }],
    [
      'network-timeout',
      { attempts: 3, candidatesLeft: 0, sinceSuccess: { ...fine, blocked: 4 } },
      { then: 'stop' },
    ],
    ['video-private', { candidatesLeft: 0, sinceSuccess: { ...fine, blocked: 4 } }, { then: 'fail' }],
    // A search has its own retries.
    ['network-timeout', { stage: 'match', candidatesLeft: 0 }, { then: 'fail' }],
    ['http-too-many-requests', { stage: 'match', sinceSuccess: { ...fine, blocked: 4 } }, { then: 'stop' }],
    ['output-not-writable', { stage: 'publish' }, { then: 'stop' }],
    ['file-gone', { stage: 'publish' }, { then: 'fail' }],
    ['internal', { stage: 'tag' }, { then: 'fail' }],
    ['session-limit', {}, { then: 'pause', forMs: 10 * minutes }],
    ['session-limit', { sinceSuccess: { ...fine, pauses: 1 } }, { then: 'pause', forMs: 20 * minutes }],
    ['session-limit', { sinceSuccess: { ...fine, pauses: 5 } }, { then: 'pause', forMs: 60 * minutes }],
    ['session-limit', { sinceSuccess: { ...fine, pauses: 6 } }, { then: 'stop' }],
    ['disk-full', {}, { then: 'stop' }],
    ['ytdlp-missing', {}, { then: 'stop' }],
    ['ffmpeg-missing', { stage: 'convert' }, { then: 'stop' }],
    ['js-runtime-missing', {}, { then: 'stop' }],
    ['store-broken', { stage: 'present' }, { then: 'stop' }],
  ];
  test.each(cases)('%s %j: %j', (code, change, next) => {
    expect(after(code, change)).toEqual(next);
  });
});

test('a failure of the job stops it wherever it comes up, and none of a song does at its first time', () => {
  for (const code of errorCodes) {
    const { then } = after(code);
    const scope = scopeOf(code);
    expect(then === 'stop', code).toBe(scope === 'job');
    expect(then === 'pause', code).toBe(scope === 'pause');
    expect(then === 'retry', code).toBe(scope === 'moment');
    expect(then === 'next candidate', code).toBe(scope === 'upload');
  }
});

test('retries are spread by a fifth, and never ten minutes apart', () => {
  const inMs = (random: number, attempts = 0): number => {
    const next = afterFailure(storyOf('http-forbidden', { attempts }), { ...limits, attempts: 99 }, random);
    return next.then === 'retry' ? next.inMs : Number.NaN;
  };
  expect([inMs(0), inMs(1)]).toEqual([4_000, 6_000]);
  expect(inMs(1, 50)).toBe(720_000);
});
