import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
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

function open(...args: readonly string[]): TmuxTerminal {
  const env = Object.fromEntries(
    Object.entries(world.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  terminal = openTmux([join(projectDir, 'src', 'index.ts'), ...args], { columns: 100, rows: 40 }, env);
  return terminal;
}

describe.skipIf(!hasTmux)('harmoni review in a terminal', () => {
  test('shows every candidate with its length, kind, reasons and link; a choice is downloaded at once', async () => {
    const at = open('review');
    const screen = (await at.shows(/Which match is right/)).join('\n');
    expect(screen).toContain('1 of 2, from "Evening"');
    expect(screen).toMatch(/\d+ % · \d s longer · song · \S+ No\. 00\d \(Acoustic\) · \S+ Ensemble/);
    expect(screen).toMatch(/https:\/\/www\.youtube\.com\/watch\?v=/);
    // Below the two candidates.
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
    await at.shows(/Which match is right/);
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
    await at.shows(/Which match is right/);
    at.keys('Down', 'Down', 'Down', 'Enter');
    const after = await at.shows(/Fix a wrong match/);
    expect(after.filter((line) => /^[❯ ] Review/.test(line))).toEqual([]);
  });
});
