import type { Store } from '../../history/store.ts';
import type { Loudness, Measurement } from '../../sound/measurement.ts';
import { albumGainTags, albumLoudness, replayGainTags } from '../../sound/replay-gain.ts';
import type { LibrarySong } from '../songs.ts';
import { albumsIn } from './batches.ts';
import type { LibraryEnricher, SongWithTags } from './library-enricher.ts';
import { taggedAs } from './write-tags.ts';

/** ReplayGain tags of songs whose loudness was measured, and of albums that are there whole. Measures nothing itself. */
export function createLoudnessTags({ sounds }: Pick<Store, 'sounds'>): LibraryEnricher {
  return {
    kind: 'loudness',
    adds: 'ReplayGain, for songs that were measured',
    mayLack: ({ facts }) => facts.trackGainDb === undefined || facts.albumGainDb === undefined,
    find(songs, signal, onFound) {
      for (const album of albumsIn(songs, ({ song }) => song)) {
        signal.throwIfAborted();
        const heard = album.map((one) => ({ one, measured: sounds.ofFile(one.song.file) }));
        const whole = loudnessOfAlbum(heard.map(({ one, measured }) => ({ song: one.song, measured })));
        for (const { one, measured } of heard) {
          const tags = measured === undefined ? {} : tagsOf(one, measured, whole);
          const changes = Object.entries(tags).map(([field, after]) => {
            return { field, before: one.present[field] ?? [], after, source: 'measured' };
          });
          if (changes.length > 0) onFound({ path: one.song.file.path, changes });
        }
      }
      return Promise.resolve(undefined);
    },
  };
}

function tagsOf(
  { song }: SongWithTags,
  measured: Measurement,
  album: ReturnType<typeof albumLoudness> | undefined,
): Readonly<Record<string, readonly string[]>> {
  const extension = taggedAs(song) ?? '';
  const own = replayGainTags(measured, extension);
  return album === undefined ? own : { ...own, ...albumGainTags(album, extension) };
}

/** Undefined unless every song of the album is there, and was measured. Pure. */
export function loudnessOfAlbum(
  songs: readonly { readonly song: LibrarySong; readonly measured: Measurement | undefined }[],
): ReturnType<typeof albumLoudness> | undefined {
  const total = Math.max(0, ...songs.map(({ song }) => song.facts.trackTotal ?? 0));
  const places = new Set(songs.map(({ song: { facts } }) => `${facts.discNumber ?? 1} ${facts.trackNumber}`));
  if (total < 2 || places.size < total) return undefined;
  const loud = songs.flatMap(({ song, measured }): { loudness: Loudness; lengthMs: number }[] => {
    const lengthMs = measured?.lengthMs ?? song.file.durationMs;
    const isWhole =
      measured?.loudness !== undefined && measured.fault === undefined && lengthMs !== undefined;
    return isWhole ? [{ loudness: measured.loudness, lengthMs }] : [];
  });
  return loud.length === songs.length ? albumLoudness(loud) : undefined;
}
