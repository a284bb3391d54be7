import { readInputs } from '../engine/read-inputs.ts';
import type { Source } from '../sources/source.ts';
import type { WorkSignal } from '../system/work-signal.ts';
import type { TrackList } from '../tracks/track.ts';
import { showReadings, type ReadingDisplay } from '../ui/show-reading.ts';

export interface ReadListsParts extends ReadingDisplay {
  readonly sources: () => readonly Source[];
  readonly beginWork: () => WorkSignal;
}

/** Reads what each input names, with a display for each. @throws HarmoniError as `readInputs` does */
export async function readLists(
  parts: ReadListsParts,
  inputs: readonly string[],
): Promise<readonly TrackList[]> {
  const onProgress = showReadings(parts);
  const work = parts.beginWork();
  try {
    return await readInputs(parts.sources(), inputs, { signal: work.signal, onProgress });
  } finally {
    parts.progress.end();
    work.done();
  }
}
