import { describe, expect, onTestFinished, test } from 'vitest';
import { musicBrainzPace as limits } from '../../../src/enrich/musicbrainz/musicbrainz.ts';
import { migrations } from '../../../src/history/schema.ts';
import { createServices } from '../../../src/history/services.ts';
import { openDatabase } from '../../../src/system/database.ts';
import { askedWaitMs, slowDown, speedUp, startNext, startPace } from '../../../src/system/service-pace.ts';
import { createTestClock } from '../../helpers/clock.ts';
import { busyPage } from '../../stand-ins/musicbrainz.ts';
import { createBench } from './set-up.ts';
import { recording, release, song } from './songs.ts';

const { signal } = new AbortController();
const nowMs = Date.UTC(2026, 10, 30, 12);
const date = new Date(nowMs - 3_600_000).toUTCString();
const inSeconds = (seconds: number): string => String((nowMs - 3_600_000) / 1_000 + seconds);

describe('how long an answer asks to wait', () => {
  test.each<[Record<string, string>, number | undefined]>([
    [{ 'retry-after': '7' }, 7_000],
    [{ date, 'x-ratelimit-reset': inSeconds(4) }, 4_000],
    [{ date, 'retry-after': '2', 'x-ratelimit-reset': inSeconds(9) }, 9_000],
    [{ date, 'retry-after': new Date(nowMs - 3_600_000 + 5_000).toUTCString() }, 5_000],
    [{ date, 'x-ratelimit-reset': inSeconds(-5) }, undefined],
    [{ 'retry-after': 'soon', 'x-ratelimit-reset': 'x' }, undefined],
    [{}, undefined],
  ])('is counted from its own clock, an hour behind: %j', (headers, ms) => {
    expect(askedWaitMs(headers, nowMs)).toBe(ms);
  });
});

describe('the pace', () => {
  test('is one request a gap, counted from when it starts', () => {
    const first = startNext(startPace(limits), nowMs, limits);
    const second = startNext(first.state, nowMs + 100, limits);
    const late = startNext(second.state, nowMs + 1_500, limits);
    const third = startNext(late.state, nowMs + 1_600, limits);
    expect([first, second, late, third].map(({ waitMs }) => waitMs)).toEqual([0, 1_000, 0, 1_000]);
  });

  test('doubles the gap with each refusal up to 32 s, and halves it with each answer', () => {
    let state = startPace(limits);
    const gaps: number[] = [];
    for (let times = 0; times < 6; times += 1) {
      state = slowDown(state, undefined, nowMs, limits);
      gaps.push(state.gapMs);
    }
    for (let times = 0; times < 6; times += 1) {
      state = speedUp(state, limits);
      gaps.push(state.gapMs);
    }
    expect(gaps).toEqual([
      2_200, 4_400, 8_800, 17_600, 32_000, 32_000, 16_000, 8_000, 4_000, 2_000, 1_100, 1_100,
    ]);
  });

  test('pauses for at most half a minute, whatever the service asks for', () => {
    const paused = slowDown(startPace(limits), 3_600_000, nowMs, limits);
    expect(paused.pausedUntilMs - nowMs).toBe(30_000);
    expect(startNext(paused, nowMs, limits).waitMs).toBe(30_000);
  });

  test('forgets a time that a wrong clock wrote', () => {
    const wrong = { ...startPace(limits), nextAtMs: nowMs + 86_400_000, pausedUntilMs: nowMs + 86_400_000 };
    expect(startNext(wrong, nowMs, limits).waitMs).toBe(0);
  });

  test('is one for all HARMONIs of a data folder', () => {
    const clock = createTestClock();
    const database = openDatabase(':memory:', migrations);
    onTestFinished(() => database.close());
    const [one, other] = [0, 1].map(() => createServices(database, clock).pace('musicbrainz', limits));
    expect([one?.start(), other?.start(), one?.start()]).toEqual([0, 1_100, 1_100]);
    clock.pass(1_100);
    expect([other?.start(), one?.start()]).toEqual([0, 1_100]);
    other?.busy(9_000);
    expect(one?.start()).toBe(9_000);
  });
});

describe('a service that is too busy', () => {
  const catalogue = { recordings: [recording(1)], releases: [release(1, [1])] };

  test('is given the time that it asks for, and asked again', async () => {
    const { facts, service, clock } = await createBench(catalogue);
    const reset = String(Math.round(Date.now() / 1_000) + 20);
    service.faults.push(
      { status: 503, body: busyPage, headers: { 'retry-after': '3' } },
      { status: 429, body: '{"error":"x"}', headers: { 'x-ratelimit-reset': reset } },
      { status: 502 },
      { status: 200, body: busyPage },
    );
    const beganMs = clock.now();
    const { found, stopped } = await facts.factsFor([song(1)], signal);
    expect(stopped).toBeUndefined();
    expect(found.get('song 1')?.releaseId).toBeDefined();
    expect(service.requests).toHaveLength(6);
    expect(service.tooEarly()).toBe(0);
    expect(clock.now() - beganMs).toBeGreaterThan(22_000);
  });

  test('is left in peace when it stays so, and what was found counts', async () => {
    const { facts, again, service, clock } = await createBench({
      recordings: [recording(1), recording(2)],
      releases: [release(1, [1]), release(2, [2], { title: 'Second Album' })],
    });
    const songs = [song(1), song(2, { ALBUM: ['Second Album'] })];
    const beganMs = clock.now();
    const { found, stopped } = await facts.factsFor(songs, signal, {
      onFound: () => service.faults.push(...Array.from({ length: 50 }, () => ({ status: 503 }))),
    });
    expect(stopped).toMatchObject({ code: 'service-busy' });
    expect([...found.keys()]).toEqual(['song 1']);
    // Slower each time, for about five minutes.
    const asked = service.requests.length;
    expect(asked).toBeLessThan(20);
    expect(clock.now() - beganMs).toBeGreaterThan(4 * 60_000);
    expect(clock.now() - beganMs).toBeLessThan(6 * 60_000);
    service.faults.length = 0;
    expect((await again().factsFor(songs, signal)).found.size).toBe(2);
    expect(service.requests).toHaveLength(asked + 1);
  });

  test('that turns HARMONI away is not asked again', async () => {
    const { facts, service } = await createBench(catalogue);
    service.faults.push({ status: 403 });
    expect((await facts.factsFor([song(1)], signal)).stopped).toMatchObject({ code: 'service-busy' });
    expect(service.requests).toHaveLength(1);
  });

  test("that can't be reached is asked five times", async () => {
    const { facts, service } = await createBench(catalogue);
    await service.close();
    expect((await facts.factsFor([song(1)], signal)).stopped).toMatchObject({ code: 'network-unreachable' });
  });

  test('a question that is refused is one for later', async () => {
    const { facts, again, service, clock } = await createBench(catalogue);
    service.faults.push({ status: 400, body: '{"error":"x"}' });
    const { found, stopped } = await facts.factsFor([song(1)], signal);
    expect(stopped).toBeUndefined();
    // By its names, then.
    expect(found.get('song 1')?.foundBy).toBe('text');
    const before = service.requests.length;
    await again().factsFor([song(1)], signal);
    expect(service.requests).toHaveLength(before);
    clock.pass(3_600_001);
    expect((await again().factsFor([song(1)], signal)).found.get('song 1')?.foundBy).toBe('isrc');
  });

  test('Ctrl+C ends the wait', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped');
    const { facts, service } = await createBench(catalogue, { onWait: () => stop.abort(reason) });
    service.faults.push({ status: 503 });
    await expect(facts.factsFor([song(1)], stop.signal)).rejects.toBe(reason);
    expect(service.requests).toHaveLength(1);
  });
});
