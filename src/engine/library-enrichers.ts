import type { Config } from '../config/schema.ts';
import { createCovers } from '../enrich/cover.ts';
import { createCoverArtArchive } from '../enrich/cover-art-archive.ts';
import { createLyricsService } from '../enrich/lyrics/lrclib.ts';
import { createListCovers, createListFacts } from '../library/enrich/from-lists.ts';
import { createMusicBrainzFacts, createReleaseCovers } from '../library/enrich/from-musicbrainz.ts';
import { createLyrics } from '../library/enrich/from-lyrics.ts';
import { createLoudnessTags } from '../library/enrich/from-sounds.ts';
import type { LibraryEnricher } from '../library/enrich/library-enricher.ts';
import type { Store } from '../history/store.ts';
import type { Log } from '../system/log.ts';
import type { EnrichKind } from '../tracks/enrich-kind.ts';
import { userAgent } from '../system/user-agent.ts';
import { connectFacts, type FactsEngineParts } from './facts.ts';

export interface LibraryEnricherParts extends FactsEngineParts {
  readonly log: Log;
  readonly store: Store;
  readonly config: FactsEngineParts['config'] &
    Pick<Config, 'spotify_api_url' | 'youtube_music_url' | 'lyrics' | 'lyrics_url'>;
}

/**
 * What can add something to songs of the library, the surest first: where two know the same, the first wins. To add another
 * one, write a LibraryEnricher in library/enrich/ and add it here.
 * @param only the kinds that the user asked for; without, those that the settings want
 */
export function libraryEnrichers(
  parts: LibraryEnricherParts,
  only: readonly EnrichKind[] | undefined,
): readonly LibraryEnricher[] {
  const { store, http, config } = parts;
  const isWanted = (kind: EnrichKind): boolean => only?.includes(kind) ?? true;
  const covers = createCovers(http, [config.spotify_api_url, config.youtube_music_url]);
  // Whoever asks for facts by name wants them from there, too.
  const asked = only?.includes('facts') === true ? { ...config, musicbrainz: true } : config;
  const finder = isWanted('facts') ? connectFacts({ ...parts, config: asked }) : undefined;
  const places = config.lyrics === 'off' && only?.includes('lyrics') === true ? 'both' : config.lyrics;
  const all: readonly LibraryEnricher[] = [
    createListFacts(store),
    createListCovers(store, covers),
    ...(finder === undefined ? [] : [createMusicBrainzFacts(finder, isWanted('cover'))]),
    ...(config.musicbrainz || only !== undefined ? [createReleaseCovers(archiveOf(parts))] : []),
    ...(isWanted('lyrics') && places !== 'off' ? [createLyrics(lyricsOf(parts), places)] : []),
    createLoudnessTags(store),
  ];
  return all.filter(({ kind }) => isWanted(kind));
}

function lyricsOf({
  http,
  clock,
  store,
  config,
}: LibraryEnricherParts): ReturnType<typeof createLyricsService> {
  const { lyrics_url: lyricsUrl } = config;
  return createLyricsService({ http, clock, store, lyricsUrl, random: Math.random, userAgent: userAgent() });
}

function archiveOf({ http, store, config }: LibraryEnricherParts): ReturnType<typeof createCoverArtArchive> {
  const { services } = store;
  return createCoverArtArchive({ http, services, url: config.cover_art_archive_url, userAgent: userAgent() });
}
