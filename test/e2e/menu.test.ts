import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasTmux, openTmux } from '../helpers/tmux.ts';
import { createWorld, exportifyCsv, makeTracks, projectDir, type World } from '../helpers/world.ts';

const tracks = makeTracks(4, { fromMs: 4_000 });
let world: World;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: ['live'] } });
  writeFileSync(join(world.data, 'exportify', 'Morning.csv'), exportifyCsv(tracks));
});
afterAll(() => world.close());

test.runIf(hasTmux)(
  'from the first start to the files, in a terminal of 80x24',
  { timeout: 60_000 },
  async () => {
    // The settings of the stand-in stay; what the first start asks for is asked again.
    const config = join(world.folder, 'config.json');
    const settings = JSON.parse(readFileSync(config, 'utf8')) as Record<string, unknown>; // written by createWorld
    rmSync(config);
    const env = Object.fromEntries(
      Object.entries(world.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const terminal = openTmux([join(projectDir, 'src', 'index.ts')], { columns: 80, rows: 24 }, env);
    try {
      await terminal.shows(/Which format do you want/);
      terminal.keys('Down', 'Enter');
      await terminal.shows(/Where should your music go/);
      terminal.keys('C-u');
      terminal.type(world.music);
      terminal.keys('Enter');
      await terminal.shows(/How should songs be organized/);
      terminal.keys('Enter');
      await terminal.shows(/Where does your music come from/);
      terminal.keys('Enter');
      // It leads to where the music comes from, with the folder as it is.
      const lead = await terminal.shows(/❯ Exportify playlists/);
      expect(lead.join('')).toContain(join(world.data, 'exportify'));
      terminal.keys('Escape');
      await terminal.shows(/❯ Downloads/);
      expect(JSON.parse(readFileSync(config, 'utf8'))).toMatchObject({
        config_version: 2,
        audio_format: 'best',
        file_name_template: '{list}/{artist} - {track}',
        output_dir: world.music,
      });
      writeFileSync(config, JSON.stringify({ ...settings, audio_format: 'best', output_dir: world.music }));

      terminal.keys('Enter');
      await terminal.shows(/❯ Spotify/);
      // Esc goes back a level and Enter in again.
      terminal.keys('Escape');
      await terminal.shows(/❯ Downloads/);
      terminal.keys('Enter');
      await terminal.shows(/❯ Spotify/);
      terminal.type('Exp');
      await terminal.shows(/❯ Exportify/);
      terminal.keys('Enter');
      await terminal.shows(/Songs of "Morning" {2}4 of 4 selected/);
      terminal.keys('Tab');
      await terminal.shows(/3 of 4 selected/);
      terminal.keys('Enter');
      await terminal.shows(/Download 3 songs/);
      terminal.keys('Enter');
      const screen = await terminal.shows(/Downloaded 3 songs/);
      expect(screen.every((line) => line.length <= 80)).toBe(true);
      await terminal.shows(/❯ .*Exportify/);
      // Ctrl+C goes back a level too, and from the main menu out.
      terminal.keys('C-c');
      await terminal.shows(/❯ Downloads/);
      terminal.keys('C-c');
      await terminal.shows(/\[exit 0\]/);
    } finally {
      terminal.end();
    }
    const files = readdirSync(join(world.music, 'Morning')).filter((name) => name.endsWith('.opus'));
    expect(files).toHaveLength(3);
    expect(existsSync(join(world.music, '.harmoni'))).toBe(false);
  },
);

test.runIf(hasTmux)(
  'HARMONI_FIRST_START asks the questions of the first start where there is a file already',
  async () => {
    const env = Object.fromEntries(
      Object.entries(world.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const size = { columns: 80, rows: 24 };
    const terminal = openTmux([join(projectDir, 'src', 'index.ts')], size, {
      ...env,
      HARMONI_FIRST_START: '1',
    });
    try {
      expect(existsSync(join(world.folder, 'config.json'))).toBe(true);
      await terminal.shows(/Which format do you want/);
    } finally {
      terminal.end();
    }
  },
);

test.runIf(hasTmux)('a config.json of HARMONI 2.0 is told above the menu, once', async () => {
  const env = Object.fromEntries(
    Object.entries(world.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const config = join(world.folder, 'old.json');
  writeFileSync(config, JSON.stringify({ file_name_template: '{artist}/{track}' }));
  for (const isTold of [true, false]) {
    const size = { columns: 120, rows: 24 };
    const terminal = openTmux([join(projectDir, 'src', 'index.ts')], size, {
      ...env,
      HARMONI_CONFIG: config,
    });
    try {
      const lines = await terminal.shows(/Downloads$/);
      expect(lines.join(' ').includes('was {artist}/{track} and is now {list}/{artist}/{track}')).toBe(
        isTold,
      );
    } finally {
      terminal.end();
    }
  }
});

test.runIf(hasTmux)('Downloads reads the account export that playlists_file names', async () => {
  const playlists = ['Dawn', 'Dusk'].map((name) => ({
    name,
    items: tracks.map(({ artist, track }) => ({ track: { artistName: artist, trackName: track } })),
  }));
  writeFileSync(join(world.data, 'playlists.json'), JSON.stringify({ playlists }));
  const env = Object.fromEntries(
    Object.entries(world.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const terminal = openTmux([join(projectDir, 'src', 'index.ts')], { columns: 80, rows: 24 }, env);
  try {
    await terminal.shows(/❯ Downloads/);
    terminal.keys('Enter');
    await terminal.shows(/❯ Spotify/);
    terminal.type('Acc');
    await terminal.shows(/❯ Account export/);
    terminal.keys('Enter');
    const screen = await terminal.shows(/Which playlists.*0 of 2/);
    expect(screen.join('\n')).toMatch(/Dawn[^]*Dusk/);
  } finally {
    terminal.end();
  }
});
