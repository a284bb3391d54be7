import { relative } from 'node:path';
import { scan, type ScanOptions } from '../engine/library.ts';
import type { Store } from '../history/store.ts';
import type { ScanResult } from '../library/scan.ts';
import type { WorkSignal } from '../system/work-signal.ts';
import type { Progress } from '../ui/progress.ts';

export interface ScanParts {
  readonly store: Pick<Store, 'files'>;
  readonly progress: Progress;
  readonly beginWork: () => WorkSignal;
  readonly paths: { readonly trash: string };
}

/** Brings the index up to date, and says what the user should look at. @throws the reason of an interrupt */
export async function scanWithProgress(
  { store, progress, beginWork, paths }: ScanParts,
  outputDir: string,
  elsewhere?: ScanOptions['elsewhere'],
): Promise<ScanResult> {
  const work = beginWork();
  const result = await scan(store, outputDir, {
    signal: work.signal,
    trash: paths.trash,
    elsewhere,
    onProgress: (read) => {
      const title = elsewhere === undefined ? 'Scanning your library' : 'Scanning your music';
      progress.draw({ title, done: read, total: 0, failed: 0, lines: [] });
    },
  }).finally(() => {
    progress.end();
    work.done();
  });
  const { deadLinks, unopenable } = result;
  for (const { path, target } of deadLinks) {
    progress.print(`${relative(outputDir, path)} is a link to ${target}, which doesn't exist.`, 'warn');
  }
  for (const path of unopenable) {
    const what = `${relative(outputDir, path)} has a name that isn't UTF-8, so HARMONI can't open it.`;
    progress.print(`${what} Rename it, for example with convmv.`, 'warn');
  }
  return result;
}
