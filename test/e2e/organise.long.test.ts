import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createWorld, exportifyCsv, makeTracks } from '../helpers/world.ts';

test('downloaded songs are organized, found again by the next download, and brought back by undo', async () => {
  const tracks = makeTracks(4);
  const world = await createWorld({ tracks, config: { audio_format: 'opus' } });
  onTestFinished(() => world.close());
  const lists = ['One', 'Two'].map((name) => join(world.data, 'exportify', `${name}.csv`));
  const [one = '', two = ''] = lists;
  writeFileSync(one, exportifyCsv(tracks.slice(0, 3)));
  writeFileSync(two, exportifyCsv(tracks.slice(2)));
  const files = (): string[] =>
    readdirSync(world.music, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('.harmoni'))
      .map((entry) => join(entry.parentPath, entry.name).slice(world.music.length + 1))
      .toSorted();
  await world.run(['download', ...lists, '--yes']);
  const before = files();
  expect(before).toHaveLength(7);
  const organise = ['library', 'organise', '--template', 'jellyfin'];

  const preview = await world.run([...organise, '--dry-run', '--json']);
  expect(preview.json()).toMatchObject({
    dryRun: true,
    run: null,
    summary: { moves: 4, merges: 1, inPlace: 0 },
  });
  expect(files()).toEqual(before);

  const done = await world.run([...organise, '--yes', '--json']);
  expect(done.json()).toMatchObject({ dryRun: false, run: 2, summary: { moves: 4, merges: 1 }, left: [] });
  expect(done.exitCode).toBe(0);
  const after = files();
  expect(after).toHaveLength(6);
  expect(after.filter((path) => path.startsWith('Playlists/'))).toEqual([
    'Playlists/One.m3u8',
    'Playlists/Two.m3u8',
  ]);

  await world.run(['config', 'set', 'file_name_template', 'jellyfin']);
  const requests = world.youTube.requests.all.length;
  const again = await world.run(['download', ...lists, '--yes', '--json']);
  expect(again.json()).toMatchObject({ summary: { present: 5, done: 0 } });
  expect(world.youTube.requests.all).toHaveLength(requests);
  expect(files()).toEqual(after);

  await world.run(['undo', '2', '--yes']);
  expect(files()).toEqual(before);
});

test('a template that is misspelled is told with the nearest name, and nothing is moved', async () => {
  const world = await createWorld({ tracks: [] });
  onTestFinished(() => world.close());
  const { exitCode, stderr } = await world.run(['library', 'organise', '--template', '{artits}/{title}']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("can't contain {artits} (did you mean {artist}?)");
});
