import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { peek } from '../../src/system/database.ts';
import { untilGone } from '../helpers/child-program.ts';
import { fetchOnce } from '../helpers/fetch-once.ts';
import { createWorld, exportifyCsv, makeTracks, realTools, type Run, type World } from '../helpers/world.ts';

const tracks = makeTracks(9, { fromMs: 4_000, stepMs: 100 });
let world: World;

interface SyncDocument {
  readonly sync: readonly Record<string, unknown>[];
  readonly summary: Record<string, number>;
}

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: [] } });
  world.env['HARMONI_YTDLP'] = fetchOnce((await realTools()).ytDlp, world.fetched);
});
afterAll(() => world.close());

const csv = (name: string): string => join(world.folder, `${name}.csv`);
const write = (name: string, of: typeof tracks): void => writeFileSync(csv(name), exportifyCsv(of));
const sync = (...args: readonly string[]): Promise<Run> => world.run(['sync', '--json', ...args]);
const documentOf = (run: Run): SyncDocument => JSON.parse(run.stdout) as SyncDocument; // of --json
const filesOf = (name: string): string[] =>
  readdirSync(join(world.music, name)).filter((file) => !file.endsWith('.m3u8'));
const playlistOf = (name: string): string[] =>
  readFileSync(join(world.music, name, `${name}.m3u8`), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
const trashed = (): string[] =>
  existsSync(join(world.music, '.harmoni', 'trash'))
    ? readdirSync(join(world.music, '.harmoni', 'trash'), { recursive: true, encoding: 'utf8' }).filter(
        (path) => path.endsWith('.opus'),
      )
    : [];

describe('a followed list', () => {
  test('is downloaded by the first sync, and the next one finds nothing to do', async () => {
    write('Mix', tracks.slice(0, 5));
    expect((await world.run(['follow', csv('Mix'), '--when-removed', 'trash'])).exitCode).toBe(0);
    const first = await sync();
    expect(documentOf(first).sync).toMatchObject([{ name: 'Mix', state: 'synced', new: 5, removed: 0 }]);
    expect(filesOf('Mix')).toHaveLength(5);
    const second = await sync();
    expect(second.exitCode).toBe(0);
    expect(documentOf(second)).toMatchObject({ sync: [{ new: 0 }], summary: { done: 0, present: 0 } });
  });

  test('gets what is new, and what left goes to the trash', async () => {
    write('Mix', [...tracks.slice(1, 5), ...tracks.slice(5, 7)]);
    const before = filesOf('Mix');
    const run = await sync();
    expect(run.exitCode).toBe(0);
    expect(documentOf(run).sync).toMatchObject([{ new: 2, removed: 1, trashed: 1 }]);
    expect(filesOf('Mix')).toHaveLength(6);
    expect(playlistOf('Mix')).toHaveLength(6);
    expect(trashed()).toHaveLength(1);
    expect(before.filter((file) => !filesOf('Mix').includes(file))).toHaveLength(1);
  });

  test('in another order only changes its playlist file', async () => {
    const before = playlistOf('Mix');
    write('Mix', [...tracks.slice(5, 7), ...tracks.slice(1, 5)]);
    const run = await sync();
    expect(documentOf(run)).toMatchObject({ sync: [{ new: 0, removed: 0, moved: 2 }], summary: { done: 0 } });
    expect(playlistOf('Mix')).toEqual([...before.slice(4), ...before.slice(0, 4)]);
  });

  test('is left as it is when most of it is gone, until that is allowed', async () => {
    write('Mix', tracks.slice(1, 2));
    const held = await sync();
    expect(held.exitCode).toBe(1);
    expect(documentOf(held).sync).toMatchObject([{ state: 'held', removed: 5, trashed: 0 }]);
    expect(held.stderr).toContain('harmoni sync "Mix" --allow-removals 5');
    expect(filesOf('Mix')).toHaveLength(6);
    expect(playlistOf('Mix')).toHaveLength(6);
    const tooFew = await sync('--allow-removals', '4');
    expect(documentOf(tooFew).sync).toMatchObject([{ state: 'held' }]);
    const allowed = await sync('Mix', '--allow-removals', '5');
    expect(documentOf(allowed).sync).toMatchObject([{ state: 'synced', trashed: 5 }]);
    expect(playlistOf('Mix')).toHaveLength(1);
    expect(trashed()).toHaveLength(6);
  });

  test('that is empty now is left as it is, until that is allowed', async () => {
    write('Mix', []);
    expect(documentOf(await sync()).sync).toMatchObject([{ state: 'held' }]);
    expect(playlistOf('Mix')).toHaveLength(1);
    expect(documentOf(await sync('--allow-removals', '1')).sync).toMatchObject([{ trashed: 1 }]);
    expect(playlistOf('Mix')).toEqual([]);
  });

  test('leaves alone what the user deleted, unless asked', async () => {
    write('Mix', tracks.slice(0, 3));
    await sync();
    const [file = ''] = filesOf('Mix');
    rmSync(join(world.music, 'Mix', file));
    const run = await sync();
    expect(documentOf(run).sync).toMatchObject([{ new: 0, deleted: 1 }]);
    expect(filesOf('Mix')).toHaveLength(2);
    const again = await sync();
    expect(documentOf(again).sync).toMatchObject([{ deleted: 1 }]);
    const restored = await sync('--restore-deleted');
    expect(documentOf(restored)).toMatchObject({ sync: [{ again: 1 }], summary: { done: 1 } });
    expect(filesOf('Mix')).toHaveLength(3);
  });

  test('knows a song that the user moved and renamed', async () => {
    const [file = ''] = filesOf('Mix');
    renameSync(join(world.music, 'Mix', file), join(world.music, 'Elsewhere.opus'));
    const run = await sync();
    expect(documentOf(run)).toMatchObject({ sync: [{ new: 0, deleted: 0 }], summary: { done: 0 } });
  });

  test('of which only a part can be read loses nothing', async () => {
    const text = exportifyCsv(tracks.slice(0, 3));
    writeFileSync(csv('Mix'), text.slice(0, text.lastIndexOf(',') - 20));
    const run = await sync();
    expect(run.exitCode).toBe(1);
    expect(documentOf(run).sync).toMatchObject([{ state: 'failed', failure: { code: 'source-broken' } }]);
    rmSync(csv('Mix'));
    expect(documentOf(await sync()).sync).toMatchObject([{ failure: { code: 'source-not-found' } }]);
    // The first row, the header, and nothing at all: none of them is an empty list.
    for (const length of [text.indexOf('\n') + 15, 30, 0]) {
      writeFileSync(csv('Mix'), text.slice(0, length));
      const cut = documentOf(await sync('--allow-removals', '100')).sync;
      expect(cut).toMatchObject([{ state: 'failed', failure: { code: 'source-broken' } }]);
    }
    write('Mix', tracks.slice(0, 3));
    expect((await sync()).exitCode).toBe(0);
  });

  test('keeps what left it while another list can not be read, which may have it now', async () => {
    write('Torn', tracks.slice(6, 8));
    await world.run(['follow', csv('Torn')]);
    await sync();
    const files = filesOf('Mix').length;
    const before = trashed().length;
    rmSync(csv('Torn'));
    write('Mix', [...tracks.slice(0, 1), ...tracks.slice(2, 3)]);
    const run = await sync();
    expect(documentOf(run).sync).toMatchObject([{ removed: 1, trashed: 0 }, { state: 'failed' }]);
    expect([filesOf('Mix').length, trashed().length]).toEqual([files, before]);
    await world.run(['unfollow', 'Torn']);
    expect(documentOf(await sync()).sync).toMatchObject([{ removed: 1, trashed: 1 }]);
    write('Mix', tracks.slice(0, 3));
    await sync();
  });

  test('is not touched while its disk is gone', async () => {
    const away = `${world.music}-away`;
    renameSync(world.music, away);
    const run = await sync();
    expect(run.exitCode).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: 'library-missing' } });
    expect(existsSync(world.music)).toBe(false);
    // The empty folder where it should be mounted.
    mkdirSync(world.music);
    expect((await sync()).json()).toMatchObject({ error: { code: 'library-missing' } });
    expect(readdirSync(world.music)).toEqual([]);
    rmSync(world.music, { recursive: true });
    renameSync(away, world.music);
    expect(documentOf(await sync())).toMatchObject({ summary: { done: 0 } });
  });

  test('shares a song with another one: it stays until nobody has it', async () => {
    write('Other', tracks.slice(0, 1));
    await world.run(['follow', csv('Other')]);
    await sync();
    write('Mix', tracks.slice(1, 3));
    expect(documentOf(await sync('Mix')).sync).toMatchObject([{ removed: 1 }]);
    expect(playlistOf('Other')).toHaveLength(1);
    expect(existsSync(join(world.music, 'Other', playlistOf('Other')[0] ?? '-'))).toBe(true);
  });

  test('is followed no more when somebody says so, and its files stay', async () => {
    expect((await world.run(['unfollow', 'nonsense'])).exitCode).toBe(2);
    expect((await world.run(['unfollow', 'mix', 'Other'])).exitCode).toBe(0);
    expect(documentOf(await sync()).sync).toEqual([]);
    expect(playlistOf('Mix')).toHaveLength(2);
  });
});

test('--dry-run tells the plan and changes nothing', async () => {
  write('Plan', tracks.slice(3, 5));
  await world.run(['follow', csv('Plan')]);
  const run = await sync('--dry-run');
  expect(documentOf(run).sync).toMatchObject([{ name: 'Plan', new: 2 }]);
  expect(run.stderr).toContain('Plan: 2 new');
  expect(existsSync(join(world.music, 'Plan'))).toBe(false);
});

test('songs that were named one by one can not be followed', async () => {
  const run = await world.run(['follow', 'Somebody - A song']);
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain("isn't a playlist");
});

test('a sync that is killed and resumed loses nothing: what left the list waits for the next one', async () => {
  write('Cut', tracks.slice(0, 3));
  await world.run(['follow', csv('Cut'), '--when-removed', 'trash']);
  await sync('Cut');
  const before = trashed();
  write('Cut', [...tracks.slice(1, 3), ...tracks.slice(8)]);
  // So slow that it's still at work when the kill comes, even on a busy machine.
  world.youTube.failures.add({ failure: 'slow' });
  const killed = world.start(['sync', 'Cut', '--yes']);
  const isAtWork = (): boolean =>
    peek(join(world.data, 'harmoni.db'), "SELECT 1 FROM jobs WHERE state = 'open'") !== undefined;
  while (!isAtWork() && killed.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
  killed.kill('SIGKILL');
  await untilGone(killed.pid ?? 0);
  world.youTube.failures.clear();
  const resumed = await world.run(['resume', '--json']);
  expect(resumed.exitCode).toBe(0);
  expect(resumed.stderr).toContain('To finish the sync, run harmoni sync.');
  expect(playlistOf('Cut')).toHaveLength(3);
  expect([filesOf('Cut').length, trashed()]).toEqual([4, before]);
  expect(documentOf(await sync('Cut')).sync).toMatchObject([{ new: 0, removed: 1, trashed: 1 }]);
  expect(filesOf('Cut')).toHaveLength(3);
});
