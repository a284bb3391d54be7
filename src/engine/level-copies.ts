import { createTagger } from '../downloads/tag.ts';
import { workFolderOf } from '../downloads/work-folder.ts';
import type { Store } from '../history/store.ts';
import type { LibraryEnricher } from '../library/enrich/library-enricher.ts';
import { taggedAs } from '../library/enrich/write-tags.ts';
import { measureSongs } from '../library/measure-songs.ts';
import { songsOf } from '../library/songs.ts';
import { hasChromaprint } from '../sound/chromaprint.ts';
import { replayGainTags } from '../sound/replay-gain.ts';
import type { Clock } from '../system/clock.ts';
import type { JobReport } from '../tracks/outcome.ts';
import { enrichLibrary } from './enrich-library.ts';

export interface LevelParts {
  readonly store: Store;
  readonly clock: Clock;
  /** @throws HarmoniError ffmpeg-missing */
  readonly ffmpegPath: () => Promise<string>;
  readonly cores: number;
  /** The library; absolute. */
  readonly outputDir: string;
  readonly trashDays: number;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Measures what a download copied and nobody has listened to, and writes how loud it is into the files, as a run that can be
 * undone. An interrupt leaves the rest to `library scan --deep` and `library enrich`.
 * @param title what people know the run by
 * @throws HarmoniError ffmpeg-missing, output-not-writable, disk-full
 */
export async function levelCopies(parts: LevelParts, report: JobReport, title: string): Promise<void> {
  const { store, clock, cores, outputDir: library, trashDays, signal, onProgress } = parts;
  const done = report.lists.flatMap(({ tracks }) => tracks.filter(({ status }) => status === 'done'));
  const paths = new Set(done.flatMap(({ path }) => path ?? []));
  const files = [...paths]
    .flatMap((path) => store.files.get(path) ?? [])
    .filter((file) => store.sounds.ofFile(file) === undefined);
  if (files.length === 0) return;
  const ffmpegPath = await parts.ffmpegPath();
  const hasFingerprint = await hasChromaprint(ffmpegPath);
  const measured = await measureSongs(files, {
    ...{ store, ffmpegPath, hasFingerprint, cores, signal },
    onProgress: (now) => onProgress(now.done, now.total),
  });
  if (measured.isStopped) return;
  const isMeant = new Set(files.map(({ path }) => path));
  const keys = new Map(files.map((file) => [file.path, store.sounds.keyOf(file)]));
  const end = await enrichLibrary(
    {
      store,
      clock,
      tagger: createTagger(),
      library,
      workFolder: workFolderOf(library, store.instance.id),
      trashDays,
    },
    songsOf(store, library),
    ({ file }) => isMeant.has(file.path),
    {
      title,
      enrichers: [createTrackGain(store)],
      signal,
      onProgress: () => undefined,
      mayWrite: async () => true,
    },
  );
  // Their sound is the same.
  for (const { song } of end.written) {
    const key = keys.get(song.file.path);
    const now = store.files.get(song.file.path);
    if (key !== undefined && now !== undefined) store.sounds.setKey(now, key);
  }
}

/** The track gain alone: what an album has in common is known when all of it is there. */
function createTrackGain({ sounds }: Pick<Store, 'sounds'>): LibraryEnricher {
  return {
    kind: 'loudness',
    adds: 'ReplayGain, as measured',
    mayLack: () => true,
    find(songs, _signal, onFound) {
      for (const { song, present } of songs) {
        const measured = sounds.ofFile(song.file);
        const tags = measured === undefined ? {} : replayGainTags(measured, taggedAs(song) ?? '');
        const changes = Object.entries(tags).map(([field, after]) => {
          return { field, before: present[field] ?? [], after, source: 'measured' };
        });
        if (changes.length > 0) onFound({ path: song.file.path, changes });
      }
      return Promise.resolve(undefined);
    },
  };
}
