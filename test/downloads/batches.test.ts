import { describe, expect, test } from 'vitest';
import { createPace, nextBatch, type Help } from '../../src/downloads/batches.ts';
import type { Waiting } from '../../src/downloads/stage.ts';

const nobody = { calls: 0, open: 0 };
const fast: Help = { processes: 3, isOfUse: false, isFirst: false };
const slow: Help = { ...fast, isOfUse: true };

function sizeOf(waiting: number, toCome: number, now: Partial<Waiting>, help: Help): number {
  return nextBatch({ waiting, toCome, mayCome: toCome > 0, ...nobody, ...now }, help);
}

describe('the first batch', () => {
  const help = { ...fast, isFirst: true };
  test('is small, so that something is there soon', () => {
    expect(sizeOf(3, 97, {}, help)).toBe(0);
    expect(sizeOf(4, 96, {}, help)).toBe(4);
    expect(sizeOf(12, 88, {}, help)).toBe(4);
  });
  test('of a short list is the only one', () => {
    expect(sizeOf(4, 4, {}, help)).toBe(0);
    expect(sizeOf(8, 0, {}, help)).toBe(8);
    expect(sizeOf(1, 0, {}, help)).toBe(1);
  });
});

describe('where another yt-dlp is of no use', () => {
  test('one takes all that there is, and never a thousand', () => {
    expect(sizeOf(30, 10, {}, fast)).toBe(30);
    expect(sizeOf(64, 900, {}, fast)).toBe(50);
    expect(sizeOf(7, 10, {}, fast)).toBe(0);
    expect(sizeOf(7, 0, {}, fast)).toBe(7);
  });
  test('the next one begins when the one before is nearly done, and only with a whole batch', () => {
    expect(sizeOf(50, 900, { calls: 1, open: 9 }, fast)).toBe(0);
    expect(sizeOf(50, 900, { calls: 1, open: 8 }, fast)).toBe(50);
    expect(sizeOf(49, 900, { calls: 1, open: 1 }, fast)).toBe(0);
    expect(sizeOf(20, 0, { calls: 1, open: 1 }, fast)).toBe(20);
    expect(sizeOf(64, 900, { calls: 2, open: 2 }, fast)).toBe(0);
  });
});

describe('where it is of use', () => {
  test('each takes its part, so that they end together', () => {
    expect(sizeOf(60, 0, { calls: 1, open: 30 }, slow)).toBe(20);
    expect(sizeOf(20, 40, { calls: 1, open: 30 }, slow)).toBe(20);
    expect(sizeOf(12, 0, { calls: 2, open: 30 }, slow)).toBe(8);
    expect(sizeOf(5, 0, { calls: 2, open: 30 }, slow)).toBe(5);
    expect(sizeOf(64, 900, { calls: 1, open: 30 }, slow)).toBe(50);
  });
  test('nobody begins with a few while more come', () => {
    expect(sizeOf(7, 3, { calls: 1, open: 30 }, slow)).toBe(0);
  });
});

describe('another yt-dlp', () => {
  test('is of no use before the first song is there, unless that takes very long', () => {
    const pace = createPace();
    expect(pace.isMoreOfUse(8, 0)).toBe(false);
    pace.began(1_000);
    expect(pace.isMoreOfUse(8, 4_900)).toBe(false);
    expect(pace.isMoreOfUse(0, 5_100)).toBe(true);
  });
  test('is of use when the machine has nothing to do', () => {
    const pace = createPace();
    pace.began(0);
    pace.arrived(1, 900);
    expect(pace.isMoreOfUse(0.1, 950)).toBe(false);
    expect(pace.isMoreOfUse(0.5, 950)).toBe(true);
  });
  test('is of use when songs take long, whatever else the machine does', () => {
    const pace = createPace();
    pace.began(0);
    for (let song = 1; song <= 20; song += 1) pace.arrived(2, song * 800);
    expect(pace.isMoreOfUse(0, 16_100)).toBe(true);
    for (let song = 1; song <= 20; song += 1) pace.arrived(1, 16_000 + song * 80);
    expect(pace.isMoreOfUse(0, 17_700)).toBe(false);
    // Nothing has come since.
    expect(pace.isMoreOfUse(0, 19_000)).toBe(true);
  });
});
