import { adopt, lookAtOwned, type AdoptEnd, type AdoptParts, type AdoptView } from '../engine/adopt.ts';
import { lookAtLibrary } from '../engine/library.ts';
import { checkLibrary } from '../engine/sync.ts';
import { settingsOf } from '../engine/wish.ts';
import { exitCodeOf, HarmoniError } from '../errors.ts';
import { settleLost } from '../history/settle.ts';
import { folderToAdopt } from '../library/adopt/folder-to-adopt.ts';
import { isBelow, listNames } from '../system/files.ts';
import { songs } from '../tracks/song-count.ts';
import type { TrackList } from '../tracks/track.ts';
import { back } from '../ui/prompter.ts';
import { adoptDocument, endLines, keyOf, previewLines } from './adopt-text.ts';
import { askAdoption, type AdoptChoice, type AdoptOptions, type AskAdoptionParts } from './ask-adoption.ts';
import { downloadLists, type DownloadParts } from './download-lists.ts';
import { pendingInputs, type PendingSettings } from './pending-lists.ts';
import { readLists, type ReadListsParts } from './read-lists.ts';
import { scanWithProgress, type ScanParts } from './scan-library.ts';

export type AdoptViewParts = AdoptParts &
  DownloadParts &
  ReadListsParts &
  ScanParts & {
    readonly config: AdoptParts['config'] & PendingSettings;
    readonly store: AdoptParts['store'];
  } & AskAdoptionParts;

/**
 * Matches music that the user owns to lists, shows what it is, asks, and adopts it. Afterwards the rest can be downloaded.
 * Returns the exit code. @throws HarmoniError usage, library-missing, and as the sources do
 */
export async function adoptMusic(
  parts: AdoptViewParts,
  named: { readonly folder: string; readonly inputs: readonly string[] },
  options: AdoptOptions,
): Promise<number> {
  const { config, store, output } = parts;
  const folder = await folderToAdopt(named.folder, config.output_dir);
  await settleLost(store);
  await checkLibrary(store, config.output_dir);
  const lists = await (named.inputs.length > 0 ? readLists(parts, named.inputs) : readKnown(parts));
  const view = await look(parts, lists, folder);
  output.lines(previewLines(view, parts.interactive && !options.yes && !options.dryRun));
  if (options.dryRun) {
    output.document(adoptDocument(view, undefined));
    return 0;
  }
  const wish = await askAdoption(parts, view, options);
  if (wish === back) return exitCodeOf('cancelled');
  const end = wish === undefined ? nothingDone : await carryOut(parts, view, wish);
  output.document(adoptDocument(view, end));
  if (end.stoppedBy !== undefined) return exitCodeOf(end.stoppedBy.code);
  return offerRest(parts, lists, options);
}

const nothingDone: AdoptEnd = { id: undefined, placed: new Map(), playlists: [], stoppedBy: undefined };

/** What is followed, and what is pending. @throws HarmoniError as the sources do, where there's neither */
async function readKnown(parts: AdoptViewParts): Promise<readonly TrackList[]> {
  const { store, config } = parts;
  const followed = store.followed.all(config.output_dir).map(({ input }) => input);
  const pending =
    config.pending_lists.length > 0 || (await listNames(config.exportify_watch_folder)).length > 0;
  const inputs = [...followed, ...(pending ? pendingInputs(config) : [])];
  if (inputs.length === 0) {
    throw new HarmoniError('usage', "You don't follow a playlist, and none is pending.", {
      fix: `Name the playlists, for example harmoni adopt FOLDER liked, or put playlist files in ${config.exportify_watch_folder}.`,
    });
  }
  const lists = await readLists(parts, [...new Set(inputs)]);
  const byOrigin = new Map(lists.map((list) => [list.origin ?? `name:${list.name}`, list]));
  return [...byOrigin.values()];
}

async function look(parts: AdoptViewParts, lists: readonly TrackList[], folder: string): Promise<AdoptView> {
  const { config, beginWork, progress } = parts;
  const library = config.output_dir;
  // First, because what was moved in it is known by where it was.
  if (folder !== library && !isBelow(folder, library)) {
    const { unread } = await scanWithProgress(parts, folder, { except: [library] });
    if (unread.includes(folder)) {
      throw new HarmoniError('usage', `${folder} can't be read.`, { fix: 'Check its permissions.' });
    }
    for (const path of unread) progress.print(`${path} can't be read, so its songs are left out.`, 'warn');
  }
  await scanWithProgress(parts, library);
  const work = beginWork();
  try {
    return lookAtOwned(parts, lists, folder, work.signal);
  } finally {
    work.done();
  }
}

async function carryOut(
  parts: AdoptViewParts,
  view: AdoptView,
  { way, taken }: AdoptChoice,
): Promise<AdoptEnd> {
  const { output, progress, beginWork } = parts;
  const isTaken = (row: Parameters<typeof keyOf>[0]): boolean => taken.has(keyOf(row));
  const rows = view.lists.flatMap((list) => list.rows);
  const total = rows.filter((row) => row.state === 'adopt' || (row.state === 'ask' && isTaken(row))).length;
  const work = beginWork();
  try {
    const onProgress = (done: number): void =>
      progress.draw({ title: 'Adopting', done, total, failed: 0, lines: [] });
    const end = await adopt(parts, view, { way, isTaken }, { signal: work.signal, onProgress });
    progress.end();
    output.lines(endLines(end, way));
    if (end.stoppedBy !== undefined) output.say('Run harmoni adopt again to finish.');
    if (end.id !== undefined) output.say(`To take this back, run harmoni undo ${end.id}.`);
    return end;
  } finally {
    progress.end();
    work.done();
  }
}

/** The songs that nobody has. */
async function offerRest(
  parts: AdoptViewParts,
  lists: readonly TrackList[],
  { yes, askedIn }: AdoptOptions,
): Promise<number> {
  const { isPresent } = lookAtLibrary(
    parts.store,
    settingsOf(parts.config, { accept: 'sure' }),
    parts.config,
    parts.clock,
  );
  const many = lists.flatMap(({ tracks }) => tracks).filter((track) => !isPresent(track)).length;
  if (many === 0) return 0;
  if (yes || askedIn === undefined) {
    parts.output.say(`${songs(many)} left to download. Run harmoni download with the same playlists.`);
    return 0;
  }
  const answer = await parts.prompter.confirm({
    message: `Download the other ${songs(many)}?`,
    default: true,
  });
  if (answer !== true) return 0;
  return downloadLists(parts, lists, { accept: 'sure', yes: true, askedIn });
}
