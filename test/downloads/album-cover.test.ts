import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findLeftovers } from '../../src/automation/cleanup.ts';
import { removeLeft } from '../../src/automation/remove-left.ts';
import { isOwnCover, withCoverMark } from '../../src/downloads/cover-mark.ts';
import { findInTrash, readTrash, restoreFromTrash, type TrashParts } from '../../src/engine/trash.ts';
import { planUndo, undo } from '../../src/engine/undo.ts';
import { asCover } from '../../src/enrich/cover.ts';
import type { Cover } from '../../src/enrich/enricher.ts';
import { createChanges } from '../../src/history/changes.ts';
import { startServer } from '../helpers/http-server.ts';
import { createJobBench, listOf, type JobBench, type JobChange } from '../helpers/job.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { createWorld, makeTracks, type World } from '../helpers/world.ts';
import { ffmpeg } from './sounds.ts';

const fileNameTemplate = '{albumArtist}/{album}/{track}';
const tracks = makeTracks(2, { fromMs: 6_000 }).map((track) => ({ ...track, albumArtists: ['Various'] }));
const [first = '', second = ''] = tracks.map(({ track }) => track);
const signal = new AbortController().signal;
let world: World;
let bench: JobBench;
let picture: Cover | undefined;

async function drawn(extension: string): Promise<Cover> {
  const path = join(tempFolder(), `picture.${extension}`);
  await ffmpeg(['-f', 'lavfi', '-i', 'testsrc=size=120x120', '-frames:v', '1', path]);
  const cover = asCover(readFileSync(path));
  if (cover === undefined) throw new Error('That is no picture.');
  return cover;
}

/** Every point of a picture. */
async function pointsOf(data: Uint8Array): Promise<Buffer> {
  const path = join(tempFolder(), 'picture');
  writeFileSync(path, data);
  return ffmpeg(['-i', path, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-']);
}

test.each(['jpg', 'png'])(
  'a %s is the same picture with the mark, and known again unless it is changed',
  async (kind) => {
    const cover = await drawn(kind);
    const marked = withCoverMark(cover);
    expect((await pointsOf(marked)).equals(await pointsOf(cover.data))).toBe(true);
    expect(isOwnCover(marked)).toBe(true);
    const changed = Buffer.from(marked);
    changed.writeUInt8(changed.readUInt8(changed.length - 20) ^ 1, changed.length - 20);
    for (const other of [
      Buffer.from(cover.data),
      changed,
      Buffer.concat([marked, Buffer.from('.')]),
      Buffer.alloc(0),
    ])
      expect(isOwnCover(other)).toBe(false);
  },
);

describe('in the folder of an album', () => {
  beforeAll(async () => {
    world = await createWorld({ tracks, catalogue: { decoys: [] } });
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    for (const folder of ['music', 'job-data'])
      rmSync(join(world.folder, folder), { recursive: true, force: true });
    bench = await createJobBench(world, 'job-data', { isFetchedOnce: true });
    return () => bench.close();
  });

  const folder = (): string => join(world.music, 'Various', 'Collected Tones');
  const inFolder = (): readonly string[] => (existsSync(folder()) ? readdirSync(folder()).toSorted() : []);
  const trashParts = (): TrashParts => ({
    ...bench.deps(),
    config: { output_dir: world.music, trash_days: 30, file_name_template: fileNameTemplate },
  });

  /** Of two songs, the second has a cover. */
  async function run(settings: JobChange['settings'] = {}): Promise<Cover> {
    const cover = (picture ??= await drawn('jpg'));
    const url = await startServer((_request, response) => void response.end(cover.data));
    const list = listOf(
      'Evening',
      tracks.map((track, index) => (index === 1 ? { ...track, coverUrl: `${url}/cover` } : track)),
    );
    const { report } = await bench.run([list], {
      settings: { fileNameTemplate, ...settings },
      services: [url],
    });
    expect(report.summary).toMatchObject({ done: 2 });
    return cover;
  }

  async function undoLast(): Promise<void> {
    const [last] = bench.store.journal.runs(1);
    const plan = await planUndo({ store: bench.store }, last?.id ?? 0);
    await undo({ ...bench.deps(), config: trashParts().config }, plan, {
      signal,
      onProgress: () => undefined,
    });
  }

  test('lies the cover of its first song that has one; an undo takes it back', async () => {
    const cover = await run();
    expect(inFolder()).toEqual([`${second}.opus`, `${first}.opus`, 'cover.jpg']);
    const bytes = readFileSync(join(folder(), 'cover.jpg'));
    expect(bytes.equals(withCoverMark(cover))).toBe(true);
    const [last] = bench.store.journal.runs(1);
    expect(last?.counts).toMatchObject({ publish: 2, cover: 1 });
    await undoLast();
    expect(inFolder()).toEqual([]);
  });

  test('lies none where the setting is off', async () => {
    await run({ coverFile: false });
    expect(inFolder()).toEqual([`${second}.opus`, `${first}.opus`]);
  });

  test('lies what the user put there', async () => {
    mkdirSync(folder(), { recursive: true });
    writeFileSync(join(folder(), 'Folder.JPG'), 'mine');
    await run();
    expect(inFolder()).toEqual(['Folder.JPG', `${second}.opus`, `${first}.opus`]);
  });

  test('it goes to the trash with the last song, and comes back with it', async () => {
    await run();
    rmSync(join(world.music, 'Playlists'), { recursive: true });
    const changes = createChanges(bench.store, { kind: 'sync', title: 'Evening', library: world.music });
    const parts = { ...bench.deps(), changes, settings: { outputDir: world.music, fileNameTemplate } };
    await removeLeft(parts, listOf('Evening', tracks), tracks.slice(0, 1));
    expect(inFolder()).toEqual([`${second}.opus`, 'cover.jpg']);
    await removeLeft(parts, listOf('Evening', tracks), tracks.slice(1));
    expect(inFolder()).toEqual([]);
    await changes.end();
    const items = await readTrash(trashParts());
    expect(items).toHaveLength(3);
    await restoreFromTrash(trashParts(), [findInTrash(items, second)], signal);
    expect(inFolder()).toEqual([`${second}.opus`, 'cover.jpg']);
  });

  test('it is left over when somebody takes all songs away', async () => {
    await run();
    const path = join(folder(), 'cover.jpg');
    const covers = async () => {
      const paths = { data: world.data, config: join(world.folder, 'config.json') };
      const found = await findLeftovers({ ...trashParts(), paths });
      return found.flatMap(({ kind, paths: at }) => (kind === 'covers' ? at : []));
    };
    rmSync(join(folder(), `${first}.opus`));
    expect(await covers()).toEqual([]);
    rmSync(join(folder(), `${second}.opus`));
    expect(await covers()).toEqual([path]);
    writeFileSync(path, 'mine');
    expect(await covers()).toEqual([]);
  });
});
