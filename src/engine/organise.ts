import type { Config } from '../config/schema.ts';
import { requireLibrary, settleLost } from '../history/settle.ts';
import type { Store } from '../history/store.ts';
import {
  carryOut,
  confirmMerges,
  nothingDone,
  trashMerged,
  type CarriedOut,
  type CarryOutParts,
} from '../library/organise/carry-out.ts';
import { followPlaylists, movePlaylists } from '../library/organise/follow-playlists.ts';
import { planOrganise, type OrganisePlan } from '../library/organise/plan.ts';
import { songsOf } from '../library/songs.ts';
import type { Clock } from '../system/clock.ts';
import type { Log } from '../system/log.ts';
import { changeLibrary, type LibraryRunEnd } from './library-run.ts';
import { findSongs } from './library-songs.ts';

export interface OrganiseParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly config: Pick<
    Config,
    'output_dir' | 'trash_days' | 'file_name_template' | 'same_track_in_second_list'
  >;
}

export interface OrganiseWish {
  /** Of a query; none means every song. */
  readonly words: readonly string[];
  /** Whether files that HARMONI didn't make are put in order, too. */
  readonly includeOwn: boolean;
  readonly template: string;
}

/** What would be done, and how many of the user's own files are left out of it. */
export interface OrganiseView {
  readonly wish: OrganiseWish;
  readonly plan: OrganisePlan;
  readonly own: number;
  /** Songs that the user put there himself and that would move. */
  readonly ownMoves: number;
}

export interface OrganiseEnd extends CarriedOut, LibraryRunEnd {
  /** Playlist files that follow; absolute. */
  readonly playlists: readonly string[];
}

/**
 * What putting songs in order would do, as the index knows them. Scan first.
 * @throws HarmoniError usage for a query that can't be read; library-missing
 */
export async function lookAtOrder(
  { store, config }: Pick<OrganiseParts, 'store' | 'config'>,
  wish: OrganiseWish,
): Promise<OrganiseView> {
  const library = config.output_dir;
  const found = await findSongs(store, library, wish.words);
  const songs = found.filter(({ file }) => wish.includeOwn || file.downloaded);
  const plan = await planOrganise(store, {
    library,
    template: wish.template,
    songs,
    all: songsOf(store, library),
    linkIntoLists: config.same_track_in_second_list !== 'skip',
  });
  const own = new Set(songs.flatMap(({ file }) => (file.downloaded ? [] : [file.path])));
  return {
    wish,
    plan,
    own: found.length - songs.length,
    ownMoves: plan.songs.filter(({ from }) => own.has(from)).length,
  };
}

/** Whether anything would be done but looking after playlist files. */
export function hasWork({ plan }: OrganiseView): boolean {
  return plan.songs.length + plan.merges.length + plan.links.length > 0;
}

/**
 * Carries it out as one run, which can be undone. What was killed is gone on with by doing it again.
 * @throws HarmoniError sync-running, library-busy
 */
export async function organise(
  parts: OrganiseParts,
  { plan, wish }: OrganiseView,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (done: number) => void },
): Promise<OrganiseEnd> {
  const { library } = plan;
  const done = nothingDone();
  let playlists: readonly string[] = [];
  const how = parts.config.same_track_in_second_list === 'copy' ? 'copy' : 'link';
  const run = { kind: 'organise', title: titleOf(wish), library } as const;
  const end = await changeLibrary(parts, run, async (changes, keep) => {
    const work = { ...parts, changes, signal, onProgress, how } as const;
    const isWhole = await carryOut(work, plan, done).then(
      () => true,
      (error: unknown) => {
        keep(error);
        return false;
      },
    );
    // Also after a stop: the songs that were moved are in their playlists again.
    playlists = await lookAfterPlaylists(work, { plan, wish }, done, isWhole);
  });
  return { ...done, ...end, playlists };
}

async function lookAfterPlaylists(
  parts: OrganiseParts & CarryOutParts,
  { plan, wish }: Pick<OrganiseView, 'plan' | 'wish'>,
  done: CarriedOut,
  isWhole: boolean,
): Promise<readonly string[]> {
  const settings = { outputDir: plan.library, fileNameTemplate: plan.template };
  const merges = isWhole ? await confirmMerges(plan, done) : [];
  const renamed = new Map([...done.renamed, ...merges.map(({ path, into }) => [path, into] as const)]);
  let isFollowed = isWhole;
  const onRefused = (path: string, message: string): void => {
    isFollowed = false;
    done.left.push({ path, reason: 'unwritable', message });
  };
  const follow = { ...parts, settings, onRefused };
  const moved = isWhole && wish.words.length === 0 ? await movePlaylists(follow) : new Map<string, string>();
  const changed = await followPlaylists(follow, { renamed, moved, linksOf: linksIn(plan, done) });
  // A playlist file that can't follow yet still names a second copy.
  if (isFollowed) {
    parts.store.journal.setPlaylistsFollow(plan.library);
    await trashMerged(parts, merges, done);
  }
  return [...new Set([...changed, ...moved.keys()])];
}

/** The links that are there now, by the label of their list. Pure. */
function linksIn(
  { links, placed }: OrganisePlan,
  { linked }: CarriedOut,
): (label: string) => ReadonlyMap<string, string> {
  const made = new Set(linked);
  const all = [...placed, ...links.filter(({ to }) => made.has(to))];
  const byLabel = Map.groupBy(all, ({ label }) => label);
  return (label) => new Map((byLabel.get(label) ?? []).map(({ from, to }) => [from, to]));
}

/** "the library", or the query. Pure. */
function titleOf({ words }: OrganiseWish): string {
  return words.length === 0 ? 'the library' : words.join(' ');
}

/** Settles what a killed run left. @throws HarmoniError library-missing */
export async function prepareOrder({
  store,
  config,
}: Pick<OrganiseParts, 'store' | 'config'>): Promise<void> {
  await settleLost(store);
  await requireLibrary(config.output_dir);
}
