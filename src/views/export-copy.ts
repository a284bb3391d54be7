import { resolve } from 'node:path';
import { checkTarget, exportCopy, findCopyLists, type CopyEnd } from '../engine/export-copy.ts';
import { findSongs } from '../engine/library-songs.ts';
import { errorInJson, exitCodeOf } from '../errors.ts';
import { planConversions } from '../library/convert/plan.ts';
import type { CopyWish } from '../library/copy/copy-song.ts';
import { planLists, planSongs, pathInCopy, type CopyItem } from '../library/copy/plan.ts';
import { parseQuery } from '../library/query.ts';
import { nameOf, type LibrarySong } from '../library/songs.ts';
import { playlists, songs as counted } from '../tracks/song-count.ts';
import type { ToneLine } from '../ui/prompter.ts';
import { stoppedLines } from './convert-text.ts';
import { withConsent, type ConvertOptions, type ConvertViewParts } from './convert.ts';
import { scanWithProgress } from './scan-library.ts';
import { workOnSongs } from './song-course.ts';

export interface CopyOptions extends Omit<ConvertOptions, 'wish'> {
  readonly wish: CopyWish;
  readonly target: string;
  /** Playlists to copy, by their names. */
  readonly lists: readonly string[];
  /** Where songs go that aren't copied by playlist. */
  readonly template: string;
}

const samples = 5;

/**
 * Copies the songs that a query means into a folder outside of the library, as playlists where lists are asked for. Shows what
 * it would do, asks, does it. Returns the exit code.
 * @throws HarmoniError usage
 */
export async function copyLibrary(
  parts: ConvertViewParts,
  words: readonly string[],
  options: CopyOptions,
): Promise<number> {
  const { config, output, prompter, store } = parts;
  const library = config.output_dir;
  const target = resolve(options.target);
  const isOfLists = parseQuery(words).asksForLists || options.lists.length > 0;
  await checkTarget(target, library);
  await scanWithProgress(parts, library);
  const lists = await findCopyLists(store, library, words, options.lists);
  const whole = async (): Promise<readonly LibrarySong[]> =>
    (await findSongs(store, library, words)).filter(({ file }) => file.fault === undefined);
  const all = isOfLists ? planLists(lists) : planSongs(await whole(), options.template);
  const plan = planConversions([...new Set(all.map(({ song }) => song))], {
    ...options.wish,
    isOwnToo: true,
  });
  const { refused } = await withConsent(parts, plan, options);
  const left = new Set(refused);
  const items = all.filter(({ song }) => !left.has(song));
  output.lines(
    planLines(items, {
      isOfLists,
      lists: lists.length,
      target,
      format: options.wish.format,
      refused: refused.length,
      known: store.lists.all(library).map(({ name }) => name),
    }),
  );
  if (options.isDryRun || items.length === 0) {
    output.document({
      dryRun: options.isDryRun,
      target,
      songs: items.map((item) => planned(item, options.wish.format)),
    });
    return refused.length > 0 && !options.isDryRun ? 1 : 0;
  }
  const question = {
    message: 'Copy them?',
    default: true,
    help: "Your library isn't changed, and neither is anything in that folder that HARMONI didn't put there.",
  };
  if (!options.isYes && (await prompter.confirm(question)) !== true) return exitCodeOf('cancelled');
  const end = await runCopy(parts, items, target, options.wish);
  output.lines(endLines(end, target));
  output.document(documentOf(end, target, refused.length));
  if (end.stoppedBy !== undefined) return exitCodeOf(end.stoppedBy.code);
  return end.failed.length + refused.length > 0 ? 1 : 0;
}

async function runCopy(
  parts: ConvertViewParts,
  items: readonly CopyItem[],
  target: string,
  wish: CopyWish,
): Promise<CopyEnd> {
  const songs = items.map(({ song }) => song);
  return workOnSongs(parts, songs, { title: 'Copying', stage: 'copying' }, (hooks) =>
    exportCopy({ ...parts.downloadDeps(), config: parts.config }, items, { target, wish }, hooks),
  );
}

function planLines(
  items: readonly CopyItem[],
  shown: {
    readonly isOfLists: boolean;
    readonly lists: number;
    readonly target: string;
    readonly format: string;
    readonly refused: number;
    /** Names of all playlists. */
    readonly known: readonly string[];
  },
): readonly ToneLine[] {
  const { isOfLists, lists, target, format, refused, known } = shown;
  if (items.length === 0 && isOfLists && lists === 0) return [{ text: noListText(known), tone: 'warn' }];
  if (items.length === 0) return [{ text: 'No songs to copy.' }];
  const what = lists === 0 ? counted(items.length) : `${playlists(lists)} with ${counted(items.length)}`;
  const more = items.length - samples;
  return [
    { text: `${what} as ${format} to ${target}` },
    ...items
      .slice(0, samples)
      .map((item): ToneLine => ({ text: `  ${pathInCopy(item, format, 1)}`, tone: 'dim' })),
    ...(more > 0 ? [{ text: `  and ${more} more`, tone: 'dim' } as const] : []),
    ...(refused === 0
      ? []
      : [
          {
            text: `${counted(refused)} left out: lossy. Add --lossy-to-lossless to copy them anyway.`,
            tone: 'warn',
          } as const,
        ]),
  ];
}

function noListText(known: readonly string[]): string {
  const what = 'No playlist in your library matches, so there are no songs to copy.';
  if (known.length === 0) return `${what} HARMONI knows playlists that it downloaded, followed or adopted.`;
  const more = known.length > samples ? `, and ${known.length - samples} more` : '';
  return `${what} Yours: ${known.slice(0, samples).join(', ')}${more}.`;
}

function endLines(end: CopyEnd, target: string): readonly ToneLine[] {
  const { done, present, failed, changed, stoppedBy } = end;
  const before = present === 0 ? '' : `, ${present} ${present === 1 ? 'was' : 'were'} there already`;
  return [
    {
      text: `Copied ${counted(done.length)} to ${target}${before}.`,
      tone: failed.length > 0 || stoppedBy !== undefined ? 'warn' : 'ok',
    },
    ...failed.map(({ song, error }): ToneLine => ({
      text: `Failed: ${nameOf(song)}: ${error.message}`,
      tone: 'fail',
    })),
    ...changed.map((path): ToneLine => ({
      text: `You changed ${path}, so it stays as it is.`,
      tone: 'warn',
    })),
    ...stoppedLines(stoppedBy, 'copy'),
  ];
}

function planned(item: CopyItem, format: string): object {
  return { path: pathInCopy(item, format, 1), from: item.song.file.path, status: 'planned' };
}

function documentOf(
  { done, present, failed, playlists: lists, changed, stoppedBy }: CopyEnd,
  target: string,
  lossy: number,
): object {
  return {
    dryRun: false,
    target,
    songs: [
      ...done.map(({ song, path }) => ({ path, from: song.file.path, status: 'done' })),
      ...failed.map(({ song, error }) => ({
        from: song.file.path,
        status: 'failed',
        failure: errorInJson(error),
      })),
    ],
    skipped: { already: present, ...(lossy === 0 ? {} : { lossy }) },
    playlists: lists,
    ...(changed.length === 0 ? {} : { changed }),
    ...(stoppedBy === undefined ? {} : { stoppedBy: errorInJson(stoppedBy) }),
  };
}
