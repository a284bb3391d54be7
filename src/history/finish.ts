import { sha256 } from '../system/files.ts';
import { isUnchanged, type FileFacts } from '../system/file-facts.ts';
import type { Run } from './runs.ts';
import type { Step } from './steps.ts';
import type { Store } from './store.ts';

export type ChangeStore = Pick<Store, 'journal' | 'files' | 'lists' | 'jobs'>;

type RunRef = Pick<Run, 'id' | 'undoes'>;
type DoneStep = Pick<Step, 'id' | 'kind' | 'path' | 'from' | 'after' | 'kept' | 'content' | 'entry'>;

/**
 * Notes that a step was done: in the journal, in the index where the file went or came back, and where it takes another one back, in
 * that run and in what the index knew of the file.
 */
export function finish(store: ChangeStore, run: RunRef, step: DoneStep, after: FileFacts | undefined): void {
  const { journal, files, lists } = store;
  const { path } = step;
  journal.done(step.id, after);
  if (step.kind === 'move') {
    finishMove(store, run, step, after);
    return;
  }
  if (step.kind === 'retag') {
    finishRetag(store, run, path, after);
    return;
  }
  if (step.kind === 'adopt') {
    finishAdoption(store, run, step);
    return;
  }
  if (after === undefined) files.remove(path);
  else if (step.entry?.adopted !== undefined) indexAdopted(store, step, after);
  const indexAgain = ({ entry }: Pick<Step, 'entry'>): void => {
    if (after === undefined || entry === undefined) return;
    const { sizeBytes, modifiedMs } = after;
    files.put({ ...entry.file, path, sizeBytes, modifiedMs }, entry.keys, entry.facts);
  };
  if (step.kind === 'restore') indexAgain(step);
  if (run.undoes === undefined) return;
  const [before] = journal.steps(run.undoes, path).filter(({ kind }) => kind !== 'move' && kind !== 'retag');
  if (before !== undefined) indexAgain(before);
  const library = journal.run(run.undoes)?.library;
  if (before?.content !== undefined && library !== undefined)
    lists.setPlaylistContent(library, path, sha256(before.content));
  for (const [id, isUndone] of runsBack(store, run)) {
    if (isUndone) journal.setUndone(id, path);
    else journal.setRedone(id, path, { ...step, after });
  }
}

/** Whatever knows the path of the file follows. */
function finishMove(store: ChangeStore, run: RunRef, step: DoneStep, after: FileFacts | undefined): void {
  const { journal, files, lists, jobs } = store;
  const { path, from = path } = step;
  const known = files.get(from);
  files.move(from, path);
  // What the user changed just before is still to be read by the next scan.
  const isAsKnown = known !== undefined && step.after !== undefined && isUnchanged(known, step.after);
  if (isAsKnown && after !== undefined) files.setStamp(path, after);
  lists.movePlaylist(from, path);
  jobs.moveFile(from, path);
  for (const [id, isUndone] of runsBack(store, run)) {
    if (isUndone) journal.setMove(id, { from: path, path: from }, 'undone');
    else journal.setMove(id, { from, path }, 'done', after);
  }
}

/** A file is taken for a song where it lies, or isn't anymore. */
function finishAdoption(store: ChangeStore, run: RunRef, step: DoneStep): void {
  const { journal, files } = store;
  const back = [...runsBack(store, run)];
  if (back.length % 2 === 1) files.disown(step.path);
  else if (step.entry?.adopted !== undefined) files.adopt(step.entry.adopted);
  for (const [id, isUndone] of back) {
    if (isUndone) journal.setUndone(id, step.path);
    else journal.setRedone(id, step.path, step);
  }
}

/** What the user's own file was linked or copied to is the user's own, too. */
function indexAdopted({ files }: ChangeStore, { path, entry }: DoneStep, after: FileFacts): void {
  if (entry?.adopted === undefined) return;
  files.adopt({ ...entry.adopted, path, sizeBytes: after.sizeBytes });
  files.put({ ...entry.file, path, ...after }, entry.keys, entry.facts);
}

/** Tags that HARMONI wrote are no change of the user's. The next scan reads them, if nobody does before. */
function finishRetag(store: ChangeStore, run: RunRef, path: string, after: FileFacts | undefined): void {
  const { journal, files } = store;
  if (after === undefined) return;
  if (run.undoes === undefined) {
    files.setStamp(path, after);
    files.forgetFacts(path);
    return;
  }
  const entry = journal.nextRetag(run.undoes, path, 'done')?.entry;
  if (entry !== undefined) files.put({ ...entry.file, path, ...after }, entry.keys, entry.facts);
  for (const [id, isUndone] of runsBack(store, run)) {
    const step = journal.nextRetag(id, path, isUndone ? 'done' : 'undone');
    if (step !== undefined) journal.setRetag(step.id, isUndone ? 'undone' : 'done', after);
  }
}

/** What takes back a taking back makes the first hold again, and so on down the line. */
function* runsBack(
  { journal }: ChangeStore,
  run: RunRef,
): Generator<readonly [id: number, isUndone: boolean]> {
  let isUndone = true;
  for (let id = run.undoes; id !== undefined; id = journal.run(id)?.undoes) {
    yield [id, isUndone];
    isUndone = !isUndone;
  }
}
