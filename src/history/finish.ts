import { sha256 } from '../system/files.ts';
import type { FileFacts } from '../system/file-facts.ts';
import type { Run } from './runs.ts';
import type { Step } from './steps.ts';
import type { Store } from './store.ts';

export type ChangeStore = Pick<Store, 'journal' | 'files' | 'lists'>;

/**
 * Notes that a step was done: in the journal, in the index where the file went or came back, and where it takes another one back, in
 * that run and in what the index knew of the file.
 */
export function finish(
  { journal, files, lists }: ChangeStore,
  run: Pick<Run, 'id' | 'undoes'>,
  step: Pick<Step, 'id' | 'kind' | 'path' | 'kept' | 'content' | 'entry'>,
  after: FileFacts | undefined,
): void {
  const { path } = step;
  journal.done(step.id, after);
  if (after === undefined) files.remove(path);
  const indexAgain = ({ entry }: Pick<Step, 'entry'>): void => {
    if (after === undefined || entry === undefined) return;
    const { sizeBytes, modifiedMs } = after;
    files.put({ ...entry.file, path, sizeBytes, modifiedMs }, entry.keys, entry.facts);
  };
  if (step.kind === 'restore') indexAgain(step);
  if (run.undoes === undefined) return;
  const [before] = journal.steps(run.undoes, path);
  if (before !== undefined) indexAgain(before);
  const library = journal.run(run.undoes)?.library;
  if (before?.content !== undefined && library !== undefined)
    lists.setPlaylistContent(library, path, sha256(before.content));
  // What takes back a taking back makes the first hold again, and so on down the line.
  let isUndone = true;
  for (let id: number | undefined = run.undoes; id !== undefined; id = journal.run(id)?.undoes) {
    if (isUndone) journal.setUndone(id, path);
    else journal.setRedone(id, path, { ...step, after });
    isUndone = !isUndone;
  }
}
