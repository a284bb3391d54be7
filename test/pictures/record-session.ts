/**
 * Records `harmoni demo` in a real terminal and draws its telling moments as src/demo/session.svg, the picture of the
 * readme: node test/pictures/record-session.ts [FILE]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { openTmux } from '../helpers/tmux.ts';
import { projectDir, realTools } from '../helpers/world.ts';
import { screensToSvg } from './screen-to-svg.ts';

const columns = 80;

/** Plays the session and gives its picture. Everything in it is what the program printed, but for the name of its folder. */
export async function recordSession(format = 'mp3'): Promise<string> {
  const tools = await realTools();
  const folder = mkdtempSync(join(tmpdir(), 'harmoni-'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ audio_format: format }));
  const terminal = openTmux(
    [join(projectDir, 'src', 'index.ts'), 'demo'],
    { columns, rows: 24 },
    {
      HARMONI_DATA_DIR: folder,
      HARMONI_CONFIG: join(folder, 'config.json'),
      HARMONI_YTDLP: tools.ytDlp,
      HARMONI_FFMPEG: tools.ffmpeg,
    },
  );
  /** The screen from the last line that matches on, as anybody would see it at home. */
  const moment = (from: RegExp): string[] => {
    const lines = terminal.painted().map((line) => line.replaceAll(join(folder, 'demo'), '~/harmoni'));
    const plain = lines.map((line) => stripVTControlCharacters(line));
    const start = plain.findLastIndex((line) => from.test(line));
    return lines.slice(start).filter((_, index) => !plain[start + index]?.startsWith('[exit'));
  };
  try {
    await terminal.shows(/sign in for you/);
    terminal.keys('y', 'Enter');
    await terminal.shows(/Which playlists .*selected/);
    // The third playlist holds more than songs; here two are enough.
    terminal.keys('Down', 'Down', 'Tab', 'Up', 'Enter');
    await terminal.shows(/2 playlists/);
    terminal.keys('Down', 'Down', 'Enter');
    await terminal.shows(/\? Songs of "Road Trip"/);
    terminal.keys('Enter');
    await terminal.shows(/\? Songs of "Evenings"/);
    terminal.keys('Down', 'Tab');
    await terminal.shows(/5 of 6 selected/);
    const picker = moment(/Which playlists/);
    terminal.keys('Enter');
    await terminal.shows(/\? Download 11 songs/);
    terminal.keys('Enter');
    await terminal.shows(/([3-9]|10) of 11/);
    const progress = moment(/Road Trip and 1 more/);
    // Two waits: a slow machine may need long for eleven songs.
    await terminal.shows(/([89]|10) of 11|\[exit/);
    await terminal.shows(/\[exit \d\]/);
    const report = moment(/^Downloaded \d/);
    return screensToSvg(
      [picker, progress, report],
      columns,
      'HARMONI: songs are ticked, downloaded and reported',
    );
  } finally {
    terminal.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const file = process.argv[2] ?? join(projectDir, 'src', 'demo', 'session.svg');
  writeFileSync(file, await recordSession());
  console.log(file);
}
