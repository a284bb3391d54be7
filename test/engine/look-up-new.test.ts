import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { expect, onTestFinished, test } from 'vitest';
import { planConversion } from '../../src/downloads/conversion-plan.ts';
import { tagFieldsOf } from '../../src/downloads/tag-fields.ts';
import { createTagger } from '../../src/downloads/tag.ts';
import { lookUpNew } from '../../src/engine/look-up-new.ts';
import { HarmoniError } from '../../src/errors.ts';
import { scanLibrary } from '../../src/library/scan.ts';
import { createHttp } from '../../src/system/http.ts';
import type { JobReport } from '../../src/tracks/outcome.ts';
import { convertFile, sine } from '../downloads/sounds.ts';
import { isrc, recording, release } from '../enrich/musicbrainz/songs.ts';
import { createTestClock } from '../helpers/clock.ts';
import { video } from '../helpers/media.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { openTestStore } from '../history/set-up.ts';
import { startMusicBrainz } from '../stand-ins/musicbrainz.ts';

const summary = { done: 2, present: 1, unsure: 0, none: 0, failed: 0, cancelled: 0, skipped: 0, seconds: 1 };

/** A library with three songs, each on an album of its own. The first two were downloaded just now. */
async function houseOfThree() {
  const library = tempFolder();
  const store = openTestStore();
  const clock = createTestClock();
  const numbers = [1, 2, 3];
  const albumOf = (number: number): string => `Album ${number}`;
  const catalogue = {
    recordings: numbers.map((number) => recording(number, { length: 5_000 })),
    releases: numbers.map((number) =>
      release(number, [number], { title: albumOf(number), labels: [{ name: 'Tall' }] }),
    ),
  };
  const service = await startMusicBrainz({ catalogue, now: () => clock.now() });
  onTestFinished(() => service.close());
  const http = createHttp();
  onTestFinished(() => http.close());
  const pathOf = (number: number): string => join(library, `Song ${number}.opus`);
  for (const number of numbers) {
    await convertFile(await sine('webm', 5), pathOf(number), planConversion('best', 'opus', 'high'));
    const [artist, track] = ['Alice Example', `Song ${number}`];
    const song = { artists: [artist], artist, track, album: albumOf(number), isrc: isrc(number) };
    const fields = tagFieldsOf(song, 'comprehensive', video('aaaaaaaaaaa'));
    await createTagger().write(pathOf(number), 'opus', fields, undefined);
  }
  const controller = new AbortController();
  await scanLibrary(library, store.files, { signal: controller.signal });
  const tracks = numbers.map((number) => {
    const status = number === 3 ? ('present' as const) : ('done' as const);
    return { artist: 'Alice Example', track: `Song ${number}`, status, path: pathOf(number) };
  });
  const report: JobReport = { lists: [{ name: 'Mix', tracks, skipped: [] }], summary };
  const told: string[] = [];
  const parts = {
    ...{
      store,
      clock,
      http,
      outputDir: library,
      trashDays: 30,
      signal: controller.signal,
      wantsCover: false,
    },
    config: { musicbrainz_url: service.url, cover_art_archive_url: 'http://127.0.0.1:9' },
    onProgress: (done: number, total: number) => void told.push(`${done} of ${total}`),
  };
  const labels = async (): Promise<readonly unknown[]> =>
    Promise.all(numbers.map(async (number) => (await parseFile(pathOf(number))).common.label?.[0]));
  return { store, report, parts, told, labels, service, controller };
}

test('the new songs get what MusicBrainz knows, and no others', async () => {
  const { report, parts, told, labels, store } = await houseOfThree();
  expect(await lookUpNew(parts, report, 'Mix')).toEqual({ tagged: 2, run: 1 });
  expect(await labels()).toEqual(['Tall', 'Tall', undefined]);
  expect(told[0]).toBe('0 of 2');
  expect(told.at(-1)).toBe('2 of 2');
  expect(store.journal.runs(9)).toMatchObject([{ kind: 'enrich', title: 'Mix', counts: { retag: 2 } }]);
  expect(await lookUpNew(parts, report, 'Mix')).toEqual({ tagged: 0 });
});

test('an interrupt keeps what was written, and the report says that not all were looked up', async () => {
  const { report, parts, labels, store, controller } = await houseOfThree();
  const onProgress = (): void => {
    if (store.journal.runs(1)[0]?.counts.retag === 1)
      controller.abort(new HarmoniError('cancelled', 'Stopped.'));
  };
  const end = await lookUpNew({ ...parts, onProgress }, report, 'Mix');
  expect(end).toEqual({ tagged: 1, run: 1, stopped: 'Stopped.' });
  expect((await labels()).filter((label) => label === 'Tall')).toHaveLength(1);
});

test('without an answer nothing is written, and the report says why', async () => {
  const { report, parts, service, labels } = await houseOfThree();
  await service.close();
  const end = await lookUpNew(parts, report, 'Mix');
  expect(end).toMatchObject({ tagged: 0, stopped: expect.stringContaining("can't be reached") as string });
  expect(await labels()).toEqual([undefined, undefined, undefined]);
});
