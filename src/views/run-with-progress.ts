import { relative } from 'node:path';
import type { JobEvent } from '../downloads/job-events.ts';
import { reduceProgress, startProgress, viewOf, type ProgressState } from '../downloads/progress-state.ts';
import type { JobEnd } from '../downloads/run-job.ts';
import { jobSettings, type JobSettings } from '../downloads/settings.ts';
import { isComplete, run, titleOf, type RunDeps } from '../engine/run.ts';
import type { Job } from '../history/jobs.ts';
import type { Store } from '../history/store.ts';
import { wallClock } from '../spotify/api-error.ts';
import type { Output } from '../ui/output.ts';
import type { Progress } from '../ui/progress.ts';
import { reportLines } from '../ui/report-text.ts';

export interface RunParts extends Omit<RunDeps, 'jobs'> {
  readonly store: Pick<Store, 'jobs'>;
  readonly clock: { now(): number };
  readonly progress: Progress;
  readonly output: Output;
  readonly paths: { readonly log: string };
}

/** Runs a job with its live display and its report at the end. */
export async function runWithProgress(parts: RunParts, job: Job): Promise<JobEnd> {
  const settings = jobSettings.parse(job.settings);
  const { progress, clock } = parts;
  const title = titleOf(job.lists);
  let state = startProgress(clock.now());
  const draw = (): void => progress.draw(viewOf(state, title, clock.now()));
  // Countdowns and time left move on also when nothing happens.
  const tick = setInterval(draw, 500);
  try {
    const end = await run(job, runDepsOf(parts), (event) => {
      const before = state;
      state = reduceProgress(state, event, clock.now());
      if (event.type === 'file-broken') progress.print(brokenText(event, settings.outputDir), 'warn');
      notePause(parts, before.pause, state.pause);
      draw();
    });
    progress.end();
    showReport(parts, end, settings);
    return end;
  } finally {
    clearInterval(tick);
    progress.end();
  }
}

function runDepsOf(parts: RunParts): RunDeps {
  return {
    jobs: parts.store.jobs,
    log: parts.log,
    beginWork: () => parts.beginWork(),
    downloadDeps: () => parts.downloadDeps(),
  };
}

function brokenText(
  { path, fault, isReplaced }: Extract<JobEvent, { type: 'file-broken' }>,
  library: string,
): string {
  const what = `${relative(library, path)} is broken (${fault}).`;
  return isReplaced
    ? `${what} Downloading it again; the old file goes to the trash.`
    : `${what} HARMONI didn't make it, so it stays where it is.`;
}

/** A wait of an hour looks like a hang where there is no live display; the log has it in any case. */
function notePause(parts: RunParts, before: ProgressState['pause'], now: ProgressState['pause']): void {
  if ((before === undefined) === (now === undefined)) return;
  const line =
    now === undefined
      ? 'Continuing.'
      : `Paused until ${wallClock(now.untilMs, parts.clock.now())}: ${now.reason}.`;
  parts.log.write('info', line);
  parts.progress.note(line);
}

function showReport(
  { output, paths }: RunParts,
  end: JobEnd,
  { outputDir: library, format, reformat }: JobSettings,
): void {
  output.lines(reportLines(end.report, { library, details: paths.log, format, reformat }));
  const { stoppedBy } = end;
  // The report names what stopped it at the songs that were not reached; there may be none.
  if (stoppedBy !== undefined && stoppedBy.code !== 'cancelled' && end.report.summary.cancelled === 0) {
    output.lines([
      { text: stoppedBy.message, tone: 'fail' },
      { text: `  What to do: ${stoppedBy.fix}`, tone: 'accent' },
    ]);
  }
  output.document(end.report);
}

/** 0 when everything is there, 130 when cancelled, else 1. Pure. */
export function exitCodeOfEnd(end: JobEnd): number {
  if (end.stoppedBy?.code === 'cancelled') return 130;
  return isComplete(end) ? 0 : 1;
}
