import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLyricsService, type LyricsService } from '../../../src/enrich/lyrics/lrclib.ts';
import { openStore, type Store } from '../../../src/history/store.ts';
import { createHttp } from '../../../src/system/http.ts';
import { systemClock } from '../../../src/system/clock.ts';
import { createTestClock, type TestClock } from '../../helpers/clock.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { lrclibRecord, startLrclib, type LrclibFault, type LrclibStandIn } from '../../stand-ins/lrclib.ts';

const http = createHttp();
const day = 24 * 3_600_000;
const signal = new AbortController().signal;
const names = { trackName: 'Song', artistName: 'Band', albumName: 'Album', duration: 60 };
const track = {
  artists: ['Band', 'Guest'],
  artist: 'Band, Guest',
  track: 'Song (feat. Guest)',
  album: 'Album',
};
let lrclib: LrclibStandIn;
let store: Store;
let clock: TestClock;
let service: LyricsService;

function createService(): LyricsService {
  return createLyricsService({
    http,
    clock,
    random: () => 0.5,
    store,
    lyricsUrl: lrclib.url,
    userAgent: 'HARMONI/2',
  });
}
const asked = (): string[] => lrclib.requests.map(({ what }) => what.split('?')[0] ?? '');
const find = (change: object = {}, durationMs: number | null = 60_000) =>
  service.find({ ...track, ...change }, durationMs ?? undefined, signal);

beforeEach(async () => {
  lrclib = await startLrclib();
  clock = createTestClock();
  store = openStore(tempFolder(), clock);
  service = createService();
});
afterEach(async () => {
  store.close();
  await lrclib.close();
});

describe('the lyrics of a song', () => {
  test('come from one request by everything that is known of it', async () => {
    lrclib.records.push(lrclibRecord(names));
    expect(JSON.stringify(await find())).toContain('Line 2 of Song');
    const { what, userAgent } = lrclib.requests[0] ?? { what: '', userAgent: '' };
    expect(Object.fromEntries(new URLSearchParams(what.split('?')[1]))).toEqual({
      track_name: 'Song',
      artist_name: 'Band',
      album_name: 'Album',
      duration: '60',
    });
    expect(userAgent).toBe('HARMONI/2');
  });

  test.each([
    ['on another album', { albumName: 'Best Of' }, ['get', 'get']],
    ['by a search, a second longer than a request may ask for', { duration: 63 }, ['get', 'get', 'search']],
    ['with another credit', { artistName: 'Band & Guest' }, ['get', 'get', 'search']],
  ])('are found %s', async (_name, change, requests) => {
    lrclib.records.push(lrclibRecord({ ...names, ...change }));
    expect(await find()).toMatchObject({ kind: 'found' });
    expect(asked()).toEqual(requests);
  });

  test('with times are worth more than those without', async () => {
    lrclib.records.push(
      lrclibRecord({ ...names, syncedLyrics: null, plainLyrics: 'Plain' }),
      lrclibRecord({ ...names, albumName: 'Single', duration: 61 }),
    );
    expect(JSON.stringify(await find())).toContain('"synced":"[00:');
    expect(asked()).toEqual(['get', 'get', 'search']);
  });

  test('without times are taken where there are no others', async () => {
    lrclib.records.push(lrclibRecord({ ...names, syncedLyrics: null, plainLyrics: 'Plain' }));
    expect(await find()).toEqual({ kind: 'found', lyrics: { plain: 'Plain' } });
  });

  test('are none for an instrumental', async () => {
    lrclib.records.push(
      lrclibRecord({ ...names, instrumental: true, plainLyrics: null, syncedLyrics: null }),
    );
    expect(await find()).toEqual({ kind: 'instrumental' });
    expect(asked()).toEqual(['get']);
    expect(await find()).toEqual({ kind: 'instrumental' });
    expect(lrclib.requests).toHaveLength(1);
  });

  test('are none of a record that has neither text', async () => {
    lrclib.records.push(lrclibRecord({ ...names, plainLyrics: null, syncedLyrics: null }));
    expect(await find()).toEqual({ kind: 'none' });
  });

  test('are not asked for without a name', async () => {
    expect(await find({ artists: [], artist: '' })).toEqual({ kind: 'none' });
    expect(lrclib.requests).toEqual([]);
  });

  test('of an unknown length, or of hours, are asked for without it', async () => {
    lrclib.records.push(lrclibRecord({ ...names, duration: 7_200 }));
    await find({}, null);
    await find({}, 7_200_000);
    expect(lrclib.requests.filter(({ what }) => what.includes('duration'))).toEqual([]);
    expect(await find({}, 7_200_000)).toMatchObject({ kind: 'found' });
  });
});

describe('answers are remembered', () => {
  test('for 90 days when there was something, across runs', async () => {
    lrclib.records.push(lrclibRecord(names));
    const first = await find();
    service = createService();
    clock.pass(89 * day);
    expect(await find()).toEqual(first);
    expect(lrclib.requests).toHaveLength(1);
  });

  test('for 30 days when there was nothing', async () => {
    expect(await find()).toEqual({ kind: 'none' });
    expect(lrclib.requests).toHaveLength(3);
    clock.pass(29 * day);
    await find();
    expect(lrclib.requests).toHaveLength(3);
    clock.pass(2 * day);
    lrclib.records.push(lrclibRecord(names));
    expect(await find()).toMatchObject({ kind: 'found' });
  });
});

describe('a service in trouble', () => {
  const faults: readonly LrclibFault[] = ['429', '520', '500', 'empty', 'html', 'half', 'reset'];
  test.each(faults)('that answers with %j is left in peace for a while, and asked again', async (fault) => {
    lrclib.records.push(lrclibRecord(names));
    lrclib.faults.push(fault);
    expect(await find()).toMatchObject({ kind: 'later' });
    expect(await find({ track: 'Other' })).toMatchObject({ kind: 'later' });
    expect(lrclib.requests).toHaveLength(1);
    clock.pass(61_000);
    expect(await find()).toMatchObject({ kind: 'found' });
  });

  test('says itself how long', async () => {
    lrclib.records.push(lrclibRecord(names));
    lrclib.faults.push({ retryAfterSeconds: 600 });
    await find();
    clock.pass(599_000);
    expect(await find()).toMatchObject({ kind: 'later' });
    clock.pass(2_000);
    expect(await find()).toMatchObject({ kind: 'found' });
  });

  test('is left in peace by every other HARMONI of the data folder, too', async () => {
    lrclib.records.push(lrclibRecord(names));
    lrclib.faults.push('429');
    expect(await find()).toMatchObject({ kind: 'later', error: { code: 'service-busy' } });
    const other = createService();
    const asked = other.find(track, 60_000, signal);
    expect(await asked).toMatchObject({ kind: 'later', error: { message: 'LRCLIB asked HARMONI to wait.' } });
    expect(lrclib.requests).toHaveLength(1);
    clock.pass(61_000);
    expect(await other.find(track, 60_000, signal)).toMatchObject({ kind: 'found' });
  });

  test("that can't be reached is asked by another HARMONI all the same", async () => {
    lrclib.records.push(lrclibRecord(names));
    lrclib.faults.push('reset');
    expect(await find()).toMatchObject({ kind: 'later', error: { code: 'network-unreachable' } });
    clock.pass(1_100);
    expect(await createService().find(track, 60_000, signal)).toMatchObject({ kind: 'found' });
  });

  test('is left in peace longer each time', async () => {
    lrclib.always = '520';
    await find();
    clock.pass(61_000);
    await find();
    clock.pass(61_000);
    await find();
    expect(lrclib.requests).toHaveLength(2);
    clock.pass(60_000);
    await find();
    expect(lrclib.requests).toHaveLength(3);
  });

  test('after a text without times costs nothing, and that is not the last word', async () => {
    lrclib.records.push(lrclibRecord({ ...names, syncedLyrics: null, plainLyrics: 'Plain' }));
    lrclib.faults.push({ slowMs: 0 }, '429');
    expect(await find()).toEqual({ kind: 'found', lyrics: { plain: 'Plain' } });
    clock.pass(61_000);
    lrclib.records.push(lrclibRecord({ ...names, duration: 61 }));
    expect(JSON.stringify(await find())).toContain('"synced"');
  });

  test('at a wrong address is no answer about a song', async () => {
    service = createLyricsService({
      http,
      clock,
      random: () => 0.5,
      store,
      lyricsUrl: `${lrclib.url}/v9`,
      userAgent: 'HARMONI/2',
    });
    expect(await find()).toMatchObject({ kind: 'later' });
  });
});

test('many songs ask a second apart, and two at once at most', async () => {
  lrclib.always = { slowMs: 30 };
  const songs = Array.from({ length: 6 }, (_, index) => ({
    artists: ['Band'],
    artist: 'Band',
    track: `Song ${index}`,
  }));
  const beganMs = clock.monotonicMs();
  await Promise.all(songs.map((song) => service.find(song, 60_000, signal)));
  expect(lrclib.requests).toHaveLength(12);
  expect(lrclib.mostAtOnce()).toBeLessThanOrEqual(2);
  expect(clock.monotonicMs() - beganMs).toBeGreaterThanOrEqual(11_000);
});

test('HARMONIs of one data folder ask a second apart together', async () => {
  const beganMs = clock.monotonicMs();
  await Promise.all([service, createService()].map((one) => one.find(track, 60_000, signal)));
  expect(lrclib.requests).toHaveLength(6);
  expect(clock.monotonicMs() - beganMs).toBeGreaterThanOrEqual(5_500);
});

test('another server has other answers', async () => {
  expect(await find()).toEqual({ kind: 'none' });
  const mirror = await startLrclib([lrclibRecord(names)]);
  const own = createLyricsService({
    http,
    clock,
    random: () => 0.5,
    store,
    lyricsUrl: mirror.url,
    userAgent: 'HARMONI/2',
  });
  expect(await own.find(track, 60_000, signal)).toMatchObject({ kind: 'found' });
  await mirror.close();
});

test('a stop ends it with the reason', async () => {
  lrclib.always = { slowMs: 5_000 };
  const stop = new AbortController();
  const waiting = createLyricsService({
    http,
    clock: systemClock,
    random: () => 0.5,
    store,
    lyricsUrl: lrclib.url,
    userAgent: 'HARMONI/2',
  }).find(track, 60_000, stop.signal);
  setTimeout(() => stop.abort(new Error('Enough.')), 20);
  await expect(waiting).rejects.toThrow('Enough.');
});
