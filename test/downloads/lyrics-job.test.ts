import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findLeftovers } from '../../src/automation/cleanup.ts';
import { removeLeft } from '../../src/automation/remove-left.ts';
import { isOwnText } from '../../src/downloads/lyrics-file.ts';
import { findInTrash, readTrash, restoreFromTrash, type TrashParts } from '../../src/engine/trash.ts';
import { planUndo, undo } from '../../src/engine/undo.ts';
import { createChanges } from '../../src/history/changes.ts';
import { createJobBench, listOf, type JobBench, type JobChange } from '../helpers/job.ts';
import { video } from '../helpers/media.ts';
import { createWorld, makeTracks, type World } from '../helpers/world.ts';
import { lrclibRecord, startLrclib, type LrclibStandIn } from '../stand-ins/lrclib.ts';

const tracks = makeTracks(2, { fromMs: 6_000 });
const names = tracks.map(({ artist, track }) => `${artist} - ${track}`);
const [first = '', second = ''] = names;
const evening = listOf('Evening', tracks);
const morning = listOf('Morning', tracks);
const signal = new AbortController().signal;
let world: World;
let bench: JobBench;
let lrclib: LrclibStandIn;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: ['live'] } });
});
afterAll(() => world.close());
beforeEach(async () => {
  for (const folder of ['music', 'job-data'])
    rmSync(join(world.folder, folder), { recursive: true, force: true });
  lrclib = await startLrclib(
    tracks.map(({ artist, track, album = '', durationMs = 0 }) =>
      lrclibRecord({ artistName: artist, trackName: track, albumName: album, duration: durationMs / 1000 }),
    ),
  );
  bench = await createJobBench(world, 'job-data', { isFetchedOnce: true });
  return async () => {
    await bench.close();
    await lrclib.close();
  };
});

const run = (lists = [evening], settings: JobChange['settings'] = {}) =>
  bench.run(lists, { settings: { lyrics: 'both', ...settings }, config: { lyrics_url: lrclib.url } });
const at = (name: string): string => join(world.music, name);
const lyricsFiles = (): string[] =>
  readdirSync(world.music, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.lrc') && !path.startsWith('.harmoni'))
    .toSorted();
const embedded = async (name: string) => (await parseFile(at(name))).common.lyrics?.[0]?.text;
const trashParts = (): TrashParts => ({
  ...bench.deps(),
  config: { output_dir: world.music, trash_days: 30, file_name_template: '{list}/{artist} - {track}' },
});

describe('lyrics of a download', () => {
  test('are in the tags and beside the song, in every playlist, and no song of a playlist file', async () => {
    const { report } = await run([evening, morning]);
    expect(report.summary).toMatchObject({ done: 2, present: 2 });
    expect(lyricsFiles()).toEqual(
      ['Evening', 'Morning'].flatMap((list) => names.map((name) => `${list}/${name}.lrc`)).toSorted(),
    );
    const lrc = readFileSync(at(`Evening/${first}.lrc`), 'utf8');
    expect(isOwnText(lrc)).toBe(true);
    expect(lrc).toContain(
      `[ar:${tracks[0]?.artist ?? ''}]\n[ti:${tracks[0]?.track ?? ''}]\n[length:0:06]\n[00:00.00] Line 1`,
    );
    expect(statSync(at(`Evening/${first}.lrc`)).ino).toBe(statSync(at(`Morning/${first}.lrc`)).ino);
    expect(await embedded(`Evening/${first}.opus`)).toBe(lrclib.records[0]?.plainLyrics);
    expect(readFileSync(at('Evening/Evening.m3u8'), 'utf8')).not.toContain('.lrc');
    expect(lrclib.requests).toHaveLength(2);
  });

  test.each([
    ['sidecar', [2, undefined]],
    ['embedded', [0, 'Line 1']],
    ['off', [0, undefined]],
  ] as const)('go where the setting says: %s', async (lyrics, [files, text]) => {
    await run([evening], { lyrics });
    expect(lyricsFiles()).toHaveLength(files);
    expect((await embedded(`Evening/${first}.opus`))?.slice(0, 6)).toBe(text);
    expect(lrclib.requests.length > 0).toBe(lyrics !== 'off');
  });

  test('are no reason to wait or to fail when the service is in trouble', async () => {
    lrclib.always = { slowMs: 60_000 };
    const { report } = await run();
    expect(report.summary).toMatchObject({ done: 2, failed: 0 });
    expect(lyricsFiles()).toEqual([]);
  });

  test('leave a file of the user alone', async () => {
    await run();
    const theirs = at(`Evening/${first}.lrc`);
    writeFileSync(theirs, '[00:01.00] mine\n');
    rmSync(at(`Evening/${first}.opus`));
    await run();
    expect(readFileSync(theirs, 'utf8')).toBe('[00:01.00] mine\n');
    expect(existsSync(at(`Evening/${first}.opus`))).toBe(true);
  });

  test('of a song in another format stay beside it, and are those of the new one', async () => {
    await run();
    const [record] = lrclib.records;
    if (record !== undefined)
      lrclib.records[0] = { ...record, syncedLyrics: '[00:01.00] New\n[00:02.00] Words' };
    bench.clock.pass(200 * 24 * 3_600_000);
    await run([evening], { format: 'm4a', reformat: true });
    expect(existsSync(at(`Evening/${first}.m4a`)) && !existsSync(at(`Evening/${first}.opus`))).toBe(true);
    expect(lyricsFiles()).toHaveLength(2);
    expect(readFileSync(at(`Evening/${first}.lrc`), 'utf8')).toContain('[00:01.00] New');
  });

  test('of a song that gives way to a longer one leave with it, and come back with an undo', async () => {
    await run();
    const before = readFileSync(at(`Evening/${first}.lrc`), 'utf8');
    const [track] = tracks;
    const other =
      world.youTube.catalogue.shelves[0]?.results.find(({ role }) => role === 'live')?.videoId ?? '';
    if (track !== undefined) bench.store.overrides.set(track, video(other));
    await run();
    expect(lyricsFiles()).toEqual([`Evening/${second}.lrc`]);
    const [last] = bench.store.journal.runs(1);
    const plan = await planUndo({ store: bench.store }, last?.id ?? 0);
    await undo({ ...bench.deps(), config: trashParts().config }, plan, {
      signal,
      onProgress: () => undefined,
    });
    expect(readFileSync(at(`Evening/${first}.lrc`), 'utf8')).toBe(before);
  });
});

describe('lyrics beside a song', () => {
  test('leave with it, and come back with it', async () => {
    await run();
    const changes = createChanges(bench.store, { kind: 'sync', title: 'Evening', library: world.music });
    const settings = { outputDir: world.music, fileNameTemplate: '{list}/{artist} - {track}' };
    rmSync(at('Evening/Evening.m3u8'));
    await removeLeft({ ...bench.deps(), changes, settings }, evening, tracks.slice(0, 1));
    await changes.end();
    expect(lyricsFiles()).toEqual([`Evening/${second}.lrc`]);
    const items = await readTrash(trashParts());
    expect(items.map(({ name }) => name).toSorted()).toEqual([
      `Evening/${first}.lrc`,
      `Evening/${first}.opus`,
    ]);
    const end = await restoreFromTrash(trashParts(), [findInTrash(items, first)], signal);
    expect(end.items.map(({ obstacle }) => obstacle)).toEqual([undefined, undefined]);
    expect(lyricsFiles()).toEqual(names.map((name) => `Evening/${name}.lrc`));
    expect(await readTrash(trashParts())).toEqual([]);
  });

  test('go with an undo of the download, unless the user changed them', async () => {
    await run();
    writeFileSync(at(`Evening/${second}.lrc`), 'mine');
    const [last] = bench.store.journal.runs(1);
    const plan = await planUndo({ store: bench.store }, last?.id ?? 0);
    await undo({ ...bench.deps(), config: trashParts().config }, plan, {
      signal,
      onProgress: () => undefined,
    });
    expect(lyricsFiles()).toEqual([`Evening/${second}.lrc`]);
  });

  test('are left over when somebody takes their song away', async () => {
    await run();
    rmSync(at(`Evening/${first}.opus`));
    rmSync(at(`Evening/${second}.opus`));
    writeFileSync(at(`Evening/${second}.lrc`), 'mine');
    const paths = { data: world.data, config: join(world.folder, 'config.json') };
    const found = await findLeftovers({ ...trashParts(), paths });
    expect(found.filter(({ kind }) => kind === 'lyrics')).toMatchObject([
      { paths: [at(`Evening/${first}.lrc`)] },
    ]);
  });
});
