import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { expect, test } from 'vitest';
import { planConversion } from '../../src/downloads/conversion-plan.ts';
import { tagFieldsOf } from '../../src/downloads/tag-fields.ts';
import { createTagger } from '../../src/downloads/tag.ts';
import { levelCopies } from '../../src/engine/level-copies.ts';
import { planUndo, undo } from '../../src/engine/undo.ts';
import { scanLibrary } from '../../src/library/scan.ts';
import type { JobReport } from '../../src/tracks/outcome.ts';
import { convertFile, sine } from '../downloads/sounds.ts';
import { createTestClock } from '../helpers/clock.ts';
import { video } from '../helpers/media.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { realTools } from '../helpers/world.ts';
import { openTestStore } from '../history/set-up.ts';

const { signal } = new AbortController();
const song = { artists: ['One'], artist: 'One', track: 'Song' };

/** A library with a song that was copied from YouTube, and what its download reported. */
async function houseWithCopy() {
  const { ffmpeg } = await realTools();
  const library = tempFolder();
  const store = openTestStore();
  const path = join(library, 'One - Song.opus');
  await convertFile(await sine('webm', 5), path, planConversion('best', 'opus', 'high'));
  await createTagger().write(
    path,
    'opus',
    tagFieldsOf(song, 'comprehensive', video('aaaaaaaaaaa')),
    undefined,
  );
  await scanLibrary(library, store.files, { signal });
  const tracks = [{ artist: 'One', track: 'Song', status: 'done', path } as const];
  const summary = {
    done: 1,
    present: 0,
    unsure: 0,
    none: 0,
    failed: 0,
    cancelled: 0,
    skipped: 0,
    seconds: 1,
  };
  const report: JobReport = { lists: [{ name: 'Mix', tracks, skipped: [] }], summary };
  const clock = createTestClock();
  const told: string[] = [];
  const parts = {
    store,
    clock,
    cores: 2,
    ffmpegPath: () => Promise.resolve(ffmpeg),
    outputDir: library,
    trashDays: 30,
    signal,
    onProgress: (done: number, total: number) => void told.push(`${done} of ${total}`),
  };
  return { library, store, path, report, parts, told, clock };
}

test('what was copied is measured after the download, and gets its gain; an undo takes the tags back', async () => {
  const { store, path, report, parts, told, clock } = await houseWithCopy();
  const before = readFileSync(path);
  await levelCopies(parts, report, 'Mix');
  const { native, common } = await parseFile(path);
  const lufs = store.sounds.ofFile(store.files.get(path) ?? { path, sizeBytes: 0, modifiedMs: 0 })?.loudness;
  expect(common.replaygain_track_gain?.dB).toBeCloseTo(Math.min(-18 - (lufs?.integratedLufs ?? 0), 99), 1);
  expect(native['vorbis']?.map(({ id }) => id)).toContain('R128_TRACK_GAIN');
  expect(common).toMatchObject({ title: 'Song', artist: 'One' });
  expect(told).toEqual(['1 of 1']);
  expect(store.files.get(path)?.isChanged).toBeUndefined();
  const [run] = store.journal.runs(1);
  expect(run).toMatchObject({ kind: 'enrich', title: 'Mix' });
  const undoParts = {
    store,
    clock,
    config: { trash_days: 30, file_name_template: '{artist} - {track}' },
    log: { write: () => undefined },
  };
  await undo(undoParts, await planUndo({ store }, run?.id ?? 0), { signal, onProgress: () => undefined });
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('what was heard before is not heard again', async () => {
  const { report, parts, told, store } = await houseWithCopy();
  await levelCopies(parts, report, 'Mix');
  await levelCopies({ ...parts, ffmpegPath: () => Promise.reject(new Error('not needed')) }, report, 'Mix');
  expect(told).toHaveLength(1);
  expect(store.journal.runs(9)).toHaveLength(1);
});
