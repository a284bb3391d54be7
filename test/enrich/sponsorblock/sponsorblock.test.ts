import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSponsorBlock, type SponsorBlock } from '../../../src/enrich/sponsorblock/sponsorblock.ts';
import { systemClock } from '../../../src/system/clock.ts';
import { createHttp } from '../../../src/system/http.ts';
import { openStore, type Store } from '../../../src/history/store.ts';
import { createTestClock } from '../../helpers/clock.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import {
  startSponsorBlock,
  type SponsorBlockFault,
  type SponsorBlockStandIn,
} from '../../stand-ins/sponsorblock.ts';

const http = createHttp();
const signal = new AbortController().signal;
const videoId = 'dQw4w9WgXcQ';
const cut = [{ fromMs: 0, toMs: 12_300 }];
let standIn: SponsorBlockStandIn;
let service: SponsorBlock;
let store: Store;

function create(clock = systemClock): SponsorBlock {
  const parts = { http, clock, store, random: () => 0.5, userAgent: 'HARMONI/2' };
  return createSponsorBlock({ ...parts, sponsorBlockUrl: standIn.url });
}

beforeEach(async () => {
  store = openStore(tempFolder(), systemClock);
  standIn = await startSponsorBlock();
  standIn.segments.push({ videoID: videoId, segment: [0, 12.3], videoDuration: 212 });
  service = create();
});
afterEach(async () => {
  service.end();
  store.close();
  await standIn.close();
});

test('only the beginning of a hash is asked for, and once', async () => {
  service.prepare(videoId);
  expect(await service.cutsOf(videoId, 212_000, signal)).toEqual(cut);
  expect(await service.cutsOf(videoId, 212_000, signal)).toEqual(cut);
  const [url] = standIn.requests;
  expect(standIn.requests).toHaveLength(1);
  expect(url?.pathname).toBe(
    `/api/skipSegments/${createHash('sha256').update(videoId).digest('hex').slice(0, 4)}`,
  );
  expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({
    service: 'YouTube',
    categories: '["music_offtopic"]',
    actionTypes: '["skip"]',
  });
});

test('a video that nobody marked has no parts without music', async () => {
  expect(await service.cutsOf('aaaaaaaaaaa', 212_000, signal)).toEqual([]);
});

describe('nothing is cut', () => {
  const faults: readonly SponsorBlockFault[] = ['429', '500', 'html', 'empty'];
  test.each(faults)('where it answers with %s, and it is left in peace then', async (fault) => {
    standIn.faults.push(fault);
    expect(await service.cutsOf(videoId, 212_000, signal)).toEqual([]);
    expect(await service.cutsOf('bbbbbbbbbbb', 212_000, signal)).toEqual([]);
    expect(standIn.requests).toHaveLength(1);
  });

  test('where it does not answer in time', async () => {
    standIn.faults.push({ slowMs: 60_000 });
    const clock = createTestClock();
    service = create(clock);
    expect(await service.cutsOf(videoId, 212_000, signal)).toEqual([]);
    expect(clock.slept).toEqual([10_000]);
  });
});

test('a stop ends the waiting with its reason', async () => {
  standIn.faults.push({ slowMs: 60_000 });
  const stop = new AbortController();
  const waiting = service.cutsOf(videoId, 212_000, stop.signal);
  stop.abort(new Error('Enough.'));
  await expect(waiting).rejects.toThrow('Enough.');
});
