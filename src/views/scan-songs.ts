import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import type { ToolBox } from '../doctor/tool-box.ts';
import { findSongs } from '../engine/library-songs.ts';
import { exitCodeOf } from '../errors.ts';
import type { Store } from '../history/store.ts';
import { measureSongs, type MeasureEnd, type MeasureProgress } from '../library/measure-songs.ts';
import { parseQuery } from '../library/query.ts';
import type { ScanResult } from '../library/scan.ts';
import { hasChromaprint, noChromaprint } from '../sound/chromaprint.ts';
import { songs as counted } from '../tracks/song-count.ts';
import type { Output } from '../ui/output.ts';
import type { ToneLine } from '../ui/prompter.ts';
import { scanWithProgress, type ScanParts } from './scan-library.ts';

export interface ScanSongsParts extends ScanParts {
  readonly store: Pick<Store, 'files' | 'lists' | 'sounds'>;
  readonly config: { readonly output_dir: string };
  readonly tools: Pick<ToolBox, 'ffmpegPath'>;
  readonly output: Output;
}

/**
 * Brings the index up to date and tells what was found; `isDeep` also listens to the songs that a query means. Returns the
 * exit code. @throws HarmoniError usage, ffmpeg-missing
 */
export async function scanSongs(
  parts: ScanSongsParts,
  words: readonly string[],
  isDeep: boolean,
): Promise<number> {
  const { config, output, store } = parts;
  parseQuery(words);
  const result = await scanWithProgress(parts, config.output_dir);
  output.say(scanText(result));
  const files = store.files.filesBelow(config.output_dir);
  const structural = files.filter(({ fault }) => fault !== undefined);
  const { files: many, read, gone } = result;
  const scan = { files: many, read, gone };
  if (!isDeep) {
    output.lines(brokenLines(structural, config.output_dir));
    output.document({ scan, broken: structural.map(({ path, fault }) => ({ path, fault })) });
    return 0;
  }
  const end = await listenToSongs(parts, words);
  output.lines([...deepLines(end), ...brokenLines(end.broken, config.output_dir)]);
  output.lines(end.notChecked.map(({ path, why }) => notCheckedLine(relative(config.output_dir, path), why)));
  output.document({ scan, deep: end });
  if (end.isStopped) return exitCodeOf('cancelled');
  return end.notChecked.length > 0 ? 1 : 0;
}

/** Listens to the songs that a query means, each sound once. @throws HarmoniError ffmpeg-missing */
export async function listenToSongs(parts: ScanSongsParts, words: readonly string[]): Promise<MeasureEnd> {
  const { config, store, progress, tools, beginWork, output } = parts;
  const ffmpegPath = await tools.ffmpegPath();
  const hasFingerprint = await hasChromaprint(ffmpegPath);
  if (!hasFingerprint) output.say(`${noChromaprint.message} Everything else is measured.`);
  const songs = await findSongs(store, config.output_dir, words);
  const work = beginWork();
  try {
    return await measureSongs(
      songs.map(({ file }) => file),
      {
        store,
        ffmpegPath,
        hasFingerprint,
        cores: availableParallelism(),
        signal: work.signal,
        onProgress: (now) => progress.draw(viewOf(now)),
      },
    );
  } finally {
    progress.end();
    work.done();
  }
}

function viewOf({
  done,
  total,
  broken,
  leftMs,
}: MeasureProgress): Parameters<ScanParts['progress']['draw']>[0] {
  const eta = leftMs === undefined ? {} : { etaMs: leftMs };
  return { title: 'Listening to your songs', done, total, failed: broken, lines: [], ...eta };
}

/** "412 songs: 3 new or changed, 1 missing." Pure. */
function scanText({ files, read, gone }: Pick<ScanResult, 'files' | 'read' | 'gone'>): string {
  const news = [...(read > 0 ? [`${read} new or changed`] : []), ...(gone > 0 ? [`${gone} missing`] : [])];
  return `${counted(files)}${news.length === 0 ? ', nothing changed' : `: ${news.join(', ')}`}`;
}

function deepLines({ measured, known, isStopped }: MeasureEnd): readonly ToneLine[] {
  const before = known === 0 ? '' : `, knew ${known} already`;
  const stopped = isStopped ? '. Stopped before it finished: run it again to continue' : '';
  return [{ text: `Listened to ${counted(measured)}${before}${stopped}`, tone: isStopped ? 'warn' : 'ok' }];
}

function brokenLines(
  files: readonly { readonly path: string; readonly fault?: string }[],
  library: string,
): readonly ToneLine[] {
  return files.map(({ path, fault = '' }) => ({
    text: `Broken: ${relative(library, path)} (${fault})`,
    tone: 'fail',
  }));
}

const notCheckedLine = (name: string, why: string): ToneLine => ({
  text: `Not checked: ${name} (${why})`,
  tone: 'warn',
});
