import { factsAt, type FileFacts } from '../system/file-facts.ts';
import { finish, type ChangeStore } from './finish.ts';
import type { NewRun } from './runs.ts';
import { settleSteps } from './settle.ts';
import type { NewStep } from './steps.ts';

/** The changes of one run. It begins with the first of them: what changes nothing is no run. */
export interface Changes {
  readonly run: NewRun;
  /** The number of the run, as soon as something was changed. */
  id(): number | undefined;
  /**
   * Makes one change: it is in the journal before `act` begins, and marked done with what `also` writes. An `act` that
   * comes to false did nothing; one that fails may have, and `end` looks.
   * @throws what the journal and `act` throw
   */
  make(
    step: NewStep,
    act: () => Promise<boolean>,
    also?: (now: FileFacts | undefined) => void,
  ): Promise<boolean>;
  /** Ends the run. Steps that failed are settled by what the disk shows. */
  end(): Promise<void>;
}

/**
 * @param commit writes what was done; a job tells a store that takes nothing any more there
 */
export function createChanges(
  store: ChangeStore,
  run: NewRun,
  commit: (write: () => void) => void = (write) => write(),
): Changes {
  const { journal } = store;
  let runId: number | undefined;
  return {
    run,
    id: () => runId,
    async make(step, act, also) {
      const [inRun, id] = journal.together(() => {
        const known = runId ?? journal.begin(run);
        return [known, journal.plan(known, step)];
      });
      runId = inRun;
      if (!(await act())) {
        commit(() => journal.drop(id));
        return false;
      }
      const now = step.after === undefined ? undefined : ((await factsAt(step.path)) ?? step.after);
      commit(() =>
        journal.together(() => {
          finish(store, { id: inRun, undoes: run.undoes }, { ...step, id }, now);
          also?.(now);
        }),
      );
      return true;
    },
    async end() {
      const id = runId;
      if (id === undefined) return;
      await settleSteps(store, { id, undoes: run.undoes, library: run.library });
      commit(() => journal.end(id));
    },
  };
}
