import { tagFieldsOf } from '../../downloads/tag-fields.ts';
import type { Covers } from '../../enrich/cover.ts';
import type { Store } from '../../history/store.ts';
import { isNameKey, trackKeys } from '../../tracks/identity.ts';
import type { Track } from '../../tracks/track.ts';
import type { LibrarySong } from '../songs.ts';
import type { LibraryEnricher, SongWithTags } from './library-enricher.ts';

type ListStore = Pick<Store, 'files' | 'jobs'>;

/** What a list says of a song; when it was added, and to which list, is nothing of the song. */
const ofSong: ReadonlySet<string> = new Set(
  (
    'ALBUM ALBUMARTIST ALBUMARTISTS ARTISTS DATE TRACKNUMBER DISCNUMBER GENRE LABEL COPYRIGHT BPM INITIALKEY ISRC SPOTIFY_URI ' +
    'EXPLICIT ITUNESADVISORY COMPILATION'
  ).split(' '),
);

/** Tags that the lists a song was downloaded from know, such as those of Spotify. Asks nobody. */
export function createListFacts(store: ListStore): LibraryEnricher {
  return {
    kind: 'facts',
    adds: 'what your playlists say about the song',
    mayLack: () => true,
    find(songs, signal, onFound) {
      for (const { song, present } of songs) {
        signal.throwIfAborted();
        const changes = tracksOf(store, song).flatMap((track) => changesOf(track, song, present));
        if (changes.length > 0) onFound({ path: song.file.path, changes });
      }
      return Promise.resolve(undefined);
    },
  };
}

function changesOf(track: Track, { file }: LibrarySong, present: SongWithTags['present']) {
  const { properties } = tagFieldsOf(track, 'comprehensive', file.media, file.durationMs);
  return Object.entries(properties).flatMap(([field, after]) =>
    ofSong.has(field) ? [{ field, before: present[field] ?? [], after, source: 'playlist' }] : [],
  );
}

/** The cover that the list of a song names. */
export function createListCovers(store: ListStore, covers: Covers): LibraryEnricher {
  return {
    kind: 'cover',
    adds: 'covers that your playlists name',
    mayLack: ({ facts }) => !facts.hasCover,
    async find(songs, signal, onFound) {
      for (const { song } of songs) {
        if (song.facts.hasCover) continue;
        for (const { coverUrl } of tracksOf(store, song)) {
          const picture = coverUrl === undefined ? undefined : await covers.get(coverUrl, signal);
          if (picture === undefined) continue;
          onFound({ path: song.file.path, changes: [], cover: { source: 'playlist', picture } });
          break;
        }
      }
      return undefined;
    },
  };
}

/**
 * The tracks of lists that are this song, the newest first. A file of the user's own must be the song for sure: a name
 * alone would give it another one's ids.
 */
function tracksOf({ files, jobs }: ListStore, { file, facts }: LibrarySong): readonly Track[] {
  if (facts.title === undefined) return [];
  const sure = new Set(files.keysOf(file.path).filter((key) => !isNameKey(key)));
  const seen = new Set<string>();
  return jobs.tracksTitled(facts.title).filter((track) => {
    const keys = trackKeys(track);
    const key = keys.join();
    if (seen.has(key)) return false;
    seen.add(key);
    if (keys.some((one) => sure.has(one))) return true;
    return file.downloaded && files.find(track).some(({ path }) => path === file.path);
  });
}
