import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { processTree } from '../helpers/process-tree.ts';
import { hasTmux, openTmux, type TmuxTerminal } from '../helpers/tmux.ts';
import { createWorld, exportifyCsv, makeTracks, projectDir, type World } from '../helpers/world.ts';

const tracks = makeTracks(2, { fromMs: 4_000 });
let world: World;
let terminal: TmuxTerminal | undefined;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { missing: () => true, decoys: ['acoustic', 'cover'] } });
  writeFileSync(join(world.folder, 'Evening.csv'), exportifyCsv(tracks));
  await world.run(['download', 'Evening.csv', '--yes']);
});
afterEach(() => terminal?.end());
afterAll(() => world.close());

const open = (...args: readonly string[]): TmuxTerminal => openWith({}, ...args);

function openWith(more: Readonly<Record<string, string>>, ...args: readonly string[]): TmuxTerminal {
  const env = Object.fromEntries(
    Object.entries({ ...world.env, ...more }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
  terminal = openTmux([join(projectDir, 'src', 'index.ts'), ...args], { columns: 100, rows: 40 }, env);
  return terminal;
}

const chosen = z.object({ choices: z.array(z.object({ videoId: z.string().nullable() })) });
const decisions = async () => chosen.parse((await world.run(['review', 'list', '--json'])).json()).choices;

describe.skipIf(!hasTmux)('harmoni review in a terminal', () => {
  test.each(['SIGKILL', 'Ctrl+C'])(
    'an answer counts from its moment on, whatever ends the review: %s',
    async (end) => {
      const at = open('review');
      await at.shows(/^❯ Decide later/);
      at.keys('Up', 'Enter');
      await at.shows(/2 of 2/);
      await at.shows(/Undo the last answer/);
      expect(await decisions()).toEqual([{ videoId: null }]);
      if (end === 'SIGKILL') {
        const [, running = 0] = processTree(at.shellPid());
        process.kill(running, 'SIGKILL');
        await at.shows(/\[exit 137\]/);
      } else {
        at.keys('C-c');
        await at.shows(/You left out 1 song/);
        at.keys('C-c');
        await at.shows(/\[exit 0\]/);
      }
      expect(await decisions()).toEqual([{ videoId: null }]);
      at.end();
      for (const { artist, track } of tracks.slice(0, 2)) {
        await world.run(['review', 'remove', `${artist} - ${track}`]);
      }
      await world.run(['download', 'Evening.csv', '--yes']);
      expect(await decisions()).toEqual([]);
    },
  );

  test('a candidate is played by a key, any key stops it, and one that cannot be opened is a link', async () => {
    const bin = join(world.folder, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'ffplay'), '#!/bin/sh\n: > "$0.begun"\nexec sleep 600\n', { mode: 0o755 });
    const PATH = [bin, process.env['PATH'] ?? ''].join(delimiter);
    const at = openWith({ PATH }, 'review');
    await at.shows(/^❯ Decide later/);
    at.type('p');
    await at.shows(/Move to a match first/);
    at.keys('Home');
    await at.shows(/^Fits: /);
    at.type('o');
    await at.shows(/can't open a browser here. The link is https:/);
    await at.shows(/o open · p play/);
    at.type('p');
    await at.shows(/Any key stops it/);
    await expect.poll(() => existsSync(join(bin, 'ffplay.begun')), { timeout: 20_000 }).toBe(true);
    at.keys('Space');
    await at.shows(/^Doubts: says "/);
    writeFileSync(join(bin, 'ffplay'), '#!/bin/sh\necho "No audio device." >&2\nexit 1\n');
    at.type('p');
    await at.shows(/ffplay couldn't play it \(No audio device\.\)/);
    const screen = await at.shows(/Fix: Open the match in your browser\./);
    expect(screen.filter((line) => line.includes('Which match is right?')).length).toBeLessThanOrEqual(1);
    at.keys('Escape');
    await at.shows(/\[exit 0\]/);
    expect(await decisions()).toEqual([]);
  });

  test('shows every candidate with its length, kind, reasons and link; a choice is downloaded at once', async () => {
    const at = open('review');
    const screen = (await at.shows(/Which match is right/)).join('\n');
    expect(screen).toContain('1 of 2, from "Evening"');
    expect(screen).toMatch(/\d+ % · \d s longer · song · \S+ No\. 00\d \(Acoustic\) · \S+ Ensemble/);
    // Neither of the two candidates is likely enough.
    expect(screen).toMatch(/^❯ Decide later/m);
    at.keys('Home');
    await at.shows(/https:\/\/www\.youtube\.com\/watch\?v=/);
    await at.shows(/^Doubts: says "/);
    at.keys('Down', 'Down', 'Enter');
    await at.shows(/Link to the video/);
    at.type('nonsense');
    at.keys('Enter');
    await at.shows(/isn't a link to a single video or track/);
    for (let left = 8; left > 0; left -= 1) at.keys('BSpace');
    const video = world.youTube.catalogue.shelves[0]?.results[1]?.videoId ?? '';
    at.type(`https://youtu.be/${video}`);
    at.keys('Enter');
    await at.shows(/2 of 2/);
    await at.shows(/Undo the last answer/);
    at.keys('Escape');
    await at.shows(/Download the song you chose now/);
    at.keys('Enter');
    await at.shows(/Downloaded 1 song /);
    await at.shows(/\[exit 0\]/);
  });

  test('the menu counts what still waits, and "none of these" takes it out of the list', async () => {
    const at = open();
    await at.shows(/HARMONI/);
    at.keys('Enter');
    await at.shows(/Review uncertain matches \(1\)/);
    const items = at.screen().filter((line) => /^[❯> ] +\S/.test(line));
    const place = items.findIndex((line) => line.includes('Review uncertain matches'));
    for (let down = 0; down < place; down += 1) at.keys('Down');
    at.keys('Enter');
    await at.shows(/^❯ Decide later/);
    at.keys('Up', 'Enter');
    await at.shows(/You left out 1 song/);
    at.keys('Enter');
    const after = await at.shows(/Fix a wrong match/);
    expect(after.filter((line) => /^[❯ ] Review/.test(line))).toEqual([]);
  });
});
