import type { CoverArtArchive } from '../../enrich/cover-art-archive.ts';
import type { FactFinder } from '../../enrich/musicbrainz/facts.ts';
import type { LibraryEnricher } from './library-enricher.ts';

/** Label, composers, original date and MusicBrainz' ids, and a cover for songs without one. */
export function createMusicBrainzFacts(finder: FactFinder, wantsCover: boolean): LibraryEnricher {
  return {
    kind: 'facts',
    adds: 'label, original date, composers and IDs from MusicBrainz',
    mayLack: () => true,
    async find(songs, signal, onFound) {
      const sought = songs.map(({ song: { file, facts }, present: properties }) => ({
        key: file.path,
        properties,
        durationMs: file.durationMs,
        hasCover: !wantsCover || facts.hasCover,
      }));
      const { stopped } = await finder.factsFor(sought, signal, {
        onFound: ({ key: path, changes, cover: picture, releaseId = '' }) => {
          const cover = picture === undefined ? undefined : { source: `coverart:${releaseId}`, picture };
          if (changes.length > 0 || cover !== undefined) onFound({ path, changes, cover });
        },
      });
      return stopped;
    },
  };
}

/** The cover of the release that a file names. */
export function createReleaseCovers(archive: CoverArtArchive): LibraryEnricher {
  return {
    kind: 'cover',
    adds: 'covers from the Cover Art Archive, for songs with a MusicBrainz release',
    mayLack: ({ facts }) => !facts.hasCover && facts.releaseId !== undefined,
    async find(songs, signal, onFound) {
      for (const { song } of songs) {
        const { hasCover, releaseId } = song.facts;
        if (hasCover || releaseId === undefined) continue;
        const picture = await archive.front({ releaseId, groupId: undefined }, signal);
        const cover = picture && { source: `coverart:${releaseId}`, picture };
        if (cover !== undefined) onFound({ path: song.file.path, changes: [], cover });
      }
      return undefined;
    },
  };
}
