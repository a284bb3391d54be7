import { createAlbumPosition } from './album-position.ts';
import { createCoverEnricher } from './cover.ts';
import { createLyricsEnricher } from './lyrics/enricher.ts';
import type { Additions, Enricher, EnricherParts, Song } from './enricher.ts';

/** All enrichers; where two add the same, the first wins. */
export const enrichers: readonly ((parts: EnricherParts) => Enricher)[] = [
  createCoverEnricher,
  createAlbumPosition,
  createLyricsEnricher,
];

/** Asks enrichers side by side and puts together what they found. One that fails adds nothing. */
export async function enrich(
  wanted: readonly Enricher[],
  song: Song,
  signal: AbortSignal,
  onFailure: (enricher: Enricher, error: unknown) => void,
): Promise<Additions> {
  const found = await Promise.all(
    wanted.map(async (enricher): Promise<Additions> => {
      try {
        return await enricher.find(song, signal);
      } catch (error) {
        signal.throwIfAborted();
        onFailure(enricher, error);
        return {};
      }
    }),
  );
  return found.reduce(
    (all, one) => ({ ...one, ...all, properties: { ...one.properties, ...all.properties } }),
    {},
  );
}
