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

test('playlists are ticked, read whole, and their songs chosen', async () => {
  const { prompter } = await visit([
    { select: 'Download my playlists' },
    { pick: ['Road Trip'] },
    { pick: 'ticked' },
    { confirm: false },
  ]);
  expect(prompter.asked.slice(1, 4)).toEqual([
    'Which playlists do you want?',
    'Songs of "Road Trip"',
    expect.stringMatching(/^Download 10 songs in the best quality/),
  ]);
});

test('no playlist ticked is nothing to do', async () => {
  const { prompter } = await visit([{ select: 'Download my playlists' }, { pick: [] }]);
  expect(prompter.said).toContain("No playlists selected, so there's nothing to download.");
});

test('liked songs are read whole', async () => {
  const { prompter } = await visit([
    { select: 'Download my liked songs' },
    { pick: 'ticked' },
    { confirm: false },
  ]);
  expect(prompter.asked.at(-2)).toMatch(/^Download \d+ songs/);
});

test('a log-out is said', async () => {
  const { printed, signedOut } = await visit([{ select: 'Sign out' }]);
  expect(signedOut()).toBe(1);
  expect(printed[0]).toMatch(/^Signed out\./);
});
