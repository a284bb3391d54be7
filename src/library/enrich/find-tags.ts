import type { Tagger } from '../../downloads/tag.ts';
import type { HarmoniError } from '../../errors.ts';
import type { FactChange } from '../../tracks/fact-change.ts';
import type { LibrarySong } from '../songs.ts';
import type { Album } from './batches.ts';
import type { FoundForSong, LibraryEnricher, SongWithTags } from './library-enricher.ts';
import { albumWise, mergeTags } from './merge-tags.ts';

/** What one file is to get, as it is shown. */
export interface Shown {
  readonly song: LibrarySong;
  readonly changes: readonly FactChange[];
  readonly cover: { readonly source: string } | undefined;
  /** Of the .lrc file beside it. */
  readonly lrc: string | undefined;
}

/** The same, with the picture: as many as are written at a time fit into memory. */
export interface Wanted extends Shown {
  readonly cover: FoundForSong['cover'];
}

/** Without the picture. */
export function shownOf({ song, changes, cover, lrc }: Wanted): Shown {
  return { song, changes, cover: cover && { source: cover.source }, lrc };
}

/** What the songs of some albums are to get. */
export async function findTags(
  { tagger }: { readonly tagger: Pick<Tagger, 'read'> },
  batch: readonly Album[],
  enrichers: readonly LibraryEnricher[],
  { signal, stopped }: { readonly signal: AbortSignal; readonly stopped: Map<LibraryEnricher, HarmoniError> },
): Promise<readonly Wanted[]> {
  const songs: SongWithTags[] = [];
  for (const song of batch.flat()) {
    signal.throwIfAborted();
    const present = await tagger.read(song.file.path).catch(() => undefined);
    // What can't be read now is told by the next scan.
    if (present !== undefined) songs.push({ song, present: present.properties });
  }
  const found = new Map<string, FoundForSong[]>();
  const onFound = (one: FoundForSong): void => {
    found.set(one.path, [...(found.get(one.path) ?? []), one]);
  };
  for (const enricher of enrichers) {
    // A service that is away isn't asked for every album.
    if (stopped.has(enricher)) continue;
    const why = await enricher.find(songs, signal, onFound);
    if (why !== undefined) stopped.set(enricher, why);
  }
  const byPath = new Map(songs.map((one) => [one.song.file.path, one]));
  return batch.flatMap((album) => {
    const there = album.flatMap(({ file }) => byPath.get(file.path) ?? []);
    const merged = there.map(({ song, present }) => {
      const all = found.get(song.file.path) ?? [];
      return {
        present,
        changes: mergeTags(
          present,
          all.flatMap(({ changes }) => changes),
        ),
      };
    });
    const changes = albumWise(merged);
    return there.flatMap(({ song }, index): Wanted[] => {
      const cover = found.get(song.file.path)?.find((one) => one.cover !== undefined)?.cover;
      const lrc = found.get(song.file.path)?.find((one) => one.lrc !== undefined)?.lrc;
      const own = changes[index] ?? [];
      const isNothing = own.length === 0 && cover === undefined && lrc === undefined;
      return isNothing ? [] : [{ song, changes: own, cover, lrc }];
    });
  });
}
