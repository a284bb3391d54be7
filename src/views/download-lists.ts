import { emptyReport } from '../downloads/report.ts';
import type { EstimateFacts } from '../engine/estimate.ts';
import { chooseAll, chosenTracks, isAnythingChosen, type Chosen } from '../engine/choice.ts';
import { lookAtLibrary, type LibraryView } from '../engine/library.ts';
import { planDownload } from '../engine/plan.ts';
import { exitCodeOfUnread } from '../engine/read-inputs.ts';
import { createJob } from '../engine/run.ts';
import { settingsOf, type JobConfig, type Wish } from '../engine/wish.ts';
import type { Store } from '../history/store.ts';
import { once } from '../system/once.ts';
import type { Track, TrackList } from '../tracks/track.ts';
import { back, type Back, type Prompter } from '../ui/prompter.ts';
import { askHowToChoose, chooseLists, chooseSongs, confirmDownload, nounOf } from './choose-songs.ts';
import { lookTwice } from './look-twice.ts';
import { offerEar, type OfferEarParts } from './offer-ear.ts';
import { offerToFollow } from './offer-to-follow.ts';
import { planDocument, planLines } from './plan-text.ts';
import { reviewOnly, type ReviewWaitingParts } from './review-waiting.ts';
import { exitCodeOfEnd, runWithProgress } from './run-with-progress.ts';
import { scanWithProgress } from './scan-library.ts';

export type DownloadParts = ReviewWaitingParts &
  OfferEarParts & {
    readonly config: JobConfig & EstimateFacts['limits'];
    readonly store: Pick<Store, 'overrides' | 'visits' | 'lists' | 'followed'>;
    readonly prompter: Pick<Prompter, 'select' | 'pick' | 'confirm'>;
  };

export interface DownloadOptions extends Omit<Wish, 'replace'> {
  readonly limit?: number | undefined;
  /** Take everything; else the song picker asks. */
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  /** With `yes`: ask all the same before the download begins. */
  readonly confirm?: boolean;
  /** Where somebody sits who can be asked afterwards. */
  readonly askedIn?: 'menu' | 'terminal' | undefined;
}

/** Plans, asks and downloads: the same for lists of every kind, for commands and menus. Returns the exit code. */
export async function downloadLists(
  parts: DownloadParts,
  named: readonly TrackList[],
  options: DownloadOptions,
): Promise<number> {
  const { config, output, prompter, store } = parts;
  await scanWithProgress(parts, config.output_dir);
  // With --yes nobody has to know.
  const library = once(() => lookAtLibrary(store, settingsOf(config, options), config, parts.clock));
  const all = named.map((list) => chooseAll(list, options.limit));
  if (options.dryRun === true) {
    const plan = planOf(library(), all);
    output.lines(planLines(plan));
    output.document(planDocument(plan));
    return 0;
  }
  // Who names one song has chosen it.
  const single = named.length === 1 && named[0]?.tracks.length === 1;
  const picked =
    options.yes === true || single
      ? { chosen: all, agreed: options.confirm !== true }
      : await pickSongs(parts, library(), all, options.limit);
  if (picked === back) return 130;
  const { chosen, agreed } = picked;
  if (!isAnythingChosen(chosen)) {
    output.say("Nothing selected, so there's nothing to download.");
    output.document(emptyReport);
    return 0;
  }
  if (!agreed && !(await confirmDownload(prompter, planOf(library(), chosen), placeOf(config)))) return 130;
  const only = options.askedIn === 'menu' ? onlyTrackOf(chosen) : undefined;
  const job = createJob(store.jobs, chosen, config, options);
  const lists = chosen.map(({ list }) => list);
  const offer = options.askedIn === undefined ? undefined : offerToFollow(parts, lists, options.askedIn);
  const offersEar = options.askedIn !== undefined;
  const first = await runWithProgress(parts, job, { isReviewed: only !== undefined, offersEar });
  const end = offersEar ? await offerEar(parts, job, first) : first;
  if (only !== undefined && end.stoppedBy === undefined) await reviewOnly(parts, only);
  if (options.askedIn !== undefined) await lookTwice(parts, job, { ...first, stoppedBy: end.stoppedBy });
  if (end.stoppedBy === undefined) offer?.();
  // A sign-in is up to the user, so it's told even if songs failed, too.
  return end.stoppedBy === undefined
    ? Math.max(exitCodeOfEnd(end), exitCodeOfUnread(named))
    : exitCodeOfEnd(end);
}

/** The song, where only one was asked for: if it's uncertain, its matches come next. */
function onlyTrackOf(chosen: readonly Chosen[]): Track | undefined {
  const [only, ...others] = chosen.flatMap(chosenTracks);
  return others.length === 0 ? only : undefined;
}

function planOf({ isPresent, facts }: LibraryView, chosen: readonly Chosen[]) {
  return planDownload(chosen, isPresent, facts);
}

/** What is downloaded, and whether the answer was a yes to that already. */
interface Picked {
  readonly chosen: readonly Chosen[];
  readonly agreed: boolean;
}

/** The songs of one list are ticked; of several, all are taken, or some, or each is gone through. */
async function pickSongs(
  { prompter, config }: Pick<DownloadParts, 'prompter' | 'config'>,
  library: LibraryView,
  all: readonly Chosen[],
  limit: number | undefined,
): Promise<Picked | Back> {
  if (all.length > 1) {
    const plan = planOf(library, all);
    const noun = nounOf(all.map(({ list }) => list));
    const answer = await askHowToChoose(prompter, plan, placeOf(config), noun);
    if (answer === back) return back;
    if (answer === 'all') return { chosen: all, agreed: true };
    if (answer === 'lists') {
      const taken = await chooseLists(prompter, plan, noun);
      if (taken === back) return back;
      return { chosen: all.filter((_, index) => taken.includes(index)), agreed: false };
    }
  }
  const chosen: Chosen[] = [];
  for (const { list } of all) {
    const choice = await chooseSongs(prompter, list, library.isPresent, limit);
    if (choice === back) return back;
    chosen.push(choice);
  }
  return { chosen, agreed: false };
}

/** "as mp3 to /music" */
function placeOf({ audio_format: format, output_dir: folder }: JobConfig): string {
  return `${format === 'best' ? 'in the best quality' : `as ${format}`} to ${folder}`;
}
