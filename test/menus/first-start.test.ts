import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openConfig } from '../../src/config/store.ts';
import { runFirstStart } from '../../src/menus/first-start.ts';
import { back } from '../../src/ui/prompter.ts';
import { createToolBox } from '../doctor/tool-box.ts';
import { createHouse } from '../helpers/house.ts';
import type { ScriptedAnswer } from '../helpers/scripted-prompter.ts';

/** A folder that everybody can make. */
const music = join(tmpdir(), 'harmoni-test-music');

/** A first start on a machine that has yt-dlp and ffmpeg. */
async function start(answers: readonly ScriptedAnswer[], env: Record<string, string> = {}) {
  const house = createHouse({ answers });
  const box = await createToolBox();
  onTestFinished(() => box[Symbol.asyncDispose]());
  await box.ytDlp('bin/yt-dlp', '2026.10.26');
  await box.ffmpeg('bin/ffmpeg');
  const path = join(house.folder, 'config.json');
  const leadsTo = await runFirstStart({
    ...house,
    env,
    configStore: openConfig(path),
    tools: { places: () => ({ ytDlp: box.places, ffmpeg: box.places }) },
  });
  const stored = (): unknown => JSON.parse(readFileSync(path, 'utf8'));
  return { ...house, leadsTo, stored };
}

test('format and folder are stored, and the way of the music is told', async () => {
  const { leadsTo, stored, prompter } = await start([
    { select: 'Best' },
    { input: music },
    { select: 'Everything in one folder' },
    { select: 'Links and single songs' },
  ]);
  expect(leadsTo).toEqual({ item: 'Paste a link' });
  expect(stored()).toMatchObject({
    audio_format: 'best',
    output_dir: music,
    file_name_template: '{artist} - {track}',
  });
  expect(prompter.said.at(-1)).toBe(
    'Press Enter and paste a link. For a song by its name, choose Search for a song.',
  );
});

test.each([
  ['Spotify, any account', 'Exportify playlists'],
  ['Spotify, signed in', 'Spotify'],
  ['Files', 'Open a file or folder'],
])('%s leads to the item %j of Downloads', async (origin, item) => {
  const house = await start([
    { select: 'MP3' },
    { input: music },
    { select: 'A folder per playlist' },
    { select: origin },
  ]);
  expect(house.leadsTo).toEqual({ item });
  // The folder as it is, wherever the data are.
  if (item === 'Exportify playlists') expect(house.prompter.said.at(-1)).toContain(house.exportify);
});

test('where the environment says where the music goes nobody is asked', async () => {
  const { stored } = await start(
    [{ select: 'FLAC' }, { select: 'A folder per playlist' }, { select: back }],
    { HARMONI_OUTPUT_DIR: '/music' },
  );
  expect(stored()).toMatchObject({ audio_format: 'flac', file_name_template: '{list}/{artist} - {track}' });
  expect(stored()).not.toHaveProperty('output_dir');
});

test('going back leads to the question before, which has the answer it was given', async () => {
  const { stored } = await start([
    { select: 'FLAC' },
    { input: back },
    { select: 'M4A', startsOn: 'FLAC' },
    { input: music },
    { select: back },
    { input: '' },
    { select: 'Everything in one folder' },
    { select: back },
  ]);
  expect(stored()).toMatchObject({ audio_format: 'm4a', output_dir: music });
});

const early: readonly (readonly ScriptedAnswer[])[] = [
  [{ select: back }],
  [{ select: 'MP3' }, { input: back }, { select: back }],
];

test.each(early.map((answers) => [answers]))(
  'back out of the first question stores nothing (%#)',
  async (answers) => {
    const { leadsTo, stored } = await start(answers);
    expect(leadsTo).toBe(false);
    expect(stored).toThrow(/ENOENT/);
  },
);
