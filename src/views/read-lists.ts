import { readInputs } from '../engine/read-inputs.ts';
import type { ReadOptions, Source } from '../sources/source.ts';
import type { WorkSignal } from '../system/work-signal.ts';
import type { TrackList } from '../tracks/track.ts';
import { showReading, type ReadingDisplay } from '../ui/show-reading.ts';

export interface ReadListsParts extends ReadingDisplay {
  readonly sources: () => readonly Source[];
  readonly beginWork: () => WorkSignal;
}

/** Reads what each input names, with a display for each. @throws HarmoniError as `readInputs` does */
export async function readLists(
  parts: ReadListsParts,
  inputs: readonly string[],
): Promise<readonly TrackList[]> {
  const displays = new Map<string, ReturnType<typeof showReading>>();
  const onProgress: ReadOptions['onProgress'] = ({ what, ...rows }) => {
    const show = displays.get(what) ?? showReading(parts, `Reading ${what}`);
    displays.set(what, show);
    show(rows);
  };
  const work = parts.beginWork();
  try {
    return await readInputs(parts.sources(), inputs, { signal: work.signal, onProgress });
  } finally {
    parts.progress.end();
    work.done();
  }
}
