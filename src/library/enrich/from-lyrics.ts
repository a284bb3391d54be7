import { lrcOf } from '../../downloads/sidecars.ts';
import { additionsOf } from '../../enrich/lyrics/enricher.ts';
import type { LyricsService } from '../../enrich/lyrics/lrclib.ts';
import type { LyricsPlaces } from '../../config/enrich-settings.ts';
import { exists } from '../../system/files.ts';
import type { Track } from '../../tracks/track.ts';
import type { LibrarySong } from '../songs.ts';
import type { LibraryEnricher } from './library-enricher.ts';

/** Lyrics in the tags, and beside the song with the time of each line, as the setting says. */
export function createLyrics(service: LyricsService, places: Exclude<LyricsPlaces, 'off'>): LibraryEnricher {
  return {
    kind: 'lyrics',
    adds: 'lyrics from LRCLIB',
    mayLack: ({ facts }) => places !== 'embedded' || facts.lyrics === undefined,
    async find(songs, signal, onFound) {
      for (const { song, present } of songs) {
        const { path, durationMs } = song.file;
        const track = trackOf(song);
        const hasLrc = places === 'embedded' || (await exists(lrcOf(path)));
        const isEmbedded = places === 'sidecar' || song.facts.lyrics !== undefined;
        if (track === undefined || durationMs === undefined || (hasLrc && isEmbedded)) continue;
        const answer = await service.find(track, durationMs, signal);
        if (answer.kind === 'later') return answer.error;
        if (answer.kind !== 'found') continue;
        const { properties = {}, lrc } = additionsOf(answer.lyrics, { track, durationMs, lyrics: places });
        const changes = isEmbedded
          ? []
          : Object.entries(properties).map(([field, after]) => {
              return { field, before: present[field] ?? [], after, source: 'lrclib' };
            });
        const beside = hasLrc ? undefined : lrc;
        if (changes.length > 0 || beside !== undefined) onFound({ path, changes, lrc: beside });
      }
      return undefined;
    },
  };
}

function trackOf({ facts, file }: LibrarySong): Track | undefined {
  const { title, artist, artists, album } = facts;
  if (title === undefined || artist === undefined) return undefined;
  const durationMs = file.trackMs ?? file.durationMs;
  return {
    track: title,
    artist,
    artists: artists.length > 0 ? artists : [artist],
    ...(album === undefined ? {} : { album }),
    ...(durationMs === undefined ? {} : { durationMs }),
  };
}
