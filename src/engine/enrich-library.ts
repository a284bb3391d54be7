import { inWorkFolder } from '../downloads/work-folder.ts';
import { putAlbumCover } from '../downloads/album-cover.ts';
import { putLyrics } from '../downloads/lyrics-file.ts';
import type { Tagger } from '../downloads/tag.ts';
import { toHarmoniError, type HarmoniError } from '../errors.ts';
import type { Changes } from '../history/changes.ts';
import type { Store } from '../history/store.ts';
import { albumBatches, onePerFile, songBatches, type Album } from '../library/enrich/batches.ts';
import { findTags, shownOf, type Shown, type Wanted } from '../library/enrich/find-tags.ts';
import type { LibraryEnricher } from '../library/enrich/library-enricher.ts';
import { taggedAs, writeTags } from '../library/enrich/write-tags.ts';
import { trackOf } from '../library/song-track.ts';
import type { LibrarySong } from '../library/songs.ts';
import type { Clock } from '../system/clock.ts';
import type { Log } from '../system/log.ts';
import { changeLibrary, type LibraryRunEnd } from './library-run.ts';

export interface EnrichParts {
  readonly store: Store;
  readonly clock: Clock;
  /** Where lyrics that can't be written are noted; nowhere without. */
  readonly log?: Log;
  readonly tagger: Tagger;
  /** The library and a folder for work files on its disk; absolute. */
  readonly library: string;
  readonly workFolder: string;
  /** The template by which albums have folders: those get the covers that are found. Without, only the songs do. */
  readonly coverTemplate?: string | undefined;
  readonly trashDays: number;
}

export interface EnrichOptions {
  /** What people know the run by. */
  readonly title: string;
  /** Default enrich. */
  readonly kind?: 'enrich' | 'hear';
  readonly enrichers: readonly LibraryEnricher[];
  readonly signal: AbortSignal;
  /** About how many songs are looked up before what was found for them is written; default 100. */
  readonly songsAtOnce?: number;
  /** What is found of a song depends on its album, so albums are looked up whole; default true. */
  readonly isByAlbum?: boolean;
  /** Nothing is written, and nobody is asked. */
  readonly isDryRun?: boolean;
  readonly onProgress: (progress: EnrichProgress) => void;
  /** Asked once, with what was found first and the number of songs that are still to be looked up. */
  readonly mayWrite: (found: readonly Shown[], songsLeft: number) => Promise<boolean>;
  /** Told of what each batch found. */
  readonly onFound?: (found: readonly Shown[]) => void;
}

export interface EnrichProgress {
  readonly step: 'looking up' | 'writing';
  readonly done: number;
  readonly total: number;
  readonly written: number;
}

export interface EnrichEnd extends LibraryRunEnd {
  readonly written: readonly Shown[];
  readonly left: readonly { readonly path: string; readonly why: string }[];
  /** Songs that nothing was found for. */
  readonly unchanged: number;
  /** A service that couldn't be asked to the end. */
  readonly stopped: readonly HarmoniError[];
  readonly isDeclined: boolean;
}

/** Songs that are looked up together, with their covers in memory. */
const mostAtOnce = 100;

/**
 * Adds what songs lack, album by album, as a run that can be undone. What is written is kept, however it ends; doing it
 * again goes on where it stopped, because songs that have everything are left alone.
 * @param all every song of the library
 * @throws HarmoniError library-busy; output-not-writable, disk-full
 */
export async function enrichLibrary(
  parts: EnrichParts,
  all: readonly LibrarySong[],
  isMeant: (song: LibrarySong) => boolean,
  options: EnrichOptions,
): Promise<EnrichEnd> {
  const { store, clock, library, workFolder, trashDays } = parts;
  const settings = { outputDir: library };
  const mayLack = (song: LibrarySong): boolean =>
    isMeant(song) && canBeTagged(song) && options.enrichers.some((one) => one.mayLack(song));
  const { kind = 'enrich', title } = options;
  const run = { kind, title, library } as const;
  const runParts = { store, clock, config: { trash_days: trashDays } };
  let ended = nothingFound;
  const enrich = (): Promise<LibraryRunEnd> =>
    changeLibrary(
      runParts,
      run,
      async (changes, keep) => {
        const round = createRound(parts, changes, all, options);
        const songs = onePerFile(all.filter(canBeTagged), mayLack);
        const { songsAtOnce = mostAtOnce, isByAlbum = true } = options;
        const batches = isByAlbum
          ? albumBatches(songs, mayLack, songsAtOnce)
          : songBatches(songs, mayLack, songsAtOnce);
        await round.run(batches, mayLack).catch(keep);
        ended = round.end();
      },
      'enrich',
    );
  const end =
    options.isDryRun === true ? await enrich() : await inWorkFolder({ store, settings, workFolder }, enrich);
  return { ...ended, ...end };
}

const nothingFound: Omit<EnrichEnd, keyof LibraryRunEnd> = {
  written: [],
  left: [],
  stopped: [],
  unchanged: 0,
  isDeclined: false,
};

/** A broken file is not made any better. */
const canBeTagged = (song: LibrarySong): boolean =>
  taggedAs(song) !== undefined && song.file.fault === undefined;

function createRound(
  parts: EnrichParts,
  changes: Changes,
  all: readonly LibrarySong[],
  { enrichers, signal, onProgress, onFound, mayWrite, isDryRun = false }: EnrichOptions,
) {
  const stopped = new Map<LibraryEnricher, HarmoniError>();
  const count = { done: 0, total: 0, unchanged: 0 };
  const writer = createWriter({ ...parts, changes }, all);
  let isAllowed: boolean | undefined;

  const report = (step: EnrichProgress['step']): void => {
    onProgress({ step, done: count.done, total: count.total, written: writer.written.length });
  };

  return {
    async run(batches: readonly (readonly Album[])[], isWanted: (song: LibrarySong) => boolean) {
      const many = (batch: readonly Album[]): number => batch.flat().filter(isWanted).length;
      count.total = batches.reduce((sum, batch) => sum + many(batch), 0);
      for (const batch of batches) {
        report('looking up');
        const found = await findTags(parts, batch, enrichers, { signal, stopped });
        const toWrite = found.filter(({ song }) => isWanted(song));
        onFound?.(toWrite.map(shownOf));
        if (toWrite.length > 0 && !isDryRun) {
          isAllowed ??= await mayWrite(toWrite.map(shownOf), count.total - count.done - many(batch));
          if (!isAllowed) return;
        }
        const before = count.done;
        for (const wanted of isDryRun ? [] : toWrite) {
          signal.throwIfAborted();
          await writer.write(wanted);
          count.done += 1;
          report('writing');
        }
        count.done = before + many(batch);
        count.unchanged += many(batch) - toWrite.length;
        report('looking up');
      }
    },
    end: () => {
      const { written, left } = writer;
      return {
        written,
        left,
        stopped: [...stopped.values()],
        unchanged: count.unchanged,
        isDeclined: isAllowed === false,
      };
    },
  };
}

function createWriter(parts: EnrichParts & { readonly changes: Changes }, all: readonly LibrarySong[]) {
  const { log = { write: () => undefined } } = parts;
  const written: Shown[] = [];
  const left: { path: string; why: string }[] = [];
  const inodes = Map.groupBy(all, ({ file }) => file.inode);
  return {
    written,
    left,
    async write(wanted: Wanted): Promise<void> {
      const { path, inode } = wanted.song.file;
      const others = inode === undefined ? [] : (inodes.get(inode) ?? []).map(({ file }) => file.path);
      try {
        const hasTags = wanted.changes.length > 0 || wanted.cover !== undefined;
        const why = hasTags ? await writeTags(parts, wanted.song, wanted, others) : undefined;
        if (why === undefined && wanted.lrc !== undefined)
          await putLyrics({ ...parts, log }, path, wanted.lrc);
        if (why === undefined) await putCover({ ...parts, log }, wanted);
        if (why === undefined) written.push(shownOf(wanted));
        else left.push({ path, why });
      } catch (error) {
        const known = toHarmoniError(error);
        if (!ofOneSong.has(known.code)) throw known;
        left.push({ path, why: known.message });
      }
    },
  };
}

/** Into the folder of the album, where there is one and it has none. */
async function putCover(
  { changes, log, workFolder, library: outputDir, coverTemplate: fileNameTemplate }: CoverParts,
  { song, cover }: Wanted,
): Promise<void> {
  if (cover === undefined || fileNameTemplate === undefined) return;
  const parts = { changes, log, workFolder, settings: { outputDir, fileNameTemplate } };
  await putAlbumCover(parts, { path: song.file.path, track: trackOf(song), label: undefined }, cover.picture);
}

type CoverParts = EnrichParts & { readonly changes: Changes; readonly log: Log };

/** What concerns one file; anything else would concern the next one, too. */
const ofOneSong: ReadonlySet<string> = new Set([
  'tag-failed',
  'verify-failed',
  'file-gone',
  'output-not-writable',
]);
