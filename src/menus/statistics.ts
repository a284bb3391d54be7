import { homedir } from 'node:os';
import { join } from 'node:path';
import { beginWork } from '../system/work-signal.ts';
import { drawingFor } from '../ui/bars.ts';
import { back, type Prompter } from '../ui/prompter.ts';
import { noSongsText } from '../views/no-songs.ts';
import { exportLibrary, type ExportParts } from '../views/export-library.ts';
import { countSongs, writePage, type StatisticsParts } from '../views/statistics.ts';
import { allLines, overviewLines } from '../views/statistics-text.ts';
import { openMenuLoop } from './menu.ts';

export type StatisticsMenuParts = StatisticsParts & ExportParts & { readonly prompter: Prompter };

/** Counts once, shows the overview, and stays for what leads on from there. */
export async function openStatistics(parts: StatisticsMenuParts): Promise<void> {
  const { env, output, prompter } = parts;
  const work = beginWork();
  const found = await countSongs(parts, []).finally(() => work.done());
  if (found.songs === 0) {
    prompter.say(noSongsText([], parts.config.output_dir));
    return;
  }
  const drawing = drawingFor(env);
  output.lines(overviewLines(found, drawing, output.columns, 3));
  await openMenuLoop(prompter, 'Statistics', () => [
    {
      name: 'Show everything',
      description: 'All formats, decades, artists, albums, genres, playlists and failures.',
      run: async () => output.lines(allLines(found, drawing)),
    },
    {
      name: 'Save as a web page',
      description: 'One file with charts, to look at and to share.',
      async run() {
        const typed = await prompter.input({
          message: 'Where should the page go?',
          default: join(homedir(), 'music-statistics.html'),
        });
        if (typed === back) return;
        prompter.say(`Wrote the page to ${await writePage(parts, found, typed, [])}`);
      },
    },
    {
      name: 'Save the missing songs',
      description: 'A CSV of what your playlists lack, with the reason. HARMONI can download from it.',
      run: () => exportLibrary(parts, { what: 'missing', as: 'csv' }, []),
    },
  ]);
}
