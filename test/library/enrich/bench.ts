import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTagger } from '../../../src/downloads/tag.ts';
import { enrichLibrary, type EnrichEnd, type EnrichOptions } from '../../../src/engine/enrich-library.ts';
import { scan } from '../../../src/engine/library.ts';
import type { Store } from '../../../src/history/store.ts';
import type { LibraryEnricher } from '../../../src/library/enrich/library-enricher.ts';
import { songsOf } from '../../../src/library/songs.ts';
import { systemClock } from '../../../src/system/clock.ts';

export const sha256Of = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex');
const { signal } = new AbortController();

/** Knows the label of every song, and has a cover for those without one. */
export const everyLabel: LibraryEnricher = {
  kind: 'facts',
  adds: 'labels',
  mayLack: () => true,
  find(songs, _signal, onFound) {
    for (const { song, present } of songs) {
      const changes = [
        { field: 'LABEL', before: present['LABEL'] ?? [], after: ['Example Records'], source: 'test' },
      ];
      const picture = { mimeType: 'image/jpeg', data: Buffer.from([0xff, 0xd8, 0xff, 9, 9]) } as const;
      const cover = song.facts.hasCover ? undefined : { source: 'test', picture };
      onFound({ path: song.file.path, changes, cover });
    }
    return Promise.resolve(undefined);
  },
};

export async function scanAll(store: Store, library: string): Promise<void> {
  await scan(store, library, { signal, trash: join(library, '.harmoni', 'trash') });
}

/** Adds metadata to the whole library. */
export async function enrichAll(
  store: Store,
  library: string,
  options: Partial<EnrichOptions> = {},
  coverTemplate?: string,
): Promise<EnrichEnd> {
  await scanAll(store, library);
  const workFolder = join(library, '.harmoni', store.instance.id);
  const log = { write: () => undefined };
  const parts = {
    store,
    log,
    clock: systemClock,
    tagger: createTagger(),
    library,
    workFolder,
    coverTemplate,
    trashDays: 30,
  };
  return enrichLibrary(parts, songsOf(store, library), () => true, {
    title: 'your library',
    enrichers: [everyLabel],
    signal,
    onProgress: () => undefined,
    mayWrite: () => Promise.resolve(true),
    ...options,
  });
}
