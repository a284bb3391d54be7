import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSpotifyMenu, type SpotifyMenuParts } from '../../src/menus/spotify.ts';
import { back } from '../../src/ui/prompter.ts';
import { createHouse } from '../helpers/house.ts';
import type { ScriptedAnswer } from '../helpers/scripted-prompter.ts';
import { setScene } from '../spotify/set-up.ts';

/** The menu of somebody who is signed in and answers so, and then goes back. */
async function visit(answers: readonly ScriptedAnswer[]) {
  const house = createHouse({ answers: [...answers, { select: back }] });
  const { client } = await setScene();
  let signedOut = 0;
  const parts: SpotifyMenuParts = {
    ...house,
    spotify: {
      client: () => client,
      session: { current: async () => undefined },
      signIn: async () => Promise.reject(new Error('Nobody has to sign in here.')),
      signOut: async () => {
        signedOut += 1;
        return true;
      },
    },
    configStore: {
      path: join(house.folder, 'config.json'),
      set: async () => Promise.reject(new Error('Nothing is set here.')),
    },
    readLine: async () => undefined,
  };
  await openSpotifyMenu(parts);
  return { ...house, signedOut: () => signedOut };
}

test('playlists are ticked, read as far as asked, and their songs chosen', async () => {
  const { prompter } = await visit([
    { select: 'Download my playlists' },
    { pick: ['Road Trip'] },
    { input: '4' },
    { pick: 'ticked' },
    { confirm: false },
  ]);
  expect(prompter.asked.slice(1, 5)).toEqual([
    'Playlists',
    'Songs to read per playlist (empty for all):',
    'Songs of "Road Trip"',
    expect.stringMatching(/^Download 4 songs in the best quality/),
  ]);
  expect(prompter.said).toContain('"Road Trip": reading the first 4 of 10 songs.');
});

test('no playlist ticked is nothing to do', async () => {
  const { prompter } = await visit([{ select: 'Download my playlists' }, { pick: [] }]);
  expect(prompter.said).toContain("No playlists selected, so there's nothing to download.");
});

test('liked songs are read to a limit', async () => {
  const { prompter } = await visit([
    { select: 'Download my liked songs' },
    { input: '3' },
    { pick: 'ticked' },
    { confirm: false },
  ]);
  expect(prompter.said).toContain('These are the 3 songs you liked most recently.');
  expect(prompter.asked.at(-2)).toMatch(/^Download 3 songs/);
});

test('a log-out is said', async () => {
  const { printed, signedOut } = await visit([{ select: 'Sign out' }]);
  expect(signedOut()).toBe(1);
  expect(printed[0]).toMatch(/^Signed out\./);
});
