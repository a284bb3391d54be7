import { expect, test } from 'vitest';
import { backoffMs, parseRetryAfter } from '../../src/system/retry-delay.ts';
import { hostileText } from '../helpers/hostile-text.ts';
import fc from '../helpers/properties.ts';

const options = fc.record({
  baseMs: fc.integer({ min: 0, max: 600_000 }),
  mostMs: fc.integer({ min: 0, max: 3_600_000 }),
  jitter: fc.double({ min: 0, max: 1, noNaN: true }),
});
const chance = fc.double({ min: 0, max: 1, noNaN: true });
const attempt = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 5_000 }));

test('a wait is whole, never negative, and within its spread around the bound', () => {
  fc.assert(
    fc.property(attempt, options, chance, (nth, given, random) => {
      const ms = backoffMs(nth, given, random);
      expect(Number.isInteger(ms)).toBe(true);
      expect(ms).toBeGreaterThanOrEqual(0);
      const plain = Math.min(given.mostMs, given.baseMs * 2 ** Math.min(nth - 1, 100));
      expect(Math.abs(ms - plain)).toBeLessThanOrEqual(plain * given.jitter + 1);
      expect(ms).toBeLessThanOrEqual(given.mostMs * (1 + given.jitter) + 1);
    }),
    { numRuns: 1_000 },
  );
});

test('with the same chance, the next wait is never shorter', () => {
  fc.assert(
    fc.property(attempt, options, chance, (nth, given, random) => {
      expect(backoffMs(nth + 1, given, random)).toBeGreaterThanOrEqual(backoffMs(nth, given, random));
    }),
    { numRuns: 1_000 },
  );
});

const now = Date.parse('2026-01-01T00:00:00Z');

test('Retry-After in seconds or as a date is what it says, up to a week', () => {
  const weekMs = 7 * 24 * 3_600_000;
  fc.assert(
    fc.property(fc.nat(10_000_000), fc.constantFrom('', ' ', '\t'), (seconds, space) => {
      const ms = Math.min(weekMs, seconds * 1000);
      expect(parseRetryAfter(`${space}${seconds}${space}`, now)).toBe(ms);
      expect(parseRetryAfter(new Date(now + seconds * 1000).toUTCString(), now)).toBe(ms);
      expect(parseRetryAfter(new Date(now - seconds * 1000).toUTCString(), now)).toBe(0);
    }),
  );
});

test('Retry-After of any text is a time to wait or nothing', () => {
  let waits = 0;
  fc.assert(
    fc.property(fc.oneof(hostileText, fc.string(), fc.stringMatching(/^\d{1,400}$/)), (text) => {
      const ms = parseRetryAfter(text, now);
      if (ms === undefined) return;
      waits += 1;
      expect(ms).toBeGreaterThanOrEqual(0);
      expect(Number.isFinite(ms), `"${text}" gives ${ms}`).toBe(true);
    }),
    { numRuns: 1_000 },
  );
  expect(waits).toBeGreaterThan(0);
});
