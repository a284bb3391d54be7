import { expect, test } from 'vitest';
import {
  ageInDays,
  isNewer,
  isStale,
  isWorthUpdating,
  parseYtDlpVersion,
  supportsJsRuntimes,
  supportsProgressDelta,
} from '../../src/doctor/ytdlp-version.ts';

const noon = Date.parse('2026-11-21T12:00:00Z');

test.each([
  ['2026.10.26\n', '2026.10.26'],
  ['2026.10.26.232815\n', '2026.10.26.232815'],
  ['Usage: yt-dlp [OPTIONS]', undefined],
  ['', undefined],
])('reads %j as version %s', (output, version) => expect(parseYtDlpVersion(output)).toBe(version));

test.each([
  ['2026.11.21', 0],
  ['2026.10.26', 26],
  ['2026.10.26.232815', 26],
  ['2027.01.01', 0],
])('%s is %i days old on 21 November 2026', (version, days) => expect(ageInDays(version, noon)).toBe(days));

test('is stale from the 61st day on', () => {
  expect(isStale('2026.09.22', noon)).toBe(false);
  expect(isStale('2026.09.21', noon)).toBe(true);
});

test('a nightly build is newer than the release of its day', () => {
  expect(isNewer('2026.10.26.232815', '2026.10.26')).toBe(true);
  expect(isNewer('2026.10.26', '2026.10.26')).toBe(false);
});

test('JavaScript runtimes are known since 2025.11.12', () => {
  expect(supportsJsRuntimes('2025.11.12')).toBe(true);
  expect(supportsJsRuntimes('2025.10.22')).toBe(false);
});

test('a least time between lines of progress is known since 2024.04.09', () => {
  expect(supportsProgressDelta('2024.04.09')).toBe(true);
  expect(supportsProgressDelta('2024.03.10')).toBe(false);
});

test('a stale one is worth updating, unless it is the newest that was fetched this week', () => {
  const dayMs = 24 * 3_600_000;
  const found = { version: '2026.01.01', origin: 'own', changedMs: noon - 6 * dayMs };
  expect(isWorthUpdating(found, noon)).toBe(false);
  expect(isWorthUpdating({ ...found, changedMs: noon - 8 * dayMs }, noon)).toBe(true);
  expect(isWorthUpdating({ ...found, origin: 'path' }, noon)).toBe(true);
  expect(isWorthUpdating({ ...found, version: '2026.11.01', origin: 'path' }, noon)).toBe(false);
});
