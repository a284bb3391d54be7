import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseFile } from 'music-metadata';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { songName } from '../../src/tracks/song-name.ts';
import { hasTmux, openTmux, type TmuxTerminal } from '../helpers/tmux.ts';
import { createWorld, makeTracks, projectDir, type World } from '../helpers/world.ts';

const tracks = makeTracks(7, { fromMs: 4_000 });
let world: World;
let terminal: TmuxTerminal | undefined;

beforeAll(async () => {
  world = await createWorld({ tracks });
});
afterEach(() => terminal?.end());
afterAll(() => world.close());

const report = z.object({
  lists: z.array(
    z.object({
      name: z.string(),
      tracks: z.array(
        z.object({ artist: z.string(), track: z.string(), status: z.string(), path: z.string().optional() }),
      ),
      skipped: z.array(z.object({ row: z.number(), reason: z.string() })),
      playlistFile: z.string().optional(),
    }),
  ),
});

const nameOf = (at: number): string => `${tracks[at]?.artist ?? ''} - ${tracks[at]?.track ?? ''}`;
const titleOf = (at: number): string => tracks[at]?.track ?? '';
const videoOf = (at: number): string => world.youTube.catalogue.shelves[at]?.right?.videoId ?? '';

/** Downloads the inputs and gives the lists of the report. */
async function download(inputs: readonly string[], input?: string) {
  const run = await world.run(
    ['download', ...inputs, '--yes', '--json'],
    input === undefined ? {} : { input },
  );
  return report.parse(run.json()).lists;
}

/** The song of an upload: an older yt-dlp tells the channel of the stand-in's videos, and so the artist. */
const uploadOf = (index: number): unknown => expect.toBeOneOf([nameOf(index), titleOf(index)]);

test('an m3u, a playlist of Google Takeout and what is piped in are downloaded, a list each', async () => {
  const m3u = join(world.folder, 'road.m3u8');
  const takeout = join(world.folder, 'Evening-videos.csv');
  writeFileSync(m3u, `#EXTM3U\n#PLAYLIST:Road\n#EXTINF:4,${nameOf(0)}\nsongs\\01.mp3\n${nameOf(1)}.mp3\n`);
  writeFileSync(
    takeout,
    `Video ID,Playlist Video Creation Timestamp\r\n${videoOf(2)},2024-01-02T03:04:05+00:00\r\n${videoOf(3)},\r\n`,
  );
  const piped = `# pasted\n1. ${nameOf(4)}\n2. https://youtu.be/${videoOf(5)}\n3. https://tidal.com/track/1\n`;
  const lists = await download([m3u, takeout, '-'], piped);
  expect(lists.map(({ name, tracks: rows }) => [name, rows.map(({ status }) => status)])).toEqual([
    ['Road', ['done', 'done']],
    ['Evening', ['done', 'done']],
    ['Pasted list', ['done', 'done']],
  ]);
  expect(lists[2]?.skipped).toEqual([{ row: 3, reason: "a link to Tidal, which HARMONI can't read" }]);
  // Each has the name of its song, also where the list had nothing but an id.
  const names = [nameOf(0), nameOf(1), uploadOf(2), uploadOf(3), nameOf(4), uploadOf(5)];
  const rows = lists.flatMap((list) => list.tracks);
  const found = rows.map(({ artist, track }) => songName(artist, track));
  expect(found).toEqual(names);
  expect(rows.map(({ path = '' }) => basename(path))).toEqual(found.map((name) => `${name}.opus`));
  expect((await parseFile(rows[2]?.path ?? '')).common.title).toBe(titleOf(2));
  expect(readFileSync(lists[1]?.playlistFile ?? '', 'utf8')).toContain(`,${found[2] ?? ''}\n`);
});

test('a second run downloads nothing, and its playlist file still has the names', async () => {
  const lists = await download([join(world.folder, 'Evening-videos.csv')]);
  expect(lists[0]?.tracks.map(({ status }) => status)).toEqual(['present', 'present']);
  const playlist = readFileSync(lists[0]?.playlistFile ?? '', 'utf8');
  expect(playlist).toMatch(new RegExp(`,(?:.+ - )?${titleOf(2)}\n`));
  expect(playlist).not.toContain('https://');
});

test('a playlist that a text links to is read where it stands', async () => {
  const file = join(world.folder, 'links.txt');
  writeFileSync(file, `${nameOf(6)}\nhttps://www.youtube.com/playlist?list=PLharmoniDemoPlaylist\n`);
  const run = await world.run(['download', file, '--dry-run', '--json']);
  const row = z.object({ track: z.string().optional() });
  const { lists } = z
    .object({ lists: z.array(z.object({ tracks: z.array(row), skipped: z.array(row) })) })
    .parse(run.json());
  expect(lists[0]?.tracks[0]?.track).toBe(titleOf(6));
  // Of its seven songs one may be the first line again.
  expect([...(lists[0]?.tracks ?? []), ...(lists[0]?.skipped ?? [])]).toHaveLength(1 + tracks.length);
  expect(lists[0]?.tracks.map(({ track }) => track)).toEqual(
    expect.arrayContaining(tracks.map(({ track }) => track)),
  );
});

test('a link of another service says which export is read', async () => {
  const run = await world.run(['download', 'https://www.deezer.com/en/playlist/1', '--json']);
  expect(run.exitCode).toBe(2);
  expect(run.json()).toEqual({
    error: {
      code: 'source-not-understood',
      message: "HARMONI can't read Deezer links.",
      fix: 'Export the playlist as CSV with TuneMyMusic or Soundiiz, then download that file.',
    },
  });
});

test('an empty pipe is no list', async () => {
  const run = await world.run(['download', '-', '--json'], { input: '' });
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toContain('Your list is empty.');
});

describe.skipIf(!hasTmux)('harmoni download - in a terminal', () => {
  function open(...args: readonly string[]): TmuxTerminal {
    const env = Object.fromEntries(
      Object.entries(world.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
    terminal = openTmux([join(projectDir, 'src', 'index.ts'), ...args], { columns: 100, rows: 30 }, env);
    return terminal;
  }

  test('says how to end the list, and then asks as ever', async () => {
    const at = open('download', '-');
    await at.shows(/Paste your list\. When it's complete, press Ctrl\+D on an empty line\./);
    at.type(nameOf(6));
    at.keys('Enter');
    at.type(nameOf(0));
    at.keys('Enter', 'C-d');
    const picker = await at.shows(/Songs of "Pasted list"/);
    expect(picker.join('\n')).toContain(nameOf(6));
    at.keys('Enter');
    await at.shows(/Download 1 song/);
    at.keys('Enter');
    await at.shows(/Downloaded 1 song/);
    await at.shows(/\[exit 0\]/);
  });

  test('is ended by Ctrl+C', async () => {
    const at = open('download', '-');
    await at.shows(/Paste your list/);
    at.keys('C-c');
    expect((await at.shows(/\[exit \d+\]/)).at(-1)).toBe('[exit 130]');
  });
});
