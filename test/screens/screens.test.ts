import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hasTmux, openTmux, type TmuxTerminal } from '../helpers/tmux.ts';
import {
  createWorld,
  exportifyCsv,
  makeTracks,
  projectDir,
  realTools,
  type World,
} from '../helpers/world.ts';

const looks = [
  { look: '80x24', columns: 80, rows: 24, env: {} },
  { look: '200x50', columns: 200, rows: 50, env: {} },
  { look: 'plain', columns: 80, rows: 24, env: { NO_COLOR: '1', LC_ALL: 'C', LANG: 'C' } },
];

/** The second is refused by YouTube, the third is not there, the others are downloaded. */
const songs = makeTracks(5, { fromMs: 4_000 });
const tracks = songs.slice(0, 4);
/** There's only an upload of somebody's of it, which may be anything. */
const uncertain = songs.slice(4);

// Lines break where paths are as long as here.
vi.stubEnv('TMPDIR', '/tmp');
afterAll(() => vi.unstubAllEnvs());

describe.skipIf(!hasTmux).each(looks)('the screens at $look', ({ look, columns, rows, env }) => {
  let world: World;
  let terminal: TmuxTerminal | undefined;
  beforeAll(async () => {
    world = await createWorld({
      tracks: songs,
      catalogue: { decoys: ['acoustic'], missing: (_track, index) => index === 2 },
      config: { retry_attempts: 0 },
    });
    const [, refused] = world.youTube.catalogue.shelves;
    world.youTube.failures.add({ failure: 'private', videoId: refused?.right?.videoId ?? '' });
    writeFileSync(join(world.data, 'exportify', 'Evening.csv'), exportifyCsv(tracks));
  });
  afterAll(async () => {
    terminal?.end();
    await world.close();
  });

  function open(args: readonly string[], more: Readonly<Record<string, string>> = {}): TmuxTerminal {
    terminal?.end();
    const own = Object.entries(world.env).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value]],
    );
    const all = { ...Object.fromEntries(own), SPOTIFY_CLIENT_ID: '', ...env, ...more } as Record<
      string,
      string
    >; // pairs of strings
    terminal = openTmux([join(projectDir, 'src', 'index.ts'), ...args], { columns, rows }, all);
    return terminal;
  }

  /** Waits for the screen and compares it, from the last line that looks like `from` on, with its file. */
  async function expectScreen(name: string, from: RegExp, until: RegExp): Promise<void> {
    await terminal?.shows(until);
    const lines = terminal?.scrolled() ?? [];
    const start = lines.findLastIndex((line) => from.test(line));
    expect(start, `${name} begins with ${String(from)}`).toBeGreaterThanOrEqual(0);
    const seen = lines
      .slice(start)
      .map(normal)
      // Not there where the song comes first.
      .filter((line) => !line.includes('Undo the last answer'));
    expect(Math.max(...seen.map((line) => line.length)), name).toBeLessThanOrEqual(columns);
    if (look === 'plain') expect(seen.join('')).toMatch(/^[\x20-\x7e]*$/);
    await expect(`${seen.join('\n')}\n`).toMatchFileSnapshot(join(import.meta.dirname, look, `${name}.txt`));
  }

  const normal = (line: string): string =>
    line
      .replaceAll(world.folder, '/tmp/harmoni-folder')
      .replace(/ in \d+ s\b/, ' in N s')
      .replace(/^\d of 2, from/, 'N of 2, from')
      .replace(/\d+ days old/, 'N days old')
      .replace(/(ok +(?:HARMONI|node|yt-dlp|ffmpeg)) \S+:/, '$1 VERSION:')
      // The sources of an archive have no git.
      .replace('from a downloaded copy of the source code', 'from a git clone')
      .replace(/this Node \S+/, 'this Node VERSION')
      .replace(/\d+ cores?, \d+ % in use/, 'N cores, N % in use')
      .replace(/[\d.]+ (GB|MB)/, 'N $1');

  test('from the menu to the report', async () => {
    const at = open([]);
    await expectScreen('main-menu', /HARMONI/, /esc back/);
    at.type('?');
    await expectScreen('main-menu-help', /[?] HARMONI/, /esc close help/);
    at.type('?');
    await at.shows(/[?] help/);
    at.keys('Enter');
    await expectScreen('downloads-menu', /\? Downloads/, /Fix a wrong match/);
    at.keys('Enter');
    await expectScreen('spotify-menu', /You're not signed in/, /Sign out/);
    at.keys('Escape');
    await at.shows(/\? Downloads/);
    at.type('Exp');
    await at.shows(/^[❯>] Exportify/);
    at.keys('Enter');
    await expectScreen('song-picker', /Songs of/, /4 of 4 selected/);
    at.type('?');
    await expectScreen('song-picker-help', /Songs of/, /esc close help/);
    at.type('?');
    await at.shows(/[?] help/);
    at.keys('Enter');
    await expectScreen('confirm', /Download 4 songs/, /Download 4 songs/);
    at.keys('Enter');
    await at.shows(/\? Downloads/);
    await at.shows(/esc back/);
    await expectScreen('report', /^Downloaded /, /\? Downloads/);
  });

  test('what waits for a decision, and several lists at once', async () => {
    const at = open(['review']);
    const first = (await at.shows(/esc back/)).join('\n');
    // The order is the one in which they failed.
    if (!first.includes('Birch')) {
      await at.shows(/^[❯>] Decide later/);
      at.keys('Enter');
      await at.shows(/Birch/);
    }
    at.keys('Home');
    await at.shows(/^Doubts/);
    await expectScreen('review', /^\S+ Ensemble - .*\(/, /esc back/);
    writeFileSync(join(world.data, 'exportify', 'Morning.csv'), exportifyCsv(tracks.slice(2)));
    open([]);
    await terminal?.shows(/^[❯>] Downloads/);
    terminal?.keys('Enter');
    await terminal?.shows(/\? Downloads/);
    terminal?.type('Exp');
    await terminal?.shows(/^[❯>] Exportify/);
    terminal?.keys('Enter');
    await terminal?.shows(/0 of 2 selected/);
    terminal?.keys('C-a');
    await expectScreen('playlists', /\? Which playlists/, /2 of 2 selected/);
    terminal?.keys('Enter');
    await expectScreen('several-lists', /2 playlists/, /Choose songs/);
  });

  test('the first start, and how to get a client id', async () => {
    const at = open([], { HARMONI_CONFIG: join(world.folder, 'none.json') });
    await expectScreen('first-start', /YouTube audio/, /Which format/);
    at.keys('Enter');
    await at.shows(/Where should your music go/);
    at.keys('Enter');
    await expectScreen('layouts', /How should songs be organized/, /enter choose/);
    at.keys('Escape');
    await at.shows(/^\? Where should your music go/);
    at.keys('Escape');
    await at.shows(/^\? Which format/);
    at.keys('Escape');
    await at.shows(/\[exit 0\]/);
    open(['login']);
    await expectScreen('setup-help', /To read your Spotify playlists/, /Open the Spotify dashboard/);
  });

  test('the question whether uncertain songs may be compared with previews', async () => {
    const { shelves } = world.youTube.catalogue;
    const upload = shelves[4]?.right;
    if (upload === undefined) throw new Error('The last song has no video.');
    const anybody = { channel: 'Uploads', artists: ['Uploads'], kind: 'user-video', viewCount: 1_000 };
    Object.assign(upload, { ...anybody, isrc: undefined, album: undefined });
    const list = join(world.folder, 'Night.csv');
    writeFileSync(list, exportifyCsv(uncertain));
    await world.run(['config', 'set', 'verify_by_ear', 'ask']);
    const at = open(['download', list]);
    await expectScreen('offer-ear', /^Nothing downloaded/, /\(Y\/n, \?\)/);
    at.type('?');
    await expectScreen('offer-ear-help', /^\? 1 song is uncertain/, /close this help/);
    at.type('?');
    at.keys('Escape');
    await at.shows(/\[exit 1\]/);
  });

  test('settings and the check of the machine', async () => {
    const file = join(world.folder, 'own.json');
    writeFileSync(file, JSON.stringify({ audio_format: 'm4a', max_concurrent_downloads: 2 }));
    const at = open([], { HARMONI_CONFIG: file });
    await at.shows(/^[❯>] Downloads/);
    at.type('Con');
    await at.shows(/^[❯>] Config/);
    at.keys('Enter');
    await at.shows(/^[❯>] View/);
    at.keys('Enter');
    await at.shows(/What you've changed/);
    await expectScreen('config-view', /Config View settings/, /esc back/);
    const bin = join(world.folder, 'bin');
    mkdirSync(bin);
    const today = new Date().toISOString().slice(0, 10).replaceAll('-', '.');
    writeFileSync(join(bin, 'yt-dlp'), `#!/bin/sh\necho ${today}\n`);
    chmodSync(join(bin, 'yt-dlp'), 0o755);
    symlinkSync((await realTools()).ffmpeg, join(bin, 'ffmpeg'));
    open(['doctor'], { HARMONI_YTDLP: join(bin, 'yt-dlp'), HARMONI_FFMPEG: join(bin, 'ffmpeg') });
    await expectScreen('doctor', /HARMONI \d/, /\[exit 0\]/);
  });
});
