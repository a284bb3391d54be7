import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { readStatistics } from '../engine/library-statistics.ts';
import type { Store } from '../history/store.ts';
import { parseQuery } from '../library/query.ts';
import type { LibraryStatistics } from '../library/statistics.ts';
import { writeNewFile } from '../system/new-file.ts';
import type { Clock } from '../system/clock.ts';
import { drawingFor } from '../ui/bars.ts';
import type { Output } from '../ui/output.ts';
import { noSongsText } from './no-songs.ts';
import { scanWithProgress, type ScanParts } from './scan-library.ts';
import { allLines, overviewLines } from './statistics-text.ts';
import { typedPath } from './typed-path.ts';

export interface StatisticsParts extends ScanParts {
  readonly store: Pick<Store, 'files' | 'followed' | 'failures' | 'jobs' | 'journal' | 'lists' | 'sounds'>;
  readonly config: { readonly output_dir: string };
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly output: Output;
}

export interface StatisticsFlags {
  /** Everything, and not what fits on a screen. */
  readonly all?: boolean;
  /** Also as a page, in this file. */
  readonly html?: string;
}

/** Shows what the songs that a query means are made of. Returns the exit code. @throws HarmoniError usage */
export async function showStatistics(
  parts: StatisticsParts,
  { all = false, html }: StatisticsFlags,
  words: readonly string[],
): Promise<number> {
  const { env, output } = parts;
  const found = await countSongs(parts, words);
  if (found.songs === 0) {
    output.say(noSongsText(words, parts.config.output_dir));
  } else if (html === undefined || all) {
    const drawing = drawingFor(env);
    output.lines(all ? allLines(found, drawing) : overviewLines(found, drawing, output.columns));
    if (!all)
      output.lines([{ text: 'More: harmoni library stats --all, or --html FILE for a page', tone: 'dim' }]);
  }
  const page =
    html === undefined || found.songs === 0 ? undefined : await writePage(parts, found, html, words);
  if (page !== undefined) output.say(`Wrote the page to ${page}`);
  output.document({ ...found, ...(page === undefined ? {} : { page }) });
  return 0;
}

/** Brings the index up to date and counts. */
export async function countSongs(
  parts: StatisticsParts,
  words: readonly string[],
): Promise<LibraryStatistics> {
  const { config, store } = parts;
  parseQuery(words);
  await scanWithProgress(parts, config.output_dir);
  return readStatistics(store, config.output_dir, words);
}

/** Returns where the page is. */
export async function writePage(
  { clock }: Pick<StatisticsParts, 'clock'>,
  found: LibraryStatistics,
  file: string,
  words: readonly string[],
): Promise<string> {
  const { renderPage } = await import('./statistics-page/page.ts');
  const path = resolve(typedPath(file, homedir()));
  const named = /\.html?$/i.test(path) ? path : `${path}.html`;
  return writeNewFile(named, renderPage(found, { madeAtMs: clock.now(), query: words.join(' ') }));
}
