import type { App } from '../app.ts';
import { emptyReport } from '../downloads/report.ts';
import type { Track, TrackList } from '../tracks/track.ts';
import { back, type Back } from '../ui/prompter.ts';
import { askHowToChoose, chooseAll, chooseTracks, countSongs, songs, type Chosen } from './choose-tracks.ts';
import { readSources } from './read-sources.ts';
import { createJob, exitCodeOfReport, runWithProgress, scanned, type Accept } from './run-downloads.ts';

export interface DownloadOptions {
  readonly inputs: readonly string[];
  readonly limit: number | undefined;
  /** Take everything; else the song picker asks. */
  readonly yes: boolean;
  readonly dryRun: boolean;
  /** With `yes`: ask all the same before the download begins. */
  readonly confirm?: boolean;
  readonly accept: Accept;
  /** Fetch songs again that are there in another format. */
  readonly reformat?: boolean;
}

/** harmoni download SOURCE... Returns the exit code. */
export async function runDownload(app: App, options: DownloadOptions): Promise<number> {
  return downloadLists(app, await readSources(app, options.inputs), options);
}

/** Lists that were read already: the same from here on for commands and menus. */
export async function downloadLists(
  app: App,
  lists: readonly TrackList[],
  options: Omit<DownloadOptions, 'inputs'>,
): Promise<number> {
  const { output } = app;
  const wish = { accept: options.accept, reformat: options.reformat === true };
  const isThere = await scanned(app, app.paths.output, wish);
  const all = lists.map((list) => chooseAll(list, options.limit));
  if (options.dryRun) {
    const plan = planOf(all, isThere);
    output.lines(plan.lines);
    output.document(plan.document);
    return 0;
  }
  // Who names one song has chosen it.
  const single = lists.length === 1 && lists[0]?.tracks.length === 1;
  const picked =
    options.yes || single
      ? { chosen: all, agreed: options.confirm !== true }
      : await pickSongs(app, lists, all, isThere, options.limit);
  if (picked === back) return 130;
  const { chosen, agreed } = picked;
  if (!chosen.some(({ chosen: flags }) => flags.includes(true))) {
    output.say('No songs are chosen: nothing to do.');
    output.document(emptyReport);
    return 0;
  }
  if (!agreed && !(await agrees(app, chosen, isThere))) return 130;
  const job = createJob(app, chosen, wish);
  const { report, stoppedBy } = await runWithProgress(app, job, titleOf(lists));
  const exitCode = exitCodeOfReport(report, stoppedBy);
  // Row 0 stands for a whole input that could not be read.
  const unread = lists.some(({ skipped }) => skipped.some(({ row }) => row === 0));
  return exitCode === 0 && unread ? 1 : exitCode;
}

/** What is downloaded, and whether the answer was a yes to that already. */
interface Picked {
  readonly chosen: readonly Chosen[];
  readonly agreed: boolean;
}

/** The songs of one list are ticked; of several, all are taken or each list is gone through. */
async function pickSongs(
  app: App,
  lists: readonly TrackList[],
  all: readonly Chosen[],
  isThere: (track: Track) => boolean,
  limit: number | undefined,
): Promise<Picked | Back> {
  if (lists.length > 1) {
    const answer = await askHowToChoose(app.prompter, all, isThere, placeOf(app));
    if (answer === back) return back;
    if (answer === 'all') return { chosen: all, agreed: true };
  }
  const chosen: Chosen[] = [];
  for (const list of lists) {
    const choice = await chooseTracks(app.prompter, list, isThere, limit);
    if (choice === back) return back;
    chosen.push(choice);
  }
  return { chosen, agreed: false };
}

async function agrees(
  app: App,
  chosen: readonly Chosen[],
  isThere: (track: Track) => boolean,
): Promise<boolean> {
  const { fresh, shared } = countSongs(chosen, isThere);
  const inMore = shared === 0 ? '' : ` (${shared} of them in more than one list)`;
  const message = `Download ${songs(fresh)}${inMore} ${placeOf(app)}?`;
  return (await app.prompter.confirm({ message, default: true, help: whatYesMeans })) === true;
}

const whatYesMeans =
  'On yes each song is looked for on YouTube, and downloaded where the match is sure; the others are listed at the end. ' +
  'Ctrl+C stops; the next start offers to resume.';

/** "as mp3 to /music" */
function placeOf({ config, paths }: App): string {
  const { audio_format: format } = config;
  return `${format === 'best' ? 'in the best quality' : `as ${format}`} to ${paths.output}`;
}

export function titleOf(lists: readonly { readonly name: string }[]): string {
  const [first, ...others] = lists;
  if (first === undefined) return 'Downloading';
  return others.length === 0 ? first.name : `${first.name} and ${others.length} more`;
}

/** --dry-run: what would be fetched; asks no service. */
function planOf(chosen: readonly Chosen[], isThere: Parameters<typeof chooseTracks>[2]) {
  const lists = chosen.map(({ list, chosen: flags }) => ({
    name: list.name,
    tracks: list.tracks
      .filter((_track, index) => flags[index] === true)
      .map((track) => ({
        artist: track.artist,
        track: track.track,
        status: isThere(track) ? ('present' as const) : ('pending' as const),
      })),
    skipped: list.skipped,
  }));
  const lines = lists.flatMap(({ name, tracks, skipped }) => {
    const pending = tracks.filter((track) => track.status === 'pending').length;
    return [
      {
        text: `${name}: ${pending} to download, ${tracks.length - pending} already there, ${skipped.length} skipped`,
      },
      ...skipped.map((row) => ({
        text: `  row ${row.row} ${row.text ?? ''}: ${row.reason}`,
        tone: 'dim' as const,
      })),
    ];
  });
  return { lines, document: { lists } };
}
