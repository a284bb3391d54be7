import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDeezer } from '../../../src/ear/witnesses/deezer.ts';
import { mayFetch } from '../../../src/ear/witnesses/deezer-preview.ts';
import type { ReferenceSource } from '../../../src/ear/witnesses/reference-source.ts';
import { openStore, type Store } from '../../../src/history/store.ts';
import { clipFingerprints } from '../../../src/ear/clip.ts';
import { createHttp } from '../../../src/system/http.ts';
import { createTestClock, type TestClock } from '../../helpers/clock.ts';
import { playMusic } from '../../helpers/music.ts';
import { encodeSound } from '../../helpers/sounds.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { realTools } from '../../helpers/world.ts';
import {
  startDeezer,
  type DeezerFault,
  type DeezerStandIn,
  type DeezerTrack,
} from '../../stand-ins/deezer.ts';

const http = createHttp();
const signal = new AbortController().signal;
const isrc = 'GBUM71029604';
const track = {
  artists: ['Band', 'Guest'],
  artist: 'Band, Guest',
  track: 'Song (feat. Guest)',
  isrc,
  durationMs: 180_400,
};
const heard = { track, path: '/nowhere.opus', lengthMs: 180_400, fingerprint: undefined };
let ffmpegPath: string;
let preview: Buffer;
let deezer: DeezerStandIn;
let store: Store;
let clock: TestClock;
let source: ReferenceSource;
let log: { message: string; facts: unknown }[];

beforeAll(async () => {
  ffmpegPath = (await realTools()).ffmpeg;
  preview = await encodeSound(ffmpegPath, playMusic(3, { seconds: 30 }), { format: 'mp3' });
});
beforeEach(async () => {
  deezer = await startDeezer();
  clock = createTestClock();
  store = openStore(tempFolder(), clock);
  log = [];
  source = create();
});
afterEach(async () => {
  store.close();
  await deezer.close();
});

function create(): ReferenceSource {
  return createDeezer({
    ...{ http, clock, store, random: () => 0.5, userAgent: 'HARMONI/2', deezerUrl: deezer.url },
    ffmpegPath: () => Promise.resolve(ffmpegPath),
    log: { write: (_level, message, facts) => void log.push({ message, facts }) },
  });
}

const copy = (change: Partial<DeezerTrack> = {}): DeezerTrack => {
  const names = { title: 'Song', artist: 'Band', duration: 180 };
  return { id: 3_135_556, isrc, ...names, preview, ...change };
};
const asked = (): string[] => deezer.requests.map(({ what }) => what.split('?')[0] ?? '');
const find = (change: object = {}) => source.find({ ...heard, track: { ...track, ...change } }, signal);
const has = async () => typeof (await find()) !== 'string';

describe('the preview of a recording', () => {
  test('is found by its ISRC, and fetched right away', async () => {
    deezer.tracks.push(copy());
    expect(await find({ isrc: 'gb-um7-10-29604' })).toEqual({
      reference: {
        by: 'deezer',
        fingerprints: await clipFingerprints(preview, { ffmpegPath, signal }),
        sound: preview,
        lengthMs: 180_000,
        url: 'https://www.deezer.com/track/3135556',
      },
    });
    expect(deezer.requests).toMatchObject([{ what: `/track/isrc:${isrc}`, userAgent: 'HARMONI/2' }]);
    expect(deezer.fetched).toHaveLength(1);
  });

  test('is that of the copy that may be heard here', async () => {
    deezer.tracks.push(copy({ id: 1, preview: undefined, readable: false, alternative: 2 }), copy({ id: 2 }));
    expect(await find()).toMatchObject({ reference: { url: 'https://www.deezer.com/track/2' } });
    expect(deezer.requests).toHaveLength(1);
  });

  test('is that of another copy of the same ISRC, where the first has none', async () => {
    deezer.tracks.push(
      copy({ id: 1, preview: undefined }),
      copy({ id: 2, isrc: 'USXXX1234567' }),
      copy({ id: 3 }),
    );
    expect(await find()).toMatchObject({ reference: { url: 'https://www.deezer.com/track/3' } });
    expect(asked()).toEqual([`/track/isrc:${isrc}`, '/search']);
    const search = new URLSearchParams(deezer.requests[1]?.what.split('?')[1]);
    expect(Object.fromEntries(search)).toEqual({ q: 'Band Song', limit: '25' });
  });

  test.each([
    ['a title without the guests', { title: 'Song (Remastered 2011)' }],
    ['both artists in one name', { artist: 'Guest & Band' }],
    ['a length three seconds off', { duration: 183 }],
    ['other letters', { title: 'Sóng' }],
  ])('counts with %s', async (_name, change) => {
    deezer.tracks.push(copy(change));
    expect(await find()).toHaveProperty('reference');
  });

  test.each([
    ['of another ISRC', { isrc: 'USXXX1234567' }, 'its ISRC is USXXX1234567'],
    ['of another title', { title: 'Another' }, `it's called "Another"`],
    ['of a live version', { title: 'Song (Live at Home)' }, `it's called "Song (Live at Home)"`],
    ['by another artist', { artist: 'Karaoke Crew' }, "it's by Karaoke Crew"],
    ['of another length', { duration: 240 }, "it's 60 seconds longer"],
    ['without a preview', { preview: undefined }, 'it has no preview'],
  ])('never is that of a copy %s, and the log says why', async (_name, change, why) => {
    deezer.tracks.push(copy(change));
    expect(await find()).toBe('none');
    expect(deezer.fetched).toEqual([]);
    expect(JSON.stringify(log)).toContain(JSON.stringify(why).slice(1, -1));
  });

  test('is none of a track without an ISRC, and nobody is asked', async () => {
    expect(await find({ isrc: undefined })).toBe('none');
    expect(await find({ isrc: 'nonsense' })).toBe('none');
    expect(deezer.requests).toEqual([]);
  });
});

describe('what is remembered', () => {
  test('is that there is one, and never its address', async () => {
    deezer.tracks.push(copy());
    expect(await has()).toBe(true);
    source = create();
    expect(await has()).toBe(true);
    expect(asked()).toEqual([`/track/isrc:${isrc}`, '/track/3135556']);
    const rows = store.database.prepare('SELECT * FROM service_answers').all();
    expect(JSON.stringify([rows, log])).not.toMatch(/hdnea|\.mp3/);
    expect(store.services.load(`deezer ${deezer.url}`, questionOf())?.value).toEqual({ id: '3135556' });
  });

  test('is that there is none, for 30 days', async () => {
    expect(await has()).toBe(false);
    expect(await find()).toBe('none');
    expect(asked()).toEqual([`/track/isrc:${isrc}`, '/search']);
    clock.pass(31 * 24 * 3_600_000);
    deezer.tracks.push(copy());
    expect(await has()).toBe(true);
  });

  test('is looked for anew where it is gone', async () => {
    deezer.tracks.push(copy({ id: 1 }));
    expect(await has()).toBe(true);
    deezer.tracks.splice(0, 1, copy({ id: 2 }));
    expect(await find()).toMatchObject({ reference: { url: 'https://www.deezer.com/track/2' } });
    expect(asked().slice(1)).toEqual(['/track/1', `/track/isrc:${isrc}`]);
  });

  const questionOf = (): string => JSON.stringify([isrc, track.artists, track.track, 180]);
});

describe('Deezer is asked', () => {
  test.each([4, 700] as const)('again after 2, 5 and 10 s where it says %i', async (code) => {
    deezer.tracks.push(copy());
    deezer.faults.push({ code }, { code }, { code });
    expect(await find()).toHaveProperty('reference');
    expect(deezer.requests).toHaveLength(4);
    const waited = clock.slept.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeGreaterThanOrEqual(17_000);
    expect(waited).toBeLessThan(18_000);
  });

  test('no more where it says so four times, and nothing is remembered of that', async () => {
    deezer.tracks.push(copy());
    deezer.always = { code: 4 };
    expect(await find()).toBe('later');
    expect(await find()).toBe('later');
    expect(deezer.requests).toHaveLength(4);
    deezer.always = undefined;
    clock.pass(120_000);
    expect(await find()).toHaveProperty('reference');
  });

  test.each<[string, DeezerFault]>([
    ['a torn connection', 'reset'],
    ['a page', 'html'],
    ['half of an answer', 'half'],
    ['JSON that is none of its own', 'rubbish'],
    ['"too many requests"', '429'],
  ])('another time after %s', async (_name, fault) => {
    deezer.tracks.push(copy());
    deezer.always = fault;
    expect(await find()).toBe('later');
    deezer.always = undefined;
    clock.pass(3_600_000);
    expect(await find()).toHaveProperty('reference');
  });

  test('another time where it is not there at all', async () => {
    await deezer.close();
    expect(await find()).toBe('later');
    deezer = await startDeezer();
  });

  test('one question at a time, at most eight a second, by all HARMONIs of a data folder', async () => {
    const others = [create(), create()];
    const all = [...others, source].flatMap((one) =>
      ['A', 'B', 'C'].map((name) =>
        one.find(
          { ...heard, track: { ...track, track: name, isrc: `GBUM7102960${name.charCodeAt(0) % 10}` } },
          signal,
        ),
      ),
    );
    expect(await Promise.all(all)).toEqual(Array.from({ length: 9 }, () => 'none'));
    expect(deezer.requests.length).toBeGreaterThan(5);
    const least = (deezer.requests.length - 1) * 125;
    expect(clock.monotonicMs() - Date.UTC(2026, 10, 21, 12)).toBeGreaterThanOrEqual(least);
  });

  test('and waited for where it is slow', async () => {
    deezer.tracks.push(copy());
    deezer.faults.push({ slowMs: 200 });
    expect(await find()).toHaveProperty('reference');
  });

  test('no longer than whoever waits for it does', async () => {
    deezer.always = 'hang';
    const over = new AbortController();
    const finding = source.find(heard, over.signal);
    await expect.poll(() => deezer.requests.length).toBe(1);
    over.abort(new Error('over'));
    await expect(finding).rejects.toThrow('over');
  });
});

describe('a preview', () => {
  test('that three songs in a row have and nobody can fetch is left alone for a while', async () => {
    deezer.tracks.push(copy());
    deezer.previewFaults.push('html', 'reset');
    expect([await find(), await find()]).toEqual(['later', 'later']);
    expect(await find()).toHaveProperty('reference');
    deezer.previewFaults.push('html', 'large', 'reset');
    for (let song = 0; song < 5; song += 1) expect(await find()).toBe('later');
    expect(deezer.fetched).toHaveLength(6);
    clock.pass(5 * 60_000);
    expect(await find()).toHaveProperty('reference');
  });

  test('whose address has run out is asked for once more', async () => {
    deezer.tracks.push(copy());
    deezer.previewFaults.push('expired');
    expect(await find()).toHaveProperty('reference');
    expect(asked()).toEqual([`/track/isrc:${isrc}`, '/track/3135556']);
    expect(new Set(deezer.fetched).size).toBe(2);
    deezer.previewFaults.push('expired', 'expired');
    expect(await find()).toBe('later');
  });

  test.each(['redirect', 'html', 'large', 'reset'] as const)('is none where it is %s', async (fault) => {
    deezer.tracks.push(copy());
    deezer.previewFaults.push(fault);
    expect(await find()).toBe('later');
    expect(deezer.requests.map(({ what }) => what)).not.toContain('/elsewhere');
  });

  test.each([
    ['https://cdnt-preview.dzcdn.net/api/1/1/a.mp3?hdnea=exp=1', true],
    ['https://e-cdns.deezer.com/a.mp3', true],
    ['http://cdnt-preview.dzcdn.net/a.mp3', false],
    ['https://cdnt-preview.dzcdn.net:8443/a.mp3', false],
    ['https://dzcdn.net.example.com/a.mp3', false],
    ['https://notdzcdn.net/a.mp3', false],
    ['https://user:secret@cdnt-preview.dzcdn.net/a.mp3', false],
    ['https://127.0.0.1/a.mp3', false],
    ['file:///etc/passwd', false],
    ['', false],
    ['http://127.0.0.1:9999/a.mp3', true],
    ['http://127.0.0.1:9998/a.mp3', false],
  ])('at %s is fetched: %s', (address, may) => {
    expect(mayFetch(address, 'http://127.0.0.1:9999/x')).toBe(may);
  });
});
