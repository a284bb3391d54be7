import { planUndo } from '../engine/undo.ts';
import type { Run } from '../history/runs.ts';
import { settleLost } from '../history/settle.ts';
import { back, type Prompter } from '../ui/prompter.ts';
import { runCounts, runName, runTime, stepLine } from '../views/history-text.ts';
import { showUndoPlan, undoOnYes, type UndoViewParts } from '../views/undo.ts';
import { openMenuLoop } from './menu.ts';

export type HistoryMenuParts = UndoViewParts & { readonly prompter: Prompter };

const mostRuns = 50;

/** Tools → History: the runs, newest first, and what can be done with each. */
export async function openHistoryMenu(parts: HistoryMenuParts): Promise<void> {
  const { store, prompter } = parts;
  await settleLost(store);
  let last: number | undefined;
  for (;;) {
    const runs = store.journal.runs(mostRuns);
    if (runs.length === 0) {
      prompter.say("HARMONI hasn't changed your library yet.");
      return;
    }
    const preset = runs.find(({ id }) => id === last);
    const chosen = await prompter.select<Run | undefined>({
      message: 'History',
      choices: [...runs.map((run) => choiceOf(parts, run)), { value: undefined, name: 'Back' }],
      ...(preset === undefined ? {} : { default: preset }),
    });
    if (chosen === back || chosen === undefined) return;
    last = chosen.id;
    await openRun(parts, chosen);
  }
}

function choiceOf({ clock }: HistoryMenuParts, run: Run): { value: Run; name: string; description: string } {
  return {
    value: run,
    name: `${runTime(run, clock.now())}  ${runName(run)}`,
    description: `Run ${run.id}: ${runCounts(run)}`,
  };
}

async function openRun(parts: HistoryMenuParts, run: Run): Promise<void> {
  await openMenuLoop(parts.prompter, runName(run), () => {
    const isUndone = (parts.store.journal.run(run.id)?.open ?? 0) === 0;
    return [
      { name: 'Show the files', description: runCounts(run), run: async () => showFiles(parts, run) },
      ...(isUndone
        ? []
        : [
            {
              name: 'Undo this',
              description: 'New songs go to the trash, replaced ones come back. It asks first.',
              run: () => undoRun(parts, run),
              leave: true,
            },
          ]),
    ];
  });
}

/** More scroll out of sight; harmoni history shows all. */
const mostFiles = 200;

function showFiles({ store, output }: HistoryMenuParts, { id, library }: Run): void {
  const steps = store.journal.steps(id);
  output.lines(steps.slice(0, mostFiles).map((step) => stepLine(step, library)));
  if (steps.length > mostFiles) output.say(`To see all ${steps.length}, run harmoni history ${id}`);
}

async function undoRun(parts: HistoryMenuParts, { id }: Run): Promise<void> {
  const plan = await planUndo(parts, id);
  if (showUndoPlan(parts, plan)) await undoOnYes(parts, plan, false);
  // The menu that comes is another one.
  parts.prompter.say('');
}
