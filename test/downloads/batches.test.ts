import { describe, expect, test } from 'vitest';
import { createPace, nextBatch, type Help, type Pace } from '../../src/downloads/batches.ts';
import type { Waiting } from '../../src/downloads/stage.ts';

const alone: Help = { helpers: 1, least: 8, isFirst: false };
const three: Help = { ...alone, helpers: 3 };

function sizeOf(waiting: number, toCome: number, now: Partial<Waiting>, help: Help): number {
  return nextBatch({ waiting, toCome, mayCome: toCome > 0, calls: 0, open: 0, ...now }, help);
}

describe('the first batch', () => {
  const help: Help = { helpers: 1, least: 4, isFirst: true };
  test('is small, so that something is there soon', () => {
    expect(sizeOf(3, 97, {}, help)).toBe(0);
    expect(sizeOf(4, 96, {}, help)).toBe(4);
    expect(sizeOf(12, 88, {}, help)).toBe(4);
  });
  test('of a short list is the only one', () => {
    expect(sizeOf(3, 5, {}, help)).toBe(0);
    expect(sizeOf(8, 0, {}, help)).toBe(8);
    expect(sizeOf(1, 0, {}, help)).toBe(1);
  });
});

describe('where one yt-dlp is enough', () => {
  test('it takes all that there is, and never a thousand', () => {
    expect(sizeOf(30, 10, {}, alone)).toBe(30);
    expect(sizeOf(64, 900, {}, alone)).toBe(50);
    expect(sizeOf(7, 10, {}, alone)).toBe(0);
    expect(sizeOf(7, 0, {}, alone)).toBe(7);
  });
  test('the next one begins when the one before is nearly done, and only with a whole batch', () => {
    expect(sizeOf(50, 900, { calls: 1, open: 9 }, alone)).toBe(0);
    expect(sizeOf(50, 900, { calls: 1, open: 8 }, alone)).toBe(50);
    expect(sizeOf(49, 900, { calls: 1, open: 1 }, alone)).toBe(0);
    expect(sizeOf(20, 0, { calls: 1, open: 1 }, alone)).toBe(20);
    expect(sizeOf(64, 900, { calls: 2, open: 2 }, alone)).toBe(0);
  });
});

describe('where several are of use', () => {
  test('each takes its part, so that they end together', () => {
    expect(sizeOf(60, 0, { calls: 1, open: 30 }, three)).toBe(20);
    expect(sizeOf(20, 40, { calls: 1, open: 30 }, three)).toBe(20);
    expect(sizeOf(12, 0, { calls: 2, open: 30 }, three)).toBe(8);
    expect(sizeOf(5, 0, { calls: 2, open: 30 }, three)).toBe(5);
    expect(sizeOf(64, 900, { calls: 1, open: 30 }, three)).toBe(50);
  });
  test('nobody begins with a few while more come', () => {
    expect(sizeOf(7, 3, { calls: 1, open: 30 }, three)).toBe(0);
  });
});

describe('of use are', () => {
  const hundred = { waiting: 20, toCome: 80, calls: 1 };
  function paceOf(songMs: number): Pace {
    const pace = createPace(3);
    pace.began(0);
    for (let song = 1; song <= 50; song += 1) pace.arrived(1, song * songMs);
    return pace;
  }

  test('not two before the first song is there, unless that takes very long', () => {
    const pace = createPace(3);
    expect(pace.help({ ...hundred, calls: 0 }, 8, 0)).toEqual({ helpers: 1, least: 4, isFirst: true });
    pace.began(1_000);
    expect(pace.help(hundred, 8, 4_900).helpers).toBe(1);
    expect(pace.help(hundred, 0, 5_100).helpers).toBe(2);
  });
  test('as many as the idle cores have room for', () => {
    const pace = paceOf(100);
    expect(pace.help(hundred, 0.1, 5_050).helpers).toBe(1);
    expect(pace.help(hundred, 0.8, 5_050).helpers).toBe(2);
    expect(pace.help(hundred, 6, 5_050).helpers).toBe(3);
  });
  test('only those whose start is worth what is left', () => {
    const pace = paceOf(100);
    expect(pace.help({ waiting: 12, toCome: 0, calls: 1 }, 6, 5_050).helpers).toBe(1);
    expect(pace.help({ waiting: 30, toCome: 0, calls: 1 }, 6, 5_050)).toMatchObject({ helpers: 2, least: 7 });
  });
  test('all of them when songs take long, whatever else the machine does, and then also for a few songs', () => {
    expect(paceOf(5_000).help(hundred, 0, 250_100)).toEqual({ helpers: 3, least: 1, isFirst: false });
    // Nothing has come for a while.
    expect(paceOf(100).help(hundred, 0, 6_100).helpers).toBe(3);
  });
  test('never more than are allowed', () => {
    const pace = createPace(1);
    pace.began(0);
    pace.arrived(1, 9_000);
    expect(pace.help(hundred, 8, 30_000).helpers).toBe(1);
  });
});
