import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createEarWorld, type EarWorld } from '../helpers/ear-decoys.ts';
import { hasTmux, openTmux, type TmuxTerminal } from '../helpers/tmux.ts';
import { projectDir } from '../helpers/world.ts';

/** Songs are encoded, decoded and compared. */
const patience = 120_000;
let ear: EarWorld;
let terminal: TmuxTerminal | undefined;

/** The preview of the last song is one of another song, so that nothing proves it. */
beforeAll(async () => {
  ear = await createEarWorld(3, 'terminal', { verify_by_ear: 'ask' });
  const { tracks } = ear.deezer;
  const [first, , last] = tracks;
  if (first !== undefined && last !== undefined) tracks[2] = { ...last, preview: first.preview };
});
afterEach(() => terminal?.end());
afterAll(() => ear.close());

function open(args: readonly string[], more: Readonly<Record<string, string>> = {}): TmuxTerminal {
  const env = Object.fromEntries(
    Object.entries({ ...ear.world.env, ...more }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
  terminal = openTmux([join(projectDir, 'src', 'index.ts'), ...args], { columns: 80, rows: 24 }, env);
  return terminal;
}

const mode = async () => (await ear.world.run(['config', 'get', 'verify_by_ear'])).stdout.trim();
const listed = z.object({
  songs: z.array(
    z.object({
      title: z.string(),
      path: z.string(),
      videoId: z.string(),
      heard: z.object({ verdict: z.string() }).optional(),
    }),
  ),
});
const songs = async (...query: readonly string[]) =>
  listed.parse((await ear.world.run(['library', 'list', '--json', ...query])).json()).songs;

describe.skipIf(!hasTmux)('the ear in a terminal of 80x24', () => {
  test('it is asked once after a download; a yes is kept, and what is proven comes into the library', async () => {
    const at = open(['download', ear.list]);
    await at.shows(/3 of 3 selected/, patience);
    at.keys('Enter');
    await at.shows(/Download 3 songs/, patience);
    at.keys('Enter');
    const asked = await at.shows(/previews from Deezer\?.*\(Y\/n/, patience);
    expect(asked.join('\n')).toMatch(/3 songs are uncertain\. Compare them/);
    at.type('?');
    await at.shows(/Deezer gets the ISRC of each song/, patience);
    at.type('?');
    at.keys('Enter');
    await at.shows(/downloads compare uncertain songs/, patience);
    await at.shows(/Downloaded 2 songs/, patience);
    await at.shows(/\[exit 1\]/, patience);
    expect(await mode()).toBe('uncertain');
    const found = await songs('proven:yes');
    expect(found.map(({ videoId }) => ear.soundOf(videoId))).toEqual(['right', 'right']);
    expect(await songs('proven:no')).toEqual([]);
  }, 300_000);

  test('the review tells what was heard, and plays the preview and then the match', async () => {
    const bin = join(ear.world.folder, 'bin');
    const played = join(bin, 'played');
    mkdirSync(bin);
    writeFileSync(join(bin, 'ffplay'), `#!/bin/sh\nfor file; do :; done\nbasename "$file" >> ${played}\n`, {
      mode: 0o755,
    });
    const PATH = [bin, process.env['PATH'] ?? ''].join(delimiter);
    const at = open(['review'], { PATH });
    await at.shows(/o open · p compare/, patience);
    at.keys('Home');
    const screen = (await at.shows(/^Doubtful: /, patience)).join('\n');
    expect(screen).toMatch(/\d+ % · doubtful · /);
    expect(screen.replaceAll('\n', ' ')).toMatch(/doesn't sound like Deezer's preview \(error 0\.[34]\d/);
    at.type('p');
    await expect
      .poll(() => readFileSync(played, { encoding: 'utf8', flag: 'a+' }), { timeout: 60_000 })
      .toBe('first.wav\nclip.wav\n');
    await at.shows(/o open · p compare/, patience);
    expect(at.printed()).toMatch(/Playing ten seconds of Deezer's preview\./);
    expect(at.printed()).toMatch(/Playing ten seconds of the match, "/);
    at.keys('Escape');
    await at.shows(/\[exit 0\]/, patience);
  }, 300_000);

  test('songs that were never heard are compared, and others are offered for what is wrong', async () => {
    const [first] = ear.tracks;
    const name = `${first?.artist ?? ''} - ${first?.track ?? ''}`;
    const decoy = ear.world.youTube.catalogue.shelves[0]?.results.find(
      ({ videoId }) => ear.soundOf(videoId) === 'another song',
    );
    const { world } = ear;
    await world.run(['config', 'set', 'verify_by_ear', 'never']);
    await world.run(['review', 'redo', name, `https://youtu.be/${decoy?.videoId ?? ''}`]);
    // As if HARMONI itself had taken it.
    await world.run(['review', 'remove', name]);
    expect((await world.run(['verify', '--ear'])).stderr).toContain('verify_by_ear is never');
    await world.run(['config', 'set', 'verify_by_ear', 'ask']);
    const unheard = await songs('proven:unchecked');
    expect(unheard.map(({ videoId }) => videoId)).toEqual([decoy?.videoId]);
    const at = open(['verify', '--ear', '--repair']);
    await at.shows(/Compared 1 song: 1 doubtful/, patience);
    await at.shows(/1 song may be the wrong recording\. Choose another match now\?/, patience);
    at.keys('Enter');
    await at.shows(/Which match is right/, patience);
    expect(at.printed()).toMatch(/Doubtful: it doesn't sound like Deezer's preview \(error 0\.[34]\d\)\./);
    at.keys('Escape');
    await at.shows(/\[exit 0\]/, patience);
    expect(await mode()).toBe('ask');
    expect((await songs('proven:doubtful')).map(({ videoId }) => videoId)).toEqual([decoy?.videoId]);
    expect((await world.run(['library', 'list', 'proven:no'])).stdout).toContain(
      "Doubtful: it doesn't sound like Deezer's preview",
    );
    expect((await world.run(['library', 'stats'])).stdout).toContain('By ear: 1 proven, 1 doubtful');
    expect((await world.run(['undo', '--yes'])).stdout).toContain('Comparison of your library');
    expect(await songs('proven:unchecked')).toHaveLength(1);
  }, 300_000);
});
