import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAcoustId, type AcoustId } from '../../../src/ear/witnesses/acoustid.ts';
import { judgeAnswer } from '../../../src/ear/witnesses/acoustid-answers.ts';
import { openStore, type Store } from '../../../src/history/store.ts';
import { packFingerprint } from '../../../src/sound/pack-fingerprint.ts';
import { createHttp } from '../../../src/system/http.ts';
import { createTestClock, type TestClock } from '../../helpers/clock.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import {
  goodKey,
  startAcoustId,
  type AcoustIdFault,
  type AcoustIdRecording,
  type AcoustIdStandIn,
} from '../../stand-ins/acoustid.ts';

const http = createHttp();
const signal = new AbortController().signal;
const isrc = 'GBUM71029604';
const track = { artists: ['Band'], artist: 'Band', track: 'Song', isrc, durationMs: 180_000 };
const fingerprint = Uint32Array.from({ length: 1_500 }, (_, at) => (at * 2_654_435_761) % 2 ** 32);
const beginning = packFingerprint(fingerprint.subarray(0, 948));
const ours = { id: 'a', title: 'Song', artists: [{ name: 'Band' }], duration: 181 };
let standIn: AcoustIdStandIn;
let store: Store;
let clock: TestClock;
let log: string[];

beforeEach(async () => {
  standIn = await startAcoustId();
  clock = createTestClock();
  store = openStore(tempFolder(), clock);
  log = [];
});
afterEach(async () => {
  store.close();
  await standIn.close();
});

function create(clientKey = goodKey): AcoustId {
  return createAcoustId({
    ...{ http, clock, store, clientKey, random: () => 0.5, userAgent: 'HARMONI/2', acoustIdUrl: standIn.url },
    log: { write: (...line) => void log.push(JSON.stringify(line)) },
  });
}
const ask = (acoustId = create()) => acoustId.ask({ track, fingerprint, lengthMs: 180_432 }, signal);
const know = (...recordings: AcoustIdRecording[]): void =>
  void standIn.known.set(beginning, [{ id: 'x', score: 0.97, recordings }]);

describe('AcoustID', () => {
  test('is sent the fingerprint of two minutes, the length of the file and the key, in the body', async () => {
    know({ ...ours, isrcs: ['GBUM71029604'] });
    expect(await ask()).toEqual({ by: 'acoustid', isSame: true, wholeMs: 181_000 });
    expect(standIn.requests.map(({ path }) => path)).toEqual(['POST /v2/lookup']);
    expect(Object.fromEntries(standIn.requests[0]?.form ?? [])).toEqual({
      client: goodKey,
      duration: '180',
      fingerprint: beginning,
      meta: 'recordings sources isrcs',
    });
  });

  test('says nothing of a sound that it does not know', async () => {
    expect(await ask()).toBe('none');
  });

  test('is not asked without a key', async () => {
    const acoustId = create('');
    expect(acoustId.isOn()).toBe(false);
    expect(await ask(acoustId)).toBe('none');
    expect(standIn.requests).toEqual([]);
  });

  test('is asked no more with a key that it does not know, which the log does not tell', async () => {
    const acoustId = create('another-key');
    expect(await ask(acoustId)).toBe('later');
    expect(await ask(acoustId)).toBe('none');
    expect(acoustId.isOn()).toBe(false);
    expect(standIn.requests).toHaveLength(1);
    expect(log.join()).toContain("doesn't know acoustid_client_key");
    expect(log.join()).not.toContain('another-key');
  });

  test.each<[string, readonly AcoustIdFault[], number]>([
    ['too many requests', [{ code: 14 }, { code: 14 }], 3],
    ['being unavailable', [{ code: 13 }], 2],
  ])('is asked again after %s', async (_name, faults, requests) => {
    know({ ...ours, isrcs: [isrc] });
    standIn.faults.push(...faults);
    expect(await ask()).toMatchObject({ isSame: true });
    expect(standIn.requests).toHaveLength(requests);
  });

  test.each<AcoustIdFault>([{ code: 3 }, 'reset', 'html', 'rubbish'])(
    'says nothing with %o',
    async (fault) => {
      know({ ...ours, isrcs: [isrc] });
      standIn.faults.push(fault);
      expect(await ask()).toBe('later');
    },
  );

  test('is asked at most three times a second', async () => {
    const acoustId = create();
    const from = clock.monotonicMs();
    await Promise.all(Array.from({ length: 4 }, () => ask(acoustId)));
    expect(clock.monotonicMs() - from).toBeGreaterThanOrEqual(1_000);
  });
});

describe('what it says is', () => {
  const say = (recordings: readonly Partial<AcoustIdRecording>[], score = 0.95) =>
    judgeAnswer({ status: 'ok', results: [{ id: 'x', score, recordings }] }, track, 180_432);
  const same = { by: 'acoustid', isSame: true };
  const other = { by: 'acoustid', isSame: false };
  const stranger = {
    title: 'Another',
    artists: [{ name: 'Others' }],
    duration: 180,
    isrcs: ['USXXX1234567'],
  };

  test.each([
    ['one of its ISRCs', [stranger, { ...stranger, isrcs: ['US-XXX-12-34567', 'gbum71029604'] }]],
    ['title, artist and length', [stranger, ours]],
    ['a name in other letters', [{ ...ours, title: 'SÓNG (feat. Guest)' }]],
  ])('the recording, by %s', (_name, recordings) => {
    expect(say(recordings)).toMatchObject(same);
  });

  test.each([
    ['nothing is said of it', []],
    ['its recordings have no name', [{ id: 'a' }]],
    ['only its length is another', [{ ...ours, duration: 240 }]],
    ['only its length is not known', [{ title: 'Song', artists: [{ name: 'Band' }] }]],
    ['it may be a version without its mark', [{ ...ours, title: 'Song (live)' }, stranger]],
  ])('neither, where %s', (_name, recordings) => {
    expect(say(recordings)).toBeUndefined();
  });

  test('neither, where the sound is only similar', () => {
    expect(say([{ ...ours, isrcs: [isrc] }], 0.89)).toBeUndefined();
    expect(say([stranger], 0.89)).toBeUndefined();
  });

  test('another recording, where others are named and none is ours', () => {
    expect(say([stranger])).toEqual(other);
    expect(say([{ ...ours, artists: [{ name: 'Cover Crew' }] }])).toEqual(other);
  });

  test('nothing by a link that one of hundreds made', () => {
    expect(
      say([
        { ...stranger, sources: 400 },
        { ...ours, sources: 3 },
      ]),
    ).toBeUndefined();
    expect(
      say([
        { ...stranger, sources: 4 },
        { ...ours, sources: 3 },
      ]),
    ).toMatchObject(same);
  });

  test('not clear, where it is no answer', () => {
    expect(judgeAnswer({ status: 'error', error: { code: 5 } }, track, 1)).toBe('unclear');
    expect(judgeAnswer('ok', track, 1)).toBe('unclear');
  });
});
