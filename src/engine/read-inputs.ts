import { exitCodeOf, toHarmoniError, type HarmoniError } from '../errors.ts';
import type { ReadOptions, Source } from '../sources/source.ts';
import { readSource } from '../sources/sources.ts';
import type { TrackList } from '../tracks/track.ts';
import { withoutDoubles } from './doubles.ts';

const signInNeeded = exitCodeOf('sign-in-needed');

/**
 * Reads what each input names, without doubles. Of several, one that cannot be read or needs a sign-in becomes an empty
 * list whose row 0 says why, so that it does not stop the others; a wrong input does.
 * @throws HarmoniError as the sources do
 */
export async function readInputs(
  sources: readonly Source[],
  inputs: readonly string[],
  options: ReadOptions,
): Promise<readonly TrackList[]> {
  const lists: TrackList[] = [];
  const failures: HarmoniError[] = [];
  for (const input of inputs) {
    try {
      lists.push(...(await readSource(sources, input, options)));
    } catch (thrown) {
      options.signal.throwIfAborted();
      const error = toHarmoniError(thrown);
      const exitCode = exitCodeOf(error.code);
      if (inputs.length === 1 || (exitCode !== 1 && exitCode !== signInNeeded)) throw error;
      failures.push(error);
      const skipped =
        exitCode === signInNeeded
          ? { row: 0, reason: `${error.message} ${error.fix}`, text: input, exitCode }
          : { row: 0, reason: error.message, text: input };
      lists.push({ name: input, tracks: [], skipped: [skipped], folder: 'own' });
    }
  }
  if (failures[0] !== undefined && failures.length === inputs.length) throw failures[0];
  return lists.map(withoutDoubles);
}

/** The exit code where a whole input could not be read, for which row 0 stands; 0 where all were. Pure. */
export function exitCodeOfUnread(lists: readonly Pick<TrackList, 'skipped'>[]): number {
  const unread = lists.flatMap(({ skipped }) => skipped.filter(({ row }) => row === 0));
  return Math.max(0, ...unread.map(({ exitCode = 1 }) => exitCode));
}
