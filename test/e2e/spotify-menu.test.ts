import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasChromium, openTab, type Tab } from '../auth/chromium.ts';
import { hasTmux, openTmux } from '../helpers/tmux.ts';
import { createSpotifyWorld, type SpotifyWorld } from '../helpers/spotify-world.ts';
import { makeTracks, projectDir } from '../helpers/world.ts';

const canRun = hasTmux && hasChromium;
let world: SpotifyWorld;
let tab: Tab;
beforeAll(async () => {
  if (!canRun) return;
  world = await createSpotifyWorld({ tracks: makeTracks(6, { fromMs: 4_000 }) });
  tab = await openTab();
});
afterAll(async () => {
  if (!canRun) return;
  await tab.close();
  await world.close();
});

const songsIn = (list: string): string[] =>
  readdirSync(join(world.music, list)).filter((name) => name.endsWith('.opus'));

test.runIf(canRun)(
  'from the menu through a sign-in in the browser to the files of two playlists and the liked songs',
  { timeout: 90_000 },
  async () => {
    const env = Object.fromEntries(
      Object.entries(world.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const terminal = openTmux([join(projectDir, 'src', 'index.ts')], { columns: 80, rows: 24 }, env);
    try {
      await terminal.shows(/❯ Downloads/);
      terminal.keys('Enter');
      await terminal.shows(/❯ Spotify/);
      terminal.keys('Enter');
      await terminal.shows(/^You're not signed in to Spotify/);
      await terminal.shows(/❯ Sign in/);
      terminal.keys('Enter');
      // Several ways are offered; the one of the settings stands first.
      await terminal.shows(/Enter opens your browser|How do you want to sign in/);
      if (terminal.printed().includes('How do you want')) terminal.keys('Enter');
      await terminal.shows(/Enter opens your browser/);
      const url = /^http\S+\/authorize\S+$/m.exec(terminal.printed())?.[0] ?? '';
      await tab.open(url);
      await tab.click('agree');
      expect(await tab.value('document.querySelector("h1").innerText')).toBe("You're signed in");
      // The question has gone, nobody had to answer it.
      const signedIn = await terminal.shows(/^Signed in as Demo Listener\. Access until/);
      expect(signedIn.join('\n')).not.toContain('Enter opens your browser');

      await terminal.shows(/❯ Sign in/);
      terminal.keys('Down', 'Enter');
      const lists = await terminal.shows(/Which playlists do you want\? {2}0 of 6 selected/);
      expect(
        lists.some((line) => /A Friend's Mix \(demo-friend\) {2}only yours can be read/.test(line)),
      ).toBe(true);
      terminal.keys('Space', 'Down', 'Space');
      terminal.type('s mix');
      await terminal.shows(/❯ \[ \] A Friend's Mix/);
      terminal.keys('Tab');
      await terminal.shows(/3 of 6 selected/);
      terminal.keys('Enter');
      await terminal.shows(/belongs to someone else/);
      await terminal.shows(/2 playlists: 6 songs to download/);
      terminal.keys('Down', 'Down', 'Enter');
      await terminal.shows(/Songs of "Road Trip" {2}3 of 3 selected/);
      terminal.keys('Tab', 'Enter');
      await terminal.shows(/Songs of "Evenings" {2}3 of 3 selected/);
      terminal.keys('Enter');
      await terminal.shows(/Download 5 songs/);
      terminal.keys('Enter');
      await terminal.shows(/Downloaded 5 songs/);

      await terminal.shows(/❯ Download my playlists/);
      terminal.keys('Down', 'Enter');
      await terminal.shows(/Songs of "Liked Songs" {2}1 of 6 selected/);
      terminal.keys('Enter');
      await terminal.shows(/Download 1 song /);
      terminal.keys('Enter');
      await terminal.shows(/Downloaded 1 song /);
      await terminal.shows(/❯ Download my liked songs/);
      terminal.keys('Escape');
      await terminal.shows(/❯ Spotify/);
      terminal.keys('Escape');
      await terminal.shows(/❯ Downloads/);
      terminal.keys('Escape');
      await terminal.shows(/\[exit 0\]/);
      world.keep(terminal.printed());
    } finally {
      terminal.end();
    }
    expect([songsIn('Road Trip').length, songsIn('Evenings').length, songsIn('Liked Songs').length]).toEqual([
      2, 3, 1,
    ]);
    expect(world.spotify.secrets.size).toBeGreaterThan(2);
    expect(world.secretsSeen()).toEqual([]);
  },
);
