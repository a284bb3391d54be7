import { describe, expect, test } from 'vitest';
import { createPace, nextBatch, type Help, type Pace } from '../../src/downloads/batches.ts';
import type { Waiting } from '../../src/downloads/stage.ts';

const alone: Help = { helpers: 1, least: 8, isFirst: false, isUnknown: false };
const three: Help = { ...alone, helpers: 3 };

function sizeOf(waiting: number, toCome: number, now: Partial<Waiting>, help: Help): number {
  return nextBatch({ waiting, toCome, mayCome: toCome > 0, calls: 0, open: 0, ...now }, help);
}

describe('the first batch', () => {
  const help: Help = { helpers: 3, least: 4, isFirst: true, isUnknown: true };
  test('begins with a few songs, and takes its part of those that were found while yt-dlp started', () => {
    expect(sizeOf(3, 97, {}, help)).toBe(0);
    expect(sizeOf(4, 96, {}, help)).toBe(4);
    expect(sizeOf(12, 88, {}, help)).toBe(12);
    expect(sizeOf(40, 0, {}, help)).toBe(14);
    expect(sizeOf(64, 900, {}, help)).toBe(50);
  });
  test('of a short list is the only one', () => {
    expect(sizeOf(5, 3, {}, help)).toBe(0);
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
  test('none begins ahead while nobody knows whether the line is slow: it would take what others could', () => {
    expect(sizeOf(20, 0, { calls: 1, open: 4 }, { ...alone, isUnknown: true })).toBe(0);
    expect(sizeOf(20, 0, { calls: 0, open: 0 }, { ...alone, isUnknown: true })).toBe(20);
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
  /** One that has fetched fifty songs and has ended. */
  function paceOf(songMs: number, processes = 3): Pace {
    const pace = createPace(processes);
    const call = pace.begin(0);
    for (let song = 1; song <= 50; song += 1) call.next(song * songMs);
    call.ended();
    return pace;
  }

  test('not two before the first song is there, unless that takes very long', () => {
    const pace = createPace(3);
    expect(pace.help({ ...hundred, calls: 0 }, 8, 0)).toEqual({
      helpers: 3,
      least: 4,
      isFirst: true,
      isUnknown: true,
    });
    pace.begin(1_000);
    expect(pace.help(hundred, 8, 4_900).helpers).toBe(1);
    expect(pace.help(hundred, 0, 5_100).helpers).toBe(3);
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
    expect(paceOf(5_000).help(hundred, 0, 250_100)).toEqual({
      helpers: 3,
      least: 1,
      isFirst: false,
      isUnknown: false,
    });
    const pace = paceOf(100);
    pace.begin(6_000).next(6_900);
    expect(pace.help(hundred, 0, 7_500).helpers).toBe(1);
    // It is at its second song for long.
    expect(pace.help(hundred, 0, 8_000).helpers).toBe(3);
  });
  test('no more than before when nobody could fetch for a while: an hour was full, or conversions took long', () => {
    const pace = paceOf(100);
    expect(pace.help(hundred, 0, 3_600_000).helpers).toBe(1);
    const call = pace.begin(3_600_000);
    call.next(3_600_700);
    call.next(3_600_800);
    expect(pace.help(hundred, 0, 3_600_850).helpers).toBe(1);
  });
  test('never more than are allowed', () => {
    expect(paceOf(9_000, 1).help(hundred, 8, 450_000).helpers).toBe(1);
  });
});
