import { expect, test } from 'vitest';
import { byteProgress, type FetchProgress } from '../../src/doctor/byte-progress.ts';

test('a download says its megabytes when it takes longer than two seconds, twice a second', () => {
  const told: FetchProgress[] = [];
  let nowMs = 5_000;
  const onBytes = byteProgress(
    'ffmpeg',
    (progress) => told.push(progress),
    () => nowMs,
  );
  for (const [laterMs, bytes] of [
    [0, 1e6],
    [1_999, 2e6],
    [1, 3.4e6],
    [400, 4e6],
    [100, 5.5e6],
  ] as const) {
    nowMs += laterMs;
    onBytes(bytes, 68e6);
  }
  nowMs += 500;
  onBytes(7e6, undefined);
  // The next file is a small one.
  onBytes(50_000, 50_000);
  expect(told).toEqual([
    { what: 'ffmpeg', doneMb: 3, totalMb: 68 },
    { what: 'ffmpeg', doneMb: 6, totalMb: 68 },
    { what: 'ffmpeg', doneMb: 7, totalMb: 0 },
  ]);
});
