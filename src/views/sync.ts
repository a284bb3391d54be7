import type { Removal } from '../automation/remove-left.ts';
import { emptyReport } from '../downloads/report.ts';
import { endOvertaken } from '../engine/overtaken.ts';
import { createJob } from '../engine/run.ts';
import {
  changedPlans,
  checkLibrary,
  chosenBySync,
  endSync,
  followMoved,
  isAllRead,
  planSync,
  withUnwritten,
  type EndSyncParts,
  type PlanSyncParts,
  type SyncedList,
  type SyncOptions,
} from '../engine/sync.ts';
import type { Wish } from '../engine/wish.ts';
import { exitCodeOf } from '../errors.ts';
import type { Followed } from '../history/followed.ts';
import type { Prompter } from '../ui/prompter.ts';
import { showReadings, type ReadingDisplay } from '../ui/show-reading.ts';
import { exitCodeOfEnd, runWithProgress, type RunParts } from './run-with-progress.ts';
import { scanWithProgress, type ScanParts } from './scan-library.ts';
import {
  failureLines,
  heldQuestion,
  removalLines,
  syncDocument,
  syncPlanLines,
  syncQuestion,
} from './sync-text.ts';

export type SyncParts = RunParts &
  ScanParts &
  ReadingDisplay &
  Omit<PlanSyncParts, 'spotify'> &
  EndSyncParts & {
    readonly spotify: { client(): ReturnType<PlanSyncParts['spotify']> };
    readonly prompter: Pick<Prompter, 'confirm'>;
    readonly interactive: boolean;
  };

export interface SyncViewOptions extends SyncOptions, Pick<Wish, 'accept'> {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

/** Plans the sync of followed lists, asks, and carries it out. Returns the exit code. */
export async function syncLists(
  parts: SyncParts,
  followed: readonly Followed[],
  options: SyncViewOptions,
): Promise<number> {
  const { output, store, config } = parts;
  await checkLibrary(store, config.output_dir);
  await scanWithProgress(parts, config.output_dir);
  const asking = parts.interactive && options.yes !== true && options.dryRun !== true;
  const planned = await readAndPlan(parts, followed, options);
  const { lists, agreed } = asking
    ? await askAboutHeld(parts, planned, options)
    : { lists: planned, agreed: new Set<number>() };
  output.lines(syncPlanLines(lists));
  const plans = changedPlans(lists);
  const tell: Tell = (report, told, removals) => {
    output.document({ ...report, sync: syncDocument(told, removals) });
  };
  if (options.dryRun === true) {
    tell(emptyReport, lists, new Map());
    return exitCodeOfLists(lists);
  }
  if (asking && plans.some(({ followed: { id } }) => !agreed.has(id))) {
    const yes = await parts.prompter.confirm({
      message: syncQuestion(plans, isAllRead(lists)),
      default: true,
    });
    if (yes !== true) return 130;
  }
  return carryOut(parts, lists, options, tell);
}

type Tell = (
  report: object,
  lists: readonly SyncedList[],
  removals: ReadonlyMap<number, readonly Removal[]>,
) => void;

async function carryOut(
  parts: SyncParts,
  planned: readonly SyncedList[],
  { accept }: Pick<Wish, 'accept'>,
  tell: Tell,
): Promise<number> {
  const { output, store, config } = parts;
  const chosen = chosenBySync(planned);
  followMoved(store, planned);
  endOvertaken(store.jobs, planned, config.output_dir);
  let lists = planned;
  let report: object = emptyReport;
  let exitCode = 0;
  let jobId: number | undefined;
  if (chosen.length > 0) {
    // The one document comes when it's known what left the library.
    const quiet = { ...output, document: (document: object) => void (report = document) };
    const job = createJob(store.jobs, chosen, config, { accept, kind: 'sync' });
    jobId = job.id;
    const end = await runWithProgress(partsWith(parts, quiet), job);
    exitCode = exitCodeOfEnd(end);
    if (end.stoppedBy !== undefined) {
      tell(report, lists, new Map());
      return exitCode;
    }
    lists = withUnwritten(planned, end.report, store, config.output_dir);
    output.lines(failureLines(lists.filter((one) => !planned.includes(one))));
  }
  const removals = await endSync({ store, config, clock: parts.clock }, lists, jobId);
  output.lines(removalLines(removals.values()));
  tell(report, lists, removals);
  if (chosen.length > 0) await parts.backUpIfDue?.();
  return exitCode === 0 ? exitCodeOfLists(lists) : exitCode;
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

/** 0 where every list was read and nothing was held back; else 1, or 4 where a sign-in is needed. Pure. */
function exitCodeOfLists(lists: readonly SyncedList[]): number {
  const codes = lists.map((one) => {
    if (one.kind === 'failed') return exitCodeOf(one.error.code) === 4 ? 4 : 1;
    return one.plan.held === undefined ? 0 : 1;
  });
  return Math.max(0, ...codes);
}
