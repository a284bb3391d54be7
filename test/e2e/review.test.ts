import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { hearTone } from '../stand-ins/hear-tone.ts';
import { createWorld, exportifyCsv, makeTracks, realTools, type Run, type World } from '../helpers/world.ts';

const tracks = makeTracks(3, { fromMs: 4_000 });
const [, missing] = tracks.map(({ artist, track }) => `${artist} - ${track}`);
let world: World;
let ffmpeg: string;

beforeAll(async () => {
  ({ ffmpeg } = await realTools());
  world = await createWorld({ tracks, catalogue: { missing: (_track, index) => index === 1 } });
  writeFileSync(join(world.folder, 'Evening.csv'), exportifyCsv(tracks));
  writeFileSync(join(world.folder, 'Morning.csv'), exportifyCsv(tracks.slice(0, 1)));
  const { exitCode } = await world.run(['download', 'Evening.csv', 'Morning.csv', '--yes']);
  expect(exitCode).toBe(1);
});
afterAll(() => world.close());

const summaryOf = (run: Run) =>
  z.object({ summary: z.record(z.string(), z.number()) }).parse(run.json()).summary;
const waiting = z.object({
  waiting: z.array(
    z.object({
      track: z.string(),
      status: z.enum(['unsure', 'none', 'failed']),
      list: z.string(),
      candidates: z.array(z.object({ videoId: z.string(), url: z.string(), reasons: z.array(z.string()) })),
    }),
  ),
});
const videoOf = (index: number, role: string) => {
  const found = world.youTube.catalogue.shelves[index]?.results.find((video) => video.role === role);
  if (found === undefined) throw new Error(`Track ${index} has no ${role}.`);
  return found;
};
const entries = (list: string): string[] =>
  readFileSync(join(world.music, list, `${list}.m3u8`), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

test('what is unsure waits with its candidates, and a pasted link puts it into its list', async () => {
  const listed = waiting.parse((await world.run(['review', '--json'])).json()).waiting;
  expect(listed).toMatchObject([{ track: tracks[1]?.track, list: 'Evening' }]);
  const acoustic = videoOf(1, 'acoustic');
  expect(listed[0]?.candidates.map(({ videoId }) => videoId)).toContain(acoustic.videoId);
  expect(entries('Evening')).toHaveLength(2);

  const link = `https://youtu.be/${acoustic.videoId}`;
  const taken = await world.run(['review', 'redo', missing ?? '', link, '--json']);
  expect(summaryOf(taken)).toMatchObject({ done: 1 });
  expect(entries('Evening')).toEqual(tracks.map(({ artist, track }) => `${artist} - ${track}.opus`));
  expect(await hearTone(join(world.music, 'Evening', `${missing}.opus`), ffmpeg)).toBeCloseTo(
    acoustic.toneHz,
    -1,
  );
  expect(waiting.parse((await world.run(['review', '--json'])).json()).waiting).toEqual([]);
});

test('match says that the user chose the video, and why another was chosen by the search', async () => {
  const run = await world.run(['match', 'Evening.csv', '--json']);
  const { lists } = z
    .object({
      lists: z.array(
        z.object({
          tracks: z.array(
            z.object({ decidedBy: z.string(), decision: z.string(), reasons: z.array(z.string()) }),
          ),
        }),
      ),
    })
    .parse(run.json());
  expect(lists[0]?.tracks[0]).toMatchObject({ decidedBy: 'search', decision: 'sure' });
  expect(lists[0]?.tracks[1]).toMatchObject({
    decidedBy: 'you',
    decision: 'sure',
    reasons: ['you chose this video'],
  });
});

test('another match takes the place of the wrong file in all lists, and the old one is in the trash', async () => {
  const [first] = tracks;
  const name = `${first?.artist} - ${first?.track}`;
  const places = ['Evening', 'Morning'].map((list) => join(world.music, list, `${name}.opus`));
  const [evening = '', morning = ''] = places;
  expect(statSync(evening).ino).toBe(statSync(morning).ino);
  const live = videoOf(0, 'live');

  const run = await world.run(['review', 'redo', name, live.videoId, '--json']);
  expect(summaryOf(run)).toMatchObject({ done: 1 });
  expect(run.stderr).toContain(`The replaced files are in ${join(world.music, '.harmoni', 'trash')}`);
  expect(statSync(evening).ino).toBe(statSync(morning).ino);
  expect(await hearTone(morning, ffmpeg)).toBeCloseTo(live.toneHz, -1);
  const kept = readdirSync(join(world.music, '.harmoni', 'trash'), {
    recursive: true,
    withFileTypes: true,
  }).filter((entry) => entry.isFile());
  // One file under two names, as it was.
  expect(kept).toHaveLength(2);
  const old = join(kept[0]?.parentPath ?? '', kept[0]?.name ?? '');
  expect(await hearTone(old, ffmpeg)).toBeCloseTo(videoOf(0, 'right').toneHz, -1);
  expect(existsSync(join(world.music, `${name}.opus`))).toBe(false);

  const again = await world.run(['download', 'Evening.csv', '--yes', '--json']);
  expect(summaryOf(again)).toMatchObject({ done: 0, present: 3 });
});

test('choices are listed, exported, removed and imported; the next download follows them', async () => {
  const name = `${tracks[0]?.artist} - ${tracks[0]?.track}`;
  const right = videoOf(0, 'right');
  const csv = join(world.folder, 'choices.csv');
  expect((await world.run(['review', 'export', csv, '--json'])).json()).toMatchObject({ exported: 2 });
  writeFileSync(csv, readFileSync(csv, 'utf8').replace(videoOf(0, 'live').videoId, right.videoId));
  expect((await world.run(['review', 'remove', name, '--json'])).json()).toEqual({ removed: 1 });
  const list = z.object({ choices: z.array(z.object({ track: z.string() })) });
  expect(list.parse((await world.run(['review', 'list', '--json'])).json()).choices).toHaveLength(1);
  expect((await world.run(['review', 'import', csv, '--json'])).json()).toMatchObject({ imported: 2 });

  const run = await world.run(['download', 'Morning.csv', '--yes', '--json']);
  expect(summaryOf(run)).toMatchObject({ done: 1, present: 0 });
  expect(await hearTone(join(world.music, 'Evening', `${name}.opus`), ffmpeg)).toBeCloseTo(right.toneHz, -1);
});

test('a chosen video that cannot be had is named and waits again, and the file stays', async () => {
  const name = `${tracks[2]?.artist} - ${tracks[2]?.track}`;
  const file = join(world.music, 'Evening', `${name}.opus`);
  const before = readFileSync(file);
  const run = await world.run(['review', 'redo', name, 'aaaaaaaaaaa', '--json']);
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toContain(
    "The video that you chose (https://www.youtube.com/watch?v=aaaaaaaaaaa) can't be downloaded.",
  );
  expect(readFileSync(file).equals(before)).toBe(true);
  const listed = waiting.parse((await world.run(['review', '--json'])).json()).waiting;
  expect(listed).toMatchObject([{ track: tracks[2]?.track, status: 'failed' }]);
});
