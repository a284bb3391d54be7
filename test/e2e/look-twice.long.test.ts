import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hearTone } from '../stand-ins/hear-tone.ts';
import { hasTmux, openTmux, type TmuxTerminal } from '../helpers/tmux.ts';
import { createWorld, exportifyCsv, projectDir, realTools, type World } from '../helpers/world.ts';
import { songOf } from '../helpers/house.ts';

/** A title of one word, an artist whose name isn't quite the same there, and neither a length nor an album. */
const songs = [songOf('Greta Hallams', 'River'), songOf('Sigur Kettles', 'Zephyr')];
let world: World;
let terminal: TmuxTerminal | undefined;

beforeAll(async () => {
  world = await createWorld({
    tracks: songs.map(({ artist, ...song }, index) => {
      const name = artist.slice(0, -1);
      return { ...song, artist: name, artists: [name], durationMs: 4_000 + 500 * index };
    }),
    catalogue: { decoys: ['live'] },
  });
  writeFileSync(join(world.folder, 'Evening.csv'), exportifyCsv(songs));
});
afterEach(() => terminal?.end());
afterAll(() => world.close());

function open(...args: readonly string[]): TmuxTerminal {
  const env = Object.fromEntries(
    Object.entries(world.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  terminal = openTmux([join(projectDir, 'src', 'index.ts'), ...args], { columns: 80, rows: 24 }, env);
  return terminal;
}
const trash = () => {
  const folder = join(world.music, '.harmoni', 'trash');
  return existsSync(folder) ? readdirSync(folder) : [];
};

describe.skipIf(!hasTmux)('after a download in a terminal', () => {
  test('matches that are only just certain can be checked; another choice replaces the file', async () => {
    const at = open('download', join(world.folder, 'Evening.csv'));
    await at.shows(/2 of 2 selected/);
    at.keys('Enter');
    await at.shows(/Download 2 songs/);
    at.keys('Enter');
    await at.shows(/2 songs were matched with less than 95 %\. Check them now\?.*y\/N/);
    at.keys('y');
    at.keys('Enter');
    await at.shows(/1 of 2, matched with 9\d %\./);
    // Enter keeps the song, and what speaks for it is there to read.
    await at.shows(/^❯ Keep it as it is/);
    await at.shows(/^Doubts: the title is a single word/);
    at.keys('Enter');
    await at.shows(/2 of 2, matched with/);
    await at.shows(/^❯ Keep it as it is/);
    at.keys('Home');
    await at.shows(/This one is in your library now\./);
    at.keys('Down', 'Enter');
    await at.shows(/The replaced files are in/);
    await at.shows(/\[exit 0\]/);
    expect(trash()).toHaveLength(1);
    const { ffmpeg } = await realTools();
    const tones = await Promise.all(
      songs.map(async ({ artist, track }) =>
        hearTone(join(world.music, 'Evening', `${artist} - ${track}.opus`), ffmpeg),
      ),
    );
    const toneOf = (song: number, role: string) =>
      world.youTube.catalogue.shelves[song]?.results.find((one) => one.role === role)?.toneHz ?? 0;
    const wrong = tones.filter((tone, song) => Math.abs((tone ?? 0) - toneOf(song, 'live')) < 5);
    const right = tones.filter((tone, song) => Math.abs((tone ?? 0) - toneOf(song, 'right')) < 5);
    expect([wrong.length, right.length]).toEqual([1, 1]);
  });

  test('Enter says no, and it costs nothing', async () => {
    const at = open('download', 'Greta Hallams - River', '--output', join(world.folder, 'other'));
    await at.shows(/1 song was matched with less than 95 %\. Check it now\?/);
    at.keys('Enter');
    await at.shows(/\[exit 0\]/);
    expect(readdirSync(join(world.folder, 'other'))).toContain('Greta Hallams - River.opus');
    expect(trash()).toHaveLength(1);
  });

  test('with --yes, or without a terminal, nothing is asked', async () => {
    const args = ['download', 'Sigur Kettles - Zephyr', '--output', join(world.folder, 'third'), '--yes'];
    const at = open(...args);
    const screen = await at.shows(/\[exit 0\]/);
    expect(screen.join('\n')).not.toContain('Check');
    const piped = await world.run([...args.slice(0, 2), '--output', join(world.folder, 'fourth')]);
    expect([piped.exitCode, piped.stdout.includes('Check')]).toEqual([0, false]);
  });
});
