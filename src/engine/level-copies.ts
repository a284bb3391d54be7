import type { Store } from '../history/store.ts';
import type { LibraryEnricher } from '../library/enrich/library-enricher.ts';
import { taggedAs } from '../library/enrich/write-tags.ts';
import { measureSongs } from '../library/measure-songs.ts';
import { hasChromaprint } from '../sound/chromaprint.ts';
import { replayGainTags } from '../sound/replay-gain.ts';
import type { JobReport } from '../tracks/outcome.ts';
import { enrichNew, newPaths, type EnrichNewParts } from './enrich-new.ts';

export interface LevelParts extends EnrichNewParts {
  /** @throws HarmoniError ffmpeg-missing */
  readonly ffmpegPath: () => Promise<string>;
  readonly cores: number;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Measures what a download copied and nobody has listened to, and writes how loud it is into the files, as a run that can be
 * undone. An interrupt leaves the rest to `library scan --deep` and `library enrich`.
 * @param title what people know the run by
 * @throws HarmoniError ffmpeg-missing, output-not-writable, disk-full
 */
export async function levelCopies(parts: LevelParts, report: JobReport, title: string): Promise<void> {
  const { store, cores, signal, onProgress } = parts;
  const files = newPaths(report)
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
  const keys = new Map(files.map((file) => [file.path, store.sounds.keyOf(file)]));
  const paths = files.map(({ path }) => path);
  const end = await enrichNew(parts, paths, title, [createTrackGain(store)]);
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
