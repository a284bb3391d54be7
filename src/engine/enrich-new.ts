import { createTagger } from '../downloads/tag.ts';
import { workFolderOf } from '../downloads/work-folder.ts';
import type { Store } from '../history/store.ts';
import type { LibraryEnricher } from '../library/enrich/library-enricher.ts';
import { songsOf } from '../library/songs.ts';
import type { Clock } from '../system/clock.ts';
import type { JobReport } from '../tracks/outcome.ts';
import { enrichLibrary, type EnrichEnd, type EnrichOptions } from './enrich-library.ts';

export interface EnrichNewParts {
  readonly store: Store;
  readonly clock: Clock;
  /** The library; absolute. */
  readonly outputDir: string;
  readonly trashDays: number;
  /** As in EnrichParts. */
  readonly coverTemplate?: string | undefined;
  readonly signal: AbortSignal;
}

/** The files that a job brought, each once; absolute. Pure. */
export function newPaths({ lists }: Pick<JobReport, 'lists'>): readonly string[] {
  const done = lists.flatMap(({ tracks }) => tracks.filter(({ status }) => status === 'done'));
  return [...new Set(done.flatMap(({ path }) => path ?? []))];
}

/**
 * Adds to songs that were just downloaded, as a run of its own that can be undone. Asks nothing.
 * @throws HarmoniError output-not-writable, disk-full; library-busy
 */
export function enrichNew(
  { store, clock, outputDir: library, trashDays, coverTemplate, signal }: EnrichNewParts,
  paths: readonly string[],
  title: string,
  enrichers: readonly LibraryEnricher[],
  options: Partial<Pick<EnrichOptions, 'onProgress' | 'songsAtOnce'>> = {},
): Promise<EnrichEnd> {
  const isMeant = new Set(paths);
  const workFolder = workFolderOf(library, store.instance.id);
  return enrichLibrary(
    { store, clock, tagger: createTagger(), library, workFolder, trashDays, coverTemplate },
    songsOf(store, library),
    ({ file }) => isMeant.has(file.path),
    { title, enrichers, signal, onProgress: () => undefined, mayWrite: async () => true, ...options },
  );
}
