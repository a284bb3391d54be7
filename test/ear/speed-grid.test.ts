import { expect, test } from 'vitest';
import {
  coarseGrid,
  cutFingerprints,
  pitchGrid,
  retuningFilters,
  tempoGrid,
  vertex,
} from '../../src/ear/speed-grid.ts';

const clipSamples = 15 * 11_025;

test('the first look covers nightcore, slowed songs, PAL, 432 Hz and two semitones', () => {
  const grid = coarseGrid();
  const near = (speed: number, pitch: number) =>
    grid.some((one) => Math.abs(one.speed / speed - 1) < 0.04 && Math.abs(one.pitch / pitch - 1) < 0.0125);
  const semitone = 2 ** (1 / 12);
  for (const speed of [0.8, 0.85, 0.9, 0.96, 1.0427, 1.15, 1.25, 1.35]) {
    expect(near(speed, speed)).toBe(true);
    expect(near(speed, 1)).toBe(true);
  }
  for (const pitch of [semitone ** -2, 1 / semitone, 432 / 440, semitone, semitone ** 2])
    expect(near(1, pitch)).toBe(true);
  expect(grid).toContainEqual({ speed: 1, pitch: 1 });
});

test('the next ones go on from what fitted best, on both sides', () => {
  const look = { speed: 1.2, pitch: 1.1 };
  for (const grid of [tempoGrid(look), pitchGrid(look)]) {
    expect(grid[(grid.length - 1) / 2]).toEqual(look);
    expect(grid.length).toBeGreaterThan(5);
  }
  expect(new Set(tempoGrid(look).map(({ pitch }) => pitch)).size).toBe(1);
  expect(new Set(pitchGrid(look).map(({ speed }) => speed)).size).toBe(1);
});

test('the filters make each sound as long as whole values are', () => {
  const grid = [
    { speed: 1, pitch: 1 },
    { speed: 1.25, pitch: 1.25 },
    { speed: 1.1, pitch: 1 },
  ];
  const filters = retuningFilters(grid, clipSamples);
  expect(filters).toContain('[0:a]asplit=3[i0][i1][i2]');
  expect(filters).toContain('[i0]anull,apad,atrim=end_sample=166530[o0]');
  expect(filters).toContain('[i1]asetrate=13781,aresample=11025,apad,');
  expect(filters).toContain('[i2]atempo=1.100000,apad,');
  for (const [, samples] of filters.matchAll(/end_sample=(\d+)/g)) expect(Number(samples) % 1365).toBe(0);
});

test('a fingerprint of all of them is cut where each begins, without what the silence between has a part in', () => {
  const grid = [
    { speed: 1, pitch: 1 },
    { speed: 1.25, pitch: 1.25 },
  ];
  const values = Uint32Array.from({ length: 300 }, (_, index) => index);
  const [first, second] = cutFingerprints(grid, clipSamples, values);
  expect([first?.[0], first?.length]).toEqual([0, 100]);
  expect([second?.[0], second?.length]).toEqual([122, 75]);
});

test('of a clip that is shorter than a value nothing is left', () => {
  expect(cutFingerprints([{ speed: 1, pitch: 1 }], 11_025, new Uint32Array(10))[0]?.length).toBe(0);
});

test.each([
  [[0.3, 0.1, 0.3], 0],
  [[0.2, 0.1, 0.3], -1 / 6],
  [[0.1, 0.1, 0.3], -0.5],
  [[0.1, 0.1, 0.1], 0],
])('between the steps %o lies the least at %f', (errors, at) => {
  expect(vertex(errors)).toBeCloseTo(at);
});
