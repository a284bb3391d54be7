import type { App } from '../app.ts';
import { readSource } from '../sources/sources.ts';
import type { TrackList } from '../tracks/track.ts';
import { withoutDoubles } from './choose-tracks.ts';

/** Reads what each input names, without doubles. @throws HarmoniError as the sources do */
export async function readSources(app: App, inputs: readonly string[]): Promise<readonly TrackList[]> {
  const lists: TrackList[] = [];
  const work = app.beginWork();
  try {
    for (const input of inputs)
      lists.push(...(await readSource(app.sources(), input, { signal: work.signal })));
    return lists.map(withoutDoubles);
  } finally {
    work.done();
  }
}
