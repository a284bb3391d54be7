import { HarmoniError, exitCodeOf } from '../errors.ts';
import { planLastUndo, planUndo, type Undone, type UndoEnd, type UndoPlan } from '../engine/undo.ts';
import type { Run } from '../history/runs.ts';
import { settleLost } from '../history/settle.ts';
import { obstacleWords, runCounts, runName, runTime, stepLine } from '../views/history-text.ts';
import { showUndoPlan, undoOnYes, type UndoViewParts } from '../views/undo.ts';

export interface HistoryParts extends UndoViewParts {
  readonly paths: { readonly output: string };
}

/** More are in the JSON document. */
const shownRuns = 30;
const mostRuns = 1_000;

/** harmoni history [RUN]: the runs, or the files of one. Returns the exit code. */
export async function runHistory(parts: HistoryParts, id: number | undefined): Promise<number> {
  const { store, output, clock } = parts;
  await settleLost(store);
  if (id !== undefined) {
    const run = store.journal.run(id);
    if (run === undefined) {
      throw new HarmoniError('usage', `There's no run ${id}.`, {
        fix: 'Run harmoni history to see all runs.',
      });
    }
    const steps = store.journal.steps(id);
    output.say(`Run ${id}: ${runName(run)}, ${runTime(run, clock.now())}`);
    output.lines(steps.map((step) => stepLine(step, run.library)));
    const files = steps.map(({ path, kind, from, kept, state }) => ({
      path,
      kind,
      ...(from === undefined ? {} : { from }),
      kept: kept ?? null,
      state,
    }));
    output.document({ ...documentOf(run), files });
    return 0;
  }
  const runs = store.journal.runs(mostRuns);
  if (runs.length === 0) output.say("HARMONI hasn't changed your library yet.");
  const shown = runs.slice(0, shownRuns).map((run) => ({ run, time: runTime(run, clock.now()) }));
  const idWidth = Math.max(0, ...shown.map(({ run }) => String(run.id).length));
  const timeWidth = Math.max(0, ...shown.map(({ time }) => time.length));
  output.lines(
    shown.map(({ run, time }) => ({
      text: `${String(run.id).padStart(idWidth)}  ${time.padEnd(timeWidth)}  ${runName(run)}: ${runCounts(run)}`,
    })),
  );
  output.document({ runs: runs.map(documentOf) });
  return 0;
}

/** harmoni undo [RUN]: takes back a run, without a number the last one. Returns the exit code: 1 when a file was left alone. */
export async function runUndo(
  parts: HistoryParts,
  id: number | undefined,
  { yes, dryRun }: { readonly yes: boolean; readonly dryRun: boolean },
): Promise<number> {
  const { output } = parts;
  const plan = id === undefined ? await planLastUndo(parts, parts.paths.output) : await planUndo(parts, id);
  if (plan === undefined) {
    output.say("There's nothing to undo.");
    output.document({ run: null, dryRun, undo: null, files: [] });
    return 0;
  }
  if (!showUndoPlan(parts, plan) || dryRun) {
    output.document(undoDocument(plan, plan.changes, { dryRun, undo: null }));
    return 0;
  }
  const end = await undoOnYes(parts, plan, yes);
  if (end === undefined) return exitCodeOf('cancelled');
  output.document(undoDocument(plan, end.changes, { dryRun, undo: end.id ?? null }));
  return exitCodeOfUndo(end);
}

function exitCodeOfUndo({ stoppedBy, changes }: UndoEnd): number {
  if (stoppedBy !== undefined) return exitCodeOf(stoppedBy.code);
  return changes.some(({ obstacle }) => obstacle !== undefined) ? 1 : 0;
}

function undoDocument(
  { run }: UndoPlan,
  changes: readonly Undone[],
  rest: { readonly dryRun: boolean; readonly undo: number | null },
): object {
  const files = changes.map(({ path, from, way, obstacle }) =>
    obstacle === undefined
      ? { path, action: way, ...(way === 'move' ? { to: from } : {}) }
      : { path, action: 'left', reason: obstacleWords[obstacle] },
  );
  return { run: documentOf(run), ...rest, files };
}

function documentOf({
  id,
  kind,
  title,
  library,
  undoes,
  startedAt,
  endedAt,
  counts,
  open,
}: Run): Record<string, unknown> {
  return {
    id,
    kind,
    title,
    library,
    undoes: undoes ?? null,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: endedAt === undefined ? null : new Date(endedAt).toISOString(),
    counts,
    undone: open === 0,
  };
}
