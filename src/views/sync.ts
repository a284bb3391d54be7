import { emptyReport } from '../downloads/report.ts';
import { endOvertaken } from '../engine/overtaken.ts';
import { createJob } from '../engine/run.ts';
import {
  changedPlans,
  checkLibrary,
  chosenBySync,
  followMoved,
  isAllRead,
  planSync,
  withUnwritten,
  type EndSyncParts,
  type PlanSyncParts,
  type SyncedList,
  type SyncOptions,
} from '../engine/sync.ts';
import { takeTurn } from '../engine/take-turn.ts';
import { summaryOfSync } from '../engine/sync-summary.ts';
import type { Wish } from '../engine/wish.ts';
import { exitCodeOf, toHarmoniError, type HarmoniError } from '../errors.ts';
import type { Followed } from '../history/followed.ts';
import type { Store } from '../history/store.ts';
import type { SyncSummary, SyncTrigger } from '../history/syncs.ts';
import type { JobReport } from '../tracks/outcome.ts';
import type { Prompter } from '../ui/prompter.ts';
import { showReadings, type ReadingDisplay } from '../ui/show-reading.ts';
import { exitCodeOfEnd, runWithProgress, type RunParts } from './run-with-progress.ts';
import {
  endOrFault,
  errorDocument,
  exitCodeOfLists,
  isNews,
  keepSummary,
  type Removals,
} from './sync-end.ts';
import { scanWithProgress, type ScanParts } from './scan-library.ts';
import {
  failureLines,
  heldQuestion,
  removalLines,
  syncDocument,
  syncPlanLines,
  syncQuestion,
} from './sync-text.ts';
import { faultLines } from './fault-lines.ts';

export type SyncParts = RunParts &
  ScanParts &
  ReadingDisplay &
  Omit<PlanSyncParts, 'spotify'> &
  EndSyncParts & {
    readonly store: Pick<Store, 'syncs' | 'turns' | 'jobs'>;
    readonly spotify: { client(): ReturnType<PlanSyncParts['spotify']> };
    readonly prompter: Pick<Prompter, 'confirm'>;
    readonly interactive: boolean;
  };

export interface SyncViewOptions extends SyncOptions, Pick<Wish, 'accept'> {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  /** What began it; the user, when nothing is said. Of a sync that began on its own, only lists with news are shown. */
  readonly trigger?: SyncTrigger;
}

/** How a sync ended. Without a summary it didn't begin: it was a dry run, or the user said no. */
export interface SyncEnd {
  readonly exitCode: number;
  readonly summary?: SyncSummary;
  /** Why it ended early. */
  readonly stoppedBy?: HarmoniError;
}

/**
 * Plans the sync of followed lists, asks, carries it out, and keeps its summary. Only one runs at a time.
 * @throws HarmoniError sync-running, library-busy, library-missing, or the reason of an interrupt
 */
export async function syncLists(
  parts: SyncParts,
  followed: readonly Followed[],
  options: SyncViewOptions,
): Promise<SyncEnd> {
  const { store, clock } = parts;
  if (options.dryRun === true) return planAndCarryOut(parts, followed, options, clock.now());
  takeTurn(store.turns, 'sync', clock.now());
  const startedMs = clock.now();
  try {
    return await planAndCarryOut(parts, followed, options, startedMs);
  } catch (thrown) {
    const error = toHarmoniError(thrown);
    const trigger = options.trigger ?? 'manual';
    const facts = { trigger, startedMs, endedMs: clock.now(), lists: [], report: emptyReport, removals: [] };
    if (error.code !== 'cancelled') await keepSummary(parts, summaryOfSync({ ...facts, error }), new Set());
    throw error;
  } finally {
    store.turns.release('sync');
  }
}

async function planAndCarryOut(
  parts: SyncParts,
  followed: readonly Followed[],
  options: SyncViewOptions,
  startedMs: number,
): Promise<SyncEnd> {
  const { output, store, config } = parts;
  await checkLibrary(store, config.output_dir);
  await scanWithProgress(parts, config.output_dir);
  const asking = parts.interactive && options.yes !== true && options.dryRun !== true;
  const planned = await readAndPlan(parts, followed, options);
  const { lists, agreed } = asking
    ? await askAboutHeld(parts, planned, options)
    : { lists: planned, agreed: new Set<number>() };
  output.lines(syncPlanLines(options.trigger === undefined ? lists : lists.filter(isNews)));
  const plans = changedPlans(lists);
  if (options.dryRun === true) {
    output.document({ ...emptyReport, sync: syncDocument(lists, new Map()) });
    return { exitCode: exitCodeOfLists(lists) };
  }
  if (asking && plans.some(({ followed: { id } }) => !agreed.has(id))) {
    const yes = await parts.prompter.confirm({
      message: syncQuestion(plans, isAllRead(lists)),
      default: true,
    });
    if (yes !== true) return { exitCode: 130 };
  }
  return carryOut(parts, lists, options, startedMs);
}

async function carryOut(
  parts: SyncParts,
  planned: readonly SyncedList[],
  { accept, trigger }: Pick<SyncViewOptions, 'accept' | 'trigger'>,
  startedMs: number,
): Promise<SyncEnd> {
  const { output, store, config, clock } = parts;
  const chosen = chosenBySync(planned);
  followMoved(store, planned);
  endOvertaken(store.jobs, planned, config.output_dir);
  let lists = planned;
  let report: JobReport = emptyReport;
  let exitCode = 0;
  let jobId: number | undefined;
  let stoppedBy: HarmoniError | undefined;
  if (chosen.length > 0) {
    // The one document comes when it's known what left the library.
    const quiet = {
      ...output,
      document: () => undefined,
      ...(trigger === undefined ? {} : { lines: () => undefined }),
    };
    const job = createJob(store.jobs, chosen, config, { accept, kind: 'sync' });
    jobId = job.id;
    const end = await runWithProgress(partsWith(parts, quiet), job, { isPartOfSync: true });
    ({ report, stoppedBy } = end);
    exitCode = exitCodeOfEnd(end);
    if (stoppedBy === undefined) {
      lists = withUnwritten(planned, report, store, config.output_dir);
      output.lines(failureLines(lists.filter((one) => !planned.includes(one))));
    }
  }
  let removals: Removals = new Map();
  let fault: HarmoniError | undefined;
  if (stoppedBy === undefined) {
    ({ removals, fault } = await endOrFault({ store, config, clock }, lists, jobId));
    output.lines(removalLines(removals.values()));
    // A watch says it itself.
    if (fault !== undefined && trigger === undefined) output.lines(faultLines(fault));
    if (fault !== undefined) exitCode = exitCodeOf(fault.code);
    else if (exitCode === 0) exitCode = exitCodeOfLists(lists);
    stoppedBy = fault;
  }
  output.document({ ...report, sync: syncDocument(lists, removals), ...errorDocument(fault) });
  const facts = { trigger: trigger ?? 'manual', startedMs, endedMs: clock.now() } as const;
  const summary = summaryOfSync({ ...facts, lists, report, removals: removals.values(), error: stoppedBy });
  const read = lists.flatMap((one) => (one.kind === 'planned' ? [one.followed.id] : []));
  if (stoppedBy?.code !== 'cancelled') await keepSummary(parts, summary, new Set(read));
  if (chosen.length > 0 && stoppedBy?.code !== 'cancelled') await parts.backUpIfDue?.();
  return { exitCode, summary, ...(stoppedBy === undefined ? {} : { stoppedBy }) };
}

/** The app's parts are getters, so they are not copied. */
function partsWith(parts: SyncParts, output: RunParts['output']): RunParts {
  return {
    env: parts.env,
    log: parts.log,
    beginWork: () => parts.beginWork(),
    downloadDeps: () => parts.downloadDeps(),
    store: parts.store,
    config: parts.config,
    clock: parts.clock,
    progress: parts.progress,
    paths: parts.paths,
    http: parts.http,
    output,
  };
}

async function readAndPlan(
  parts: SyncParts,
  followed: readonly Followed[],
  options: SyncOptions,
): Promise<readonly SyncedList[]> {
  const onProgress = showReadings(parts);
  const work = parts.beginWork();
  const { store, config } = parts;
  const sources = (): ReturnType<SyncParts['sources']> => parts.sources();
  const spotify = (): ReturnType<PlanSyncParts['spotify']> => parts.spotify.client();
  try {
    const reading = { signal: work.signal, onProgress };
    return await planSync({ sources, spotify, store, config }, followed, options, reading);
  } finally {
    parts.progress.end();
    work.done();
  }
}

/** Of each list that lost so much that it may be a mistake. No is the safe answer. */
async function askAboutHeld(
  parts: SyncParts,
  lists: readonly SyncedList[],
  options: SyncOptions,
): Promise<{ readonly lists: readonly SyncedList[]; readonly agreed: ReadonlySet<number> }> {
  const asked: SyncedList[] = [];
  const agreed = new Set<number>();
  for (const one of lists) {
    if (one.kind === 'failed' || one.plan.held === undefined) {
      asked.push(one);
      continue;
    }
    const { followed, left } = one.plan;
    const yes = await parts.prompter.confirm({ message: heldQuestion(one.plan), default: false });
    if (yes === true) {
      agreed.add(followed.id);
      asked.push(...(await readAndPlan(parts, [followed], { ...options, allowedRemovals: left.length })));
    } else asked.push(one);
  }
  return { lists: asked, agreed };
}
