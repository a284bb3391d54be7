import { convertInPlace, withoutLinks, type ConvertDeps, type ConvertEnd } from '../engine/convert.ts';
import { findSongs } from '../engine/library-songs.ts';
import { errorInJson, exitCodeOf } from '../errors.ts';
import { settleLost } from '../history/settle.ts';
import {
  planConversions,
  type Conversion,
  type ConvertPlan,
  type ConvertWish,
} from '../library/convert/plan.ts';
import { findUnfinished } from '../library/convert/unfinished.ts';
import { parseQuery } from '../library/query.ts';
import { songsOf, type LibrarySong } from '../library/songs.ts';
import type { DownloadDeps } from '../downloads/job-parts.ts';
import type { Output } from '../ui/output.ts';
import type { Progress } from '../ui/progress.ts';
import type { Prompter } from '../ui/prompter.ts';
import { conversionLines, convertedLines, stayingCounts } from './convert-text.ts';
import { noSongsText } from './no-songs.ts';
import { scanWithProgress, type ScanParts } from './scan-library.ts';
import { workOnSongs } from './song-course.ts';

export interface ConvertViewParts extends ScanParts {
  readonly store: DownloadDeps['store'];
  readonly config: ConvertDeps['config'];
  readonly clock: { now(): number };
  readonly output: Output;
  readonly progress: Progress;
  readonly prompter: Pick<Prompter, 'confirm'>;
  readonly downloadDeps: () => DownloadDeps;
}

export interface ConvertOptions {
  readonly wish: ConvertWish;
  readonly isDryRun: boolean;
  readonly isYes: boolean;
  /** Lossy songs become lossless ones without a question. */
  readonly isLossyAllowed: boolean;
  /** What is said where the query means no song. */
  readonly none?: string;
}

/**
 * Converts the songs of the library that a query means, in place: shows what it would do, asks, does it. Returns the exit code.
 * @throws HarmoniError usage, for a query that can't be read
 */
export async function convertLibrary(
  parts: ConvertViewParts,
  words: readonly string[],
  options: ConvertOptions,
): Promise<number> {
  const { config, output, prompter, store } = parts;
  const library = config.output_dir;
  parseQuery(words);
  await settleLost(store);
  await scanWithProgress(parts, library);
  const all = songsOf(store, library);
  const unfinished = findUnfinished(store, library, all);
  const songs = (await findSongs(store, library, words)).filter(({ file }) => !unfinished.has(file.path));
  const whole = await withoutLinks(planConversions(songs, options.wish), all);
  const { plan, refused } = await withConsent(parts, whole, options);
  const none = songs.length === 0 ? (options.none ?? noSongsText(words, library)) : 'No songs to convert.';
  output.lines(
    conversionLines(plan, { ...options.wish, library, refused, none, unfinished: unfinished.size }),
  );
  const isNothing = plan.conversions.length === 0 && unfinished.size === 0;
  if (options.isDryRun || isNothing) {
    output.document(documentOf(plan, refused, undefined, options.isDryRun));
    return refused.length > 0 && !options.isDryRun ? 1 : 0;
  }
  const question = {
    message: 'Convert them?',
    default: true,
    help: 'Each new file is checked before the old one goes to the trash. harmoni undo brings the old ones back.',
  };
  if (!options.isYes && (await prompter.confirm(question)) !== true) return exitCodeOf('cancelled');
  const end = await runConversions(parts, plan.conversions, unfinished);
  output.lines(convertedLines(end, library));
  output.document(documentOf(plan, refused, end, false));
  if (end.stoppedBy !== undefined) return exitCodeOf(end.stoppedBy.code);
  return end.failed.length + refused.length > 0 ? 1 : 0;
}

/** Lossy songs become lossless only where somebody said so. */
export async function withConsent(
  { prompter, output }: Pick<ConvertViewParts, 'prompter' | 'output'>,
  plan: ConvertPlan,
  options: ConvertOptions,
): Promise<{ readonly plan: ConvertPlan; readonly refused: readonly LibrarySong[] }> {
  const lossy = plan.conversions.filter(({ isLossyToLossless }) => isLossyToLossless);
  if (lossy.length === 0 || options.isLossyAllowed) return { plan, refused: [] };
  if (!options.isYes && !options.isDryRun) {
    const [many, they] = lossy.length === 1 ? ['1 song is', 'it'] : [`${lossy.length} songs are`, 'them'];
    output.say(
      `${many} lossy. As ${options.wish.format}, ${they === 'it' ? 'it gets' : 'they get'} several times larger, and not better.`,
    );
    if ((await prompter.confirm({ message: `Convert ${they} anyway?`, default: false })) === true)
      return { plan, refused: [] };
  }
  return {
    plan: { ...plan, conversions: plan.conversions.filter((one) => !one.isLossyToLossless) },
    refused: lossy.map(({ song }) => song),
  };
}

async function runConversions(
  parts: ConvertViewParts,
  conversions: readonly Conversion[],
  unfinished: ReadonlyMap<string, string>,
): Promise<ConvertEnd> {
  const songs = conversions.map(({ song }) => song);
  return workOnSongs(parts, songs, { title: 'Converting', stage: 'converting' }, (hooks) =>
    convertInPlace({ ...parts.downloadDeps(), config: parts.config }, conversions, unfinished, hooks),
  );
}

function documentOf(
  plan: ConvertPlan,
  refused: readonly LibrarySong[],
  end: ConvertEnd | undefined,
  isDryRun: boolean,
): object {
  return {
    dryRun: isDryRun,
    ...(end?.id === undefined ? {} : { run: end.id }),
    songs:
      end === undefined
        ? plan.conversions.map(({ song, isUp }) => ({
            path: song.file.path,
            status: 'planned',
            ...(isUp ? { isUp } : {}),
          }))
        : [
            ...end.done.map(({ song, path }) => ({ path, from: song.file.path, status: 'done' })),
            ...end.failed.map(({ song, error }) => ({
              path: song.file.path,
              status: 'failed',
              failure: errorInJson(error),
            })),
          ],
    skipped: { ...stayingCounts(plan), ...(refused.length === 0 ? {} : { lossy: refused.length }) },
    ...(end?.stoppedBy === undefined ? {} : { stoppedBy: errorInJson(end.stoppedBy) }),
  };
}
