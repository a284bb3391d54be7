import { describe, expect, test } from 'vitest';
import { bytesPerSecondOf, estimate, type EstimateFacts } from '../../src/engine/estimate.ts';
import type { IndexedFile } from '../../src/history/file-index.ts';
import { songOf } from '../helpers/house.ts';

const hourMs = 3_600_000;
const nowMs = 100 * hourMs;
const unlimited = {
  downloads_per_hour: 0,
  download_speed_limit_mbps: 0,
  sleep_between: 0,
  max_concurrent_downloads: 2,
};
const factsWith = (change: Partial<EstimateFacts> = {}): EstimateFacts => ({
  format: 'mp3',
  quality: 128,
  madeBytesPerSecond: undefined,
  visits: [],
  nowMs,
  limits: unlimited,
  ...change,
});
const minutesOf = (...lengths: readonly (number | undefined)[]) =>
  lengths.map((minutes, index) =>
    songOf('A', `Song ${index}`, minutes === undefined ? {} : { durationMs: minutes * 60_000 }),
  );

describe('room', () => {
  test.each([
    ['mp3 in kbit/s', { format: 'mp3', quality: 320 }, 320],
    ['mp3 by its scale', { format: 'mp3', quality: 'high' }, 190],
    ['ogg by its scale', { format: 'ogg', quality: 'low' }, 96],
    ['wav', { format: 'wav', quality: 320 }, 1536],
    ["m4a is YouTube's", { format: 'm4a', quality: 'best' }, 128],
    ["best is YouTube's", { format: 'best', quality: 'best' }, 145],
  ] as const)('%s', (_what, change, kbps) => {
    expect(estimate(minutesOf(1, 3), factsWith(change)).space).toEqual({
      bytes: 240 * kbps * 125,
      unknown: 0,
    });
  });

  test('of FLAC is known only from songs that were made', () => {
    expect(estimate(minutesOf(1), factsWith({ format: 'flac' })).space).toBeUndefined();
    const made = factsWith({ format: 'flac', madeBytesPerSecond: 100_000 });
    expect(estimate(minutesOf(1), made).space).toEqual({ bytes: 6_000_000, unknown: 0 });
  });

  test('is that of the songs whose length is known, and says how many are not counted', () => {
    expect(estimate(minutesOf(1, undefined), factsWith()).space).toEqual({ bytes: 960_000, unknown: 1 });
    expect(estimate(minutesOf(undefined), factsWith()).space).toBeUndefined();
  });
});

describe('what was made so far', () => {
  const file = (change: Partial<IndexedFile> = {}): IndexedFile => ({
    path: '/music/x.opus',
    sizeBytes: 40_000,
    modifiedMs: 0,
    format: 'opus',
    durationMs: 2_000,
    downloaded: true,
    ...change,
  });
  test('tells bytes a second from five songs on', () => {
    expect(
      bytesPerSecondOf(
        'opus',
        Array.from({ length: 4 }, () => file()),
      ),
    ).toBeUndefined();
    expect(
      bytesPerSecondOf(
        'opus',
        Array.from({ length: 5 }, () => file()),
      ),
    ).toBe(20_000);
    expect(
      bytesPerSecondOf(
        'best',
        Array.from({ length: 5 }, () => file()),
      ),
    ).toBe(20_000);
  });
  test.each([
    ['of the user', { downloaded: false }],
    ['that are broken', { fault: 'cut off' }],
    ['in another format', { format: 'mp3' }],
    ['of no known length', { durationMs: 0 }],
  ])('songs %s do not count', (_what, change) => {
    expect(
      bytesPerSecondOf(
        'opus',
        Array.from({ length: 9 }, () => file(change)),
      ),
    ).toBeUndefined();
  });
});

/** Visits of the last hour, so many seconds apart, the last one now. */
const visitsEvery = (seconds: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => nowMs - (count - 1 - index) * seconds * 1000);

describe('time', () => {
  const timeOf = (songs: number, change: Partial<EstimateFacts> = {}): number | undefined =>
    estimate(minutesOf(...Array.from({ length: songs }, () => 1)), factsWith(change)).timeMs;

  test('is not known where nothing says it', () => {
    expect(timeOf(10)).toBeUndefined();
    expect(timeOf(10, { visits: visitsEvery(5, 4) })).toBeUndefined();
  });

  test('follows the pace of the last hour, without its breaks', () => {
    expect(timeOf(10, { visits: visitsEvery(5, 20) })).toBe(50_000);
    const withBreak = [...visitsEvery(5, 6).map((atMs) => atMs - 1_800_000), ...visitsEvery(5, 6)];
    expect(timeOf(10, { visits: withBreak })).toBe(50_000);
  });

  test('the hour has no room for more than its limit', () => {
    const limits = { ...unlimited, downloads_per_hour: 100 };
    expect(timeOf(100, { limits })).toBeUndefined();
    expect(timeOf(101, { limits })).toBe(hourMs);
    expect(timeOf(250, { limits })).toBe(2 * hourMs);
  });

  test('says whether the limit of the hour is what takes it', () => {
    const perHourOf = (songs: number, change: Partial<EstimateFacts>) =>
      estimate(minutesOf(...Array.from({ length: songs }, () => 1)), factsWith(change)).perHour;
    const limits = { ...unlimited, downloads_per_hour: 100 };
    expect(perHourOf(250, { limits })).toBe(100);
    expect(perHourOf(50, { limits, visits: visitsEvery(5, 20) })).toBeUndefined();
    expect(perHourOf(250, { limits: { ...limits, download_speed_limit_mbps: 0.01 } })).toBeUndefined();
  });

  test('what was fetched in the last hour counts', () => {
    const limits = { ...unlimited, downloads_per_hour: 10 };
    const visits = visitsEvery(60, 10);
    // The first of them was nine minutes ago.
    expect(timeOf(1, { limits, visits })).toBe(hourMs - 9 * 60_000);
  });

  test('waits between downloads are shared by the processes', () => {
    expect(timeOf(10, { limits: { ...unlimited, sleep_between: 4 } })).toBe(20_000);
  });

  test('the line may be the narrowest place', () => {
    const limits = { ...unlimited, download_speed_limit_mbps: 0.145 };
    expect(timeOf(3, { limits })).toBe(180_000);
    expect(timeOf(3, { limits, visits: visitsEvery(100, 20) })).toBe(300_000);
  });
});
