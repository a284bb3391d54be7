import { exitCodeOf, toHarmoniError, type HarmoniError } from '../errors.ts';
import type { ReadOptions, Source } from '../sources/source.ts';
import { readSource } from '../sources/sources.ts';
import type { TrackList } from '../tracks/track.ts';
import { withoutDoubles } from './doubles.ts';

/**
 * Reads what each input names, without doubles. Of several, one that cannot be read becomes an empty list whose row 0
 * says why, so that it does not stop the others; a wrong input and a missing sign-in do.
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
      if (inputs.length === 1 || exitCodeOf(error.code) !== 1) throw error;
      failures.push(error);
      const skipped = [{ row: 0, reason: error.message, text: input }];
      lists.push({ name: input, tracks: [], skipped, folder: 'own' });
    }
  }
  if (failures[0] !== undefined && failures.length === inputs.length) throw failures[0];
  return lists.map(withoutDoubles);
}

/** Whether a whole input could not be read: row 0 stands for it. Pure. */
export function hasUnread(lists: readonly Pick<TrackList, 'skipped'>[]): boolean {
  return lists.some(({ skipped }) => skipped.some(({ row }) => row === 0));
}
