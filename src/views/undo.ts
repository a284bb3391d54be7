import { undo, type UndoEnd, type UndoParts, type UndoPlan } from '../engine/undo.ts';
import type { HarmoniError } from '../errors.ts';
import type { WorkSignal } from '../system/work-signal.ts';
import type { Output } from '../ui/output.ts';
import type { Progress } from '../ui/progress.ts';
import type { Prompter } from '../ui/prompter.ts';
import { runName, runTime, undoLines } from './history-text.ts';
import { faultLines } from './fault-lines.ts';

export interface UndoViewParts extends UndoParts {
  readonly prompter: Pick<Prompter, 'confirm'>;
  readonly output: Output;
  readonly progress: Progress;
  readonly beginWork: () => WorkSignal;
}

/** Shows what taking back a run would do. Returns whether there is anything to do. */
export function showUndoPlan({ output, clock }: UndoViewParts, { run, changes }: UndoPlan): boolean {
  const when = runTime(run, clock.now());
  output.say(`Run ${run.id}: ${runName(run)}, ${when}`);
  output.lines(undoLines(changes, run.library));
  const isPossible = changes.some(({ way }) => way !== undefined);
  if (!isPossible) output.say(changes.length === 0 ? 'It was undone already.' : 'Nothing can be undone.');
  return isPossible;
}

/** Asks, and takes the run back with its progress and its report; undefined without a yes. */
export async function undoOnYes(
  parts: UndoViewParts,
  plan: UndoPlan,
  yes: boolean,
): Promise<UndoEnd | undefined> {
  const { output, progress } = parts;
  const question = {
    message: 'Undo this?',
    default: false,
    help: 'Nothing is deleted. New songs go to the trash, and an undo can be undone.',
  };
  if (!yes && (await parts.prompter.confirm(question)) !== true) return undefined;
  const work = parts.beginWork();
  try {
    const total = plan.changes.filter(({ way }) => way !== undefined).length;
    const onProgress = (done: number): void =>
      progress.draw({ title: 'Undoing', done, total, failed: 0, lines: [] });
    const end = await undo(parts, plan, { signal: work.signal, onProgress });
    progress.end();
    const { stoppedBy } = end;
    output.lines([
      ...(stoppedBy === undefined
        ? [{ text: 'Undone.', tone: 'ok' } as const]
        : faultLines(stoppedBy, undoFix(stoppedBy, plan))),
      ...undoLines(end.changes, plan.run.library),
    ]);
    if (end.id !== undefined) output.say(`To take this back, run harmoni undo ${end.id}.`);
    return end;
  } finally {
    progress.end();
    work.done();
  }
}

/** Doing it again goes on where it stopped. */
function undoFix({ code, fix }: HarmoniError, { run }: UndoPlan): string {
  if (code === 'cancelled') return `Run harmoni undo ${run.id} to undo the rest.`;
  if (code === 'disk-full') return `Free up some space, then run harmoni undo ${run.id} to undo the rest.`;
  if (code === 'output-not-writable')
    return `Make sure HARMONI can write there, then run harmoni undo ${run.id} to undo the rest.`;
  return fix;
}
