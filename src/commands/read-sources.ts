import type { App } from '../app.ts';
import { exitCodeOf, toHarmoniError, type HarmoniError } from '../errors.ts';
import type { ReadOptions } from '../sources/source.ts';
import { readSource } from '../sources/sources.ts';
import type { TrackList } from '../tracks/track.ts';
import { withoutDoubles } from './choose-tracks.ts';
import { showReading } from './show-reading.ts';

/**
 * Reads what each input names, without doubles. Of several, one that cannot be read becomes an empty list whose row 0
 * says why, so that it does not stop the others; a wrong input and a missing sign-in do.
 * @throws HarmoniError as the sources do
 */
export async function readSources(app: App, inputs: readonly string[]): Promise<readonly TrackList[]> {
  const lists: TrackList[] = [];
  const failures: HarmoniError[] = [];
  const displays = new Map<string, ReturnType<typeof showReading>>();
  const onProgress: ReadOptions['onProgress'] = ({ what, ...rows }) => {
    const show = displays.get(what) ?? showReading(app, `Reading ${what}`);
    displays.set(what, show);
    show(rows);
  };
  const work = app.beginWork();
  try {
    for (const input of inputs) {
      try {
        lists.push(...(await readSource(app.sources(), input, { signal: work.signal, onProgress })));
      } catch (thrown) {
        work.signal.throwIfAborted();
        const error = toHarmoniError(thrown);
        if (inputs.length === 1 || exitCodeOf(error.code) !== 1) throw error;
        failures.push(error);
        const skipped = [{ row: 0, reason: error.message, text: input }];
        lists.push({ name: input, tracks: [], skipped, folder: 'own' });
      }
    }
    if (failures[0] !== undefined && failures.length === inputs.length) throw failures[0];
    return lists.map(withoutDoubles);
  } finally {
    app.progress.end();
    work.done();
  }
}
