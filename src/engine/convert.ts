import { rm } from 'node:fs/promises';
import type { Config } from '../config/schema.ts';
import { inWorkFolder, workFolderOf } from '../downloads/work-folder.ts';
import { createTagger } from '../downloads/tag.ts';
import { HarmoniError, scopeOf, toHarmoniError } from '../errors.ts';
import type { Store } from '../history/store.ts';
import type { Conversion, ConvertPlan } from '../library/convert/plan.ts';
import {
  finishRenames,
  groupLinks,
  isAsIndexed,
  putMade,
  type InPlaceParts,
  type Renamed,
  type SongGroup,
} from '../library/convert/in-place.ts';
import { makeFile, type MakeParts } from '../library/convert/make-file.ts';
import { linkedTo, linksAmong, playlistsBelow } from '../library/links.ts';
import { songsOf, type LibrarySong } from '../library/songs.ts';
import { atOnce } from '../system/at-once.ts';
import type { Clock } from '../system/clock.ts';
import { asFileError } from '../system/file-errors.ts';
import type { Log } from '../system/log.ts';
import { changeLibrary, type LibraryRunEnd } from './library-run.ts';

/** What converting takes from outside. */
export interface ConvertDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly config: Pick<Config, 'output_dir' | 'trash_days'>;
  readonly ffmpegPath: () => Promise<string>;
  readonly ffmpegExtraArgs: readonly string[];
  readonly silenceMs: number;
  /** Conversions at the same time. */
  readonly cores: number;
}

/** Told while songs are converted. */
export type ConvertEvent =
  | { readonly type: 'begun'; readonly song: LibrarySong }
  | { readonly type: 'part'; readonly song: LibrarySong; readonly fraction: number }
  | { readonly type: 'ended'; readonly song: LibrarySong; readonly error?: HarmoniError };

export interface ConvertHooks {
  readonly signal: AbortSignal;
  readonly emit: (event: ConvertEvent) => void;
}

export interface ConvertEnd extends LibraryRunEnd {
  /** Old and new path of each file that was converted. */
  readonly done: readonly { readonly song: LibrarySong; readonly path: string; readonly sizeBytes: number }[];
  readonly failed: readonly { readonly song: LibrarySong; readonly error: HarmoniError }[];
}

/** Files that wait for the playlist files, which are written once for all of them. */
const mostWaiting = 25;

/**
 * Converts songs where they are, as a run of the history. Each is made and checked before anything in the library changes;
 * the old file goes to the trash. One failing song doesn't stop the rest. Whenever it is stopped, each song is there as it
 * was or as it will be, and the next run goes on.
 * @param unfinished of runs that were killed
 * @throws HarmoniError sync-running, library-busy; output-not-writable, disk-full
 */
export async function convertInPlace(
  deps: ConvertDeps,
  conversions: readonly Conversion[],
  unfinished: Renamed,
  { signal, emit }: ConvertHooks,
): Promise<ConvertEnd> {
  const { store } = deps;
  const library = deps.config.output_dir;
  const run = { kind: 'convert', title: titleOf(conversions), library } as const;
  const settings = { outputDir: library };
  const workFolder = workFolderOf(library, store.instance.id);
  const ended: Ended = { done: [], failed: [] };
  const end = await inWorkFolder({ store, settings, workFolder }, () =>
    changeLibrary(deps, run, async (changes, keep) => {
      const playlistFiles = await playlistsBelow(library);
      const parts: InPlaceParts = { ...deps, changes, settings, playlistFiles, workFolder };
      const stopper = new AbortController();
      const hooks = { signal: AbortSignal.any([signal, stopper.signal]), emit };
      const course = createCourse(parts, deps, hooks, ended);
      const stop = (thrown: unknown): void => {
        const error = toHarmoniError(asFileError(thrown, library));
        keep(error);
        stopper.abort(error);
      };
      await finishRenames(parts, unfinished)
        .then(() => convertAll(course, conversions, { deps, signal: hooks.signal, stop }))
        .catch(stop);
      // Also after Ctrl+C: what has its name is finished.
      await course.settle();
    }),
  );
  return { ...end, ...ended };
}

/** Each of them ends before this does. */
async function convertAll(
  course: ReturnType<typeof createCourse>,
  conversions: readonly Conversion[],
  {
    deps: { store, config, cores },
    signal,
    stop,
  }: {
    readonly deps: ConvertDeps;
    readonly signal: AbortSignal;
    readonly stop: (thrown: unknown) => void;
  },
): Promise<void> {
  const planOf = new Map(conversions.map((one) => [one.song, one]));
  const groups = await groupLinks([...planOf.keys()], songsOf(store, config.output_dir));
  await atOnce(groups, cores, async (group) => {
    const conversion = planOf.get(group.song);
    if (conversion !== undefined && !signal.aborted) await course.convert(group, conversion).catch(stop);
  });
}

/**
 * Links that the user made lead to files of their own, which stay as they are; and so does a file that would get another
 * name, and that links of the library lead to.
 * @param all the songs of the library
 */
export async function withoutLinks(
  { conversions, staying }: ConvertPlan,
  all: readonly LibrarySong[],
): Promise<ConvertPlan> {
  const links = await linksAmong(conversions.map(({ song }) => song.file.path));
  const linked = await linkedTo(all);
  const reasonOf = ({ song: { file }, plan }: Conversion): 'link' | 'linked' | undefined => {
    if (links.has(file.path)) return 'link';
    return linked.has(file.path) && file.format !== plan.extension ? 'linked' : undefined;
  };
  const kept = conversions.flatMap((one) => {
    const reason = reasonOf(one);
    return reason === undefined ? [] : [{ song: one.song, reason }];
  });
  const isKept = new Set(kept.map(({ song }) => song));
  return {
    conversions: conversions.filter(({ song }) => !isKept.has(song)),
    staying: [...staying, ...kept],
  };
}

/** What became of songs so far. */
interface Ended {
  readonly done: { song: LibrarySong; path: string; sizeBytes: number }[];
  readonly failed: { song: LibrarySong; error: HarmoniError }[];
}

/** Does the songs, and remembers what became of them. */
function createCourse(
  parts: InPlaceParts,
  deps: ConvertDeps,
  { signal, emit }: ConvertHooks,
  { done, failed }: Ended,
) {
  let waiting = new Map<string, string>();
  const make: MakeParts = {
    ...deps,
    ...parts,
    extraArgs: deps.ffmpegExtraArgs,
    tagger: createTagger(),
    signal,
  };

  async function settle(): Promise<void> {
    const now = waiting;
    waiting = new Map();
    await finishRenames(parts, now);
  }

  async function convertOne(group: SongGroup, { song, plan }: Conversion): Promise<void> {
    const { file } = song;
    if (!(await isAsIndexed(file)))
      throw new HarmoniError('file-gone', 'It was changed meanwhile.', staysFix);
    const lengthMs = file.durationMs ?? Number.POSITIVE_INFINITY;
    const onProgress = (doneMs: number): void =>
      emit({ type: 'part', song, fraction: Math.min(1, doneMs / lengthMs) });
    const made = await makeFile({ song, plan, onProgress }, make);
    if (!(await isAsIndexed(file)))
      throw new HarmoniError('file-gone', 'It was changed meanwhile.', staysFix);
    const renamed = await putMade(parts, group, made, plan.extension);
    for (const [old, path] of renamed) waiting.set(old, path);
    await rm(made.path, { force: true });
    for (const name of group.names) {
      const path = renamed.get(name) ?? name;
      done.push({ song, path, sizeBytes: parts.store.files.get(path)?.sizeBytes ?? 0 });
    }
  }

  return {
    settle,
    async convert(group: SongGroup, conversion: Conversion): Promise<void> {
      const { song } = conversion;
      emit({ type: 'begun', song });
      try {
        await convertOne(group, conversion);
        if (waiting.size >= mostWaiting) await settle();
        emit({ type: 'ended', song });
      } catch (thrown) {
        const error = toHarmoniError(asFileError(thrown, song.file.path));
        if (signal.aborted || scopeOf(error.code) === 'job') throw error;
        failed.push({ song, error });
        emit({ type: 'ended', song, error });
      }
    },
  };
}

const staysFix = { fix: 'It stays as it is. Run the same command again to try once more.' };

function titleOf(conversions: readonly Conversion[]): string {
  const formats = new Set(conversions.map(({ plan }) => plan.extension));
  return `${conversions.length === 1 ? '1 song' : `${conversions.length} songs`} to ${[...formats].join(', ')}`;
}
