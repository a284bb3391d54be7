import { toHarmoniError } from '../../errors.ts';
import { albumsOf, chunksOf } from './albums.ts';
import type { FactFinder, FactsParts, SongFactsFound } from './facts.ts';
import { fillAlbum } from './fill-album.ts';
import { findRecordings } from './find-recordings.ts';
import { readSong } from './song.ts';

/** As many songs are in memory at a time, with all that MusicBrainz says about them. */
const songsAtOnce = 200;

export function createFactFinder(parts: FactsParts): FactFinder {
  return {
    async factsFor(songs, signal, { onProgress, onFound } = {}) {
      const found = new Map<string, SongFactsFound>();
      // Each song is looked for, then read.
      let steps = 0;
      const report = (): void =>
        onProgress?.({ done: Math.floor(steps / 2), total: songs.length, found: found.size });
      const onLooked = (): void => {
        steps += 1;
        report();
      };
      const byAlbum = albumsOf(songs.map(readSong));
      try {
        for (const chunk of chunksOf(byAlbum, songsAtOnce)) {
          const known = await findRecordings(parts.musicBrainz, chunk.flat(), signal, onLooked);
          for (const album of known.albums(chunk)) {
            for (const one of await fillAlbum(parts, album, known, signal)) {
              found.set(one.key, one);
              onFound?.(one);
            }
            steps += album.length;
            report();
          }
        }
        return { found, stopped: undefined };
      } catch (error) {
        signal.throwIfAborted();
        return { found, stopped: toHarmoniError(error) };
      }
    },
  };
}
