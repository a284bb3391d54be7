import { expect, test } from 'vitest';
import { HarmoniError } from '../../src/errors.ts';
import { nextStep } from '../../src/spotify/retry.ts';

const settings = { maxRetries: 2, backoffBaseMs: 1_000, retryJitter: 0.25 };
const error = new HarmoniError('internal', 'x');
const fresh = { retries: 0, renewedToken: false };

test('a refused token is renewed once', () => {
  const failure = { kind: 'token-refused', error } as const;
  expect(nextStep(failure, fresh, settings, 0.5)).toEqual({ do: 'renew-token' });
  expect(nextStep(failure, { retries: 0, renewedToken: true }, settings, 0.5)).toEqual({ do: 'stop', error });
});

test('what passes is tried again after doubled waits with jitter, then given up', () => {
  const failure = { kind: 'passing', retryAfterMs: undefined, error } as const;
  expect(nextStep(failure, fresh, settings, 0)).toEqual({ do: 'wait', ms: 750 });
  expect(nextStep(failure, { ...fresh, retries: 1 }, settings, 1)).toEqual({ do: 'wait', ms: 2_500 });
  expect(nextStep(failure, { ...fresh, retries: 2 }, settings, 1)).toEqual({ do: 'stop', error });
});

test('without a network it gives up sooner, because somebody waits in silence', () => {
  const offline = new HarmoniError('network-unreachable', 'x');
  const failure = { kind: 'passing', retryAfterMs: undefined, error: offline } as const;
  const patient = { ...settings, maxRetries: 5 };
  expect(nextStep(failure, { ...fresh, retries: 1 }, patient, 0.5)).toEqual({ do: 'wait', ms: 2_000 });
  expect(nextStep(failure, { ...fresh, retries: 2 }, patient, 0.5)).toEqual({ do: 'stop', error: offline });
});

test('a named wait is kept for all requests and costs no retry, but is never below a second', () => {
  const failure = { kind: 'too-fast', retryAfterMs: 0, error } as const;
  expect(nextStep(failure, { ...fresh, retries: 9 }, settings, 0.5)).toEqual({
    do: 'pause',
    ms: 1_000,
    counted: false,
    error,
  });
});

test('a 429 that names no wait backs off as many times as there are retries', () => {
  const failure = { kind: 'too-fast', retryAfterMs: undefined, error } as const;
  expect(nextStep(failure, fresh, settings, 0.5)).toMatchObject({ do: 'pause', ms: 1_000, counted: true });
  expect(nextStep(failure, { ...fresh, retries: 2 }, settings, 0.5)).toEqual({ do: 'stop', error });
});

test('a used-up quota is never tried again', () => {
  const quota = { kind: 'quota', error } as const;
  expect(nextStep({ ...quota, retryAfterMs: 5 }, fresh, settings, 0.5)).toEqual({
    do: 'close',
    ms: 5,
    error,
  });
  expect(nextStep({ ...quota, retryAfterMs: undefined }, fresh, settings, 0.5)).toMatchObject({
    do: 'close',
  });
});
