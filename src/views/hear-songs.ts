import { availableParallelism } from 'node:os';
import { createTagger } from '../downloads/tag.ts';
import { workFolderOf } from '../downloads/work-folder.ts';
import type { OpenEarParts } from '../ear/open-ear.ts';
import { hearLibrary } from '../engine/hear-library.ts';
import type { EnrichEnd } from '../engine/enrich-library.ts';
import { findSongs } from '../engine/library-songs.ts';
import { errorInJson, exitCodeOf, HarmoniError } from '../errors.ts';
import type { Store } from '../history/store.ts';
import { songsOf, type LibrarySong } from '../library/songs.ts';
import { hasChromaprint, noChromaprint } from '../sound/chromaprint.ts';
import type { Clock } from '../system/clock.ts';
import { songs as counted } from '../tracks/song-count.ts';
import type { Prompter } from '../ui/prompter.ts';
import { endLines, heardCounts, heardLines, type HeardSong } from './heard-songs-text.ts';
import { leftAloneLines } from './own-files-text.ts';
import type { ScanSongsParts } from './scan-songs.ts';

export type HearSongsParts = ScanSongsParts &
  OpenEarParts & {
    readonly store: Store;
    readonly clock: Clock;
    readonly config: { readonly output_dir: string; readonly trash_days: number };
    readonly prompter: Pick<Prompter, 'confirm'>;
  };

export interface HearSongsOptions {
  /** Whether files are heard, and get a tag, that HARMONI didn't download. */
  readonly includeOwn: boolean;
  /** Somebody can be asked whether to begin. */
  readonly isAsked: boolean;
}

export interface HearSongsEnd {
  /** For the JSON document. */
  readonly document: object;
  /** Undefined where all was heard that could be. */
  readonly exitCode: number | undefined;
}

/**
 * Compares the songs that a query means, and that weren't heard before, with official previews, and writes the verdicts into
 * their tags, whatever the setting says but `never`. undefined comes back where the user said no.
 * @throws HarmoniError usage where the setting is never, or this ffmpeg makes no fingerprints; ffmpeg-missing, library-busy
 */
export async function hearSongs(
  parts: HearSongsParts,
  words: readonly string[],
  { includeOwn, isAsked }: HearSongsOptions,
): Promise<HearSongsEnd | undefined> {
  const { store, config, output, prompter } = parts;
  const ffmpegPath = await requireEar(parts);
  const library = config.output_dir;
  const all = await findSongs(store, library, words);
  const own = all.filter(({ file }) => includeOwn || file.downloaded);
  const open = own.filter(({ facts, file }) => facts.heard === undefined && file.fault === undefined);
  output.lines(leftAloneLines(all.length - own.length));
  if (open.length === 0) return { document: documentOf([], undefined), exitCode: undefined };
  const question = {
    message: `Compare ${counted(open.length)} with official 30-second previews from Deezer?`,
    default: true,
    help: "Deezer gets the ISRC of each song, and its artist and title if that finds nothing. Previews aren't kept. It takes about a second for each song. The result is written into the song's tags, and harmoni undo takes it back.",
  };
  if (isAsked && (await prompter.confirm(question)) !== true) return undefined;
  const heard: HeardSong[] = [];
  const end = await hearAll(parts, ffmpegPath, { open, words, heard });
  output.lines([...heardLines(heard), ...endLines(heard, end)]);
  return { document: documentOf(heard, end), exitCode: exitCodeAfter(end) };
}

/** The ffmpeg that makes fingerprints. */
async function requireEar({ config, tools }: HearSongsParts): Promise<string> {
  if (config.verify_by_ear === 'never') {
    throw new HarmoniError('usage', "verify_by_ear is never, so HARMONI doesn't compare songs.", {
      fix: 'Run harmoni config set verify_by_ear uncertain first.',
    });
  }
  const ffmpegPath = await tools.ffmpegPath();
  if (await hasChromaprint(ffmpegPath)) return ffmpegPath;
  throw new HarmoniError('usage', noChromaprint.message, { fix: noChromaprint.fix });
}

async function hearAll(
  parts: HearSongsParts,
  ffmpegPath: string,
  { open, words, heard }: { open: readonly LibrarySong[]; words: readonly string[]; heard: HeardSong[] },
): Promise<EnrichEnd> {
  const { store, config, clock, progress } = parts;
  const library = config.output_dir;
  const meant = new Set(open.map(({ file }) => file.path));
  const startMs = clock.monotonicMs();
  const work = parts.beginWork();
  const ear = await parts.openEar();
  const run = {
    ...{ store, clock, library, ear, ffmpegPath },
    tagger: createTagger(),
    workFolder: workFolderOf(library, store.instance.id),
    trashDays: config.trash_days,
    cores: availableParallelism(),
  };
  try {
    return await hearLibrary(run, songsOf(store, library), {
      title: words.length === 0 ? 'your library' : words.join(' '),
      signal: work.signal,
      isMeant: ({ file }) => meant.has(file.path),
      onHeard(song, found) {
        heard.push({ song, heard: found });
        const [done, total] = [heard.length, open.length];
        const etaMs = ((clock.monotonicMs() - startMs) / done) * (total - done);
        const title = 'Comparing with previews';
        progress.draw({ title, done, total, failed: 0, lines: [], queue: heardCounts(heard), etaMs });
      },
    });
  } finally {
    progress.end();
    ear.end();
    work.done();
  }
}

function exitCodeAfter({ stoppedBy, stopped, left }: EnrichEnd): number | undefined {
  if (stoppedBy !== undefined) return exitCodeOf(stoppedBy.code);
  return stopped.length > 0 || left.length > 0 ? 1 : undefined;
}

function documentOf(heard: readonly HeardSong[], end: EnrichEnd | undefined): object {
  const errors = [...(end?.stopped ?? []), ...(end?.stoppedBy === undefined ? [] : [end.stoppedBy])];
  return {
    run: end?.id ?? null,
    songs: heard.map((one) => ({ path: one.song.file.path, ...one.heard })),
    left: end?.left ?? [],
    stopped: errors.map(errorInJson),
  };
}
