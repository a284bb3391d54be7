import { relative } from 'node:path';
import { createTagger } from '../downloads/tag.ts';
import { workFolderOf } from '../downloads/work-folder.ts';
import { enrichLibrary, type EnrichEnd, type EnrichProgress } from '../engine/enrich-library.ts';
import { libraryEnrichers, type LibraryEnricherParts } from '../engine/library-enrichers.ts';
import { findSongs } from '../engine/library-songs.ts';
import { errorInJson, exitCodeOf } from '../errors.ts';
import { settleLost } from '../history/settle.ts';
import type { Store } from '../history/store.ts';
import type { LibraryEnricher } from '../library/enrich/library-enricher.ts';
import type { Shown } from '../library/enrich/find-tags.ts';
import { parseQuery } from '../library/query.ts';
import { songsOf } from '../library/songs.ts';
import type { EnrichKind } from '../tracks/enrich-kind.ts';
import { songs as counted } from '../tracks/song-count.ts';
import type { Output } from '../ui/output.ts';
import type { Prompter } from '../ui/prompter.ts';
import { enrichLines } from './enrich-text.ts';
import { noSongsText } from './no-songs.ts';
import { leftAloneLines } from './own-files-text.ts';
import { scanWithProgress, type ScanParts } from './scan-library.ts';

export interface EnrichViewParts extends ScanParts, LibraryEnricherParts {
  readonly store: Store;
  readonly config: LibraryEnricherParts['config'] & {
    readonly output_dir: string;
    readonly trash_days: number;
    readonly file_name_template: string;
    readonly cover_file: boolean;
  };
  readonly output: Output;
  readonly prompter: Pick<Prompter, 'confirm'>;
}

export interface EnrichViewOptions {
  readonly only: readonly EnrichKind[] | undefined;
  /** Whether files get tags that HARMONI didn't download. */
  readonly includeOwn: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
}

/** Adds to songs what they lack. Returns the exit code. @throws HarmoniError usage, output-not-writable, disk-full */
export async function addMetadata(
  parts: EnrichViewParts,
  words: readonly string[],
  { only, includeOwn, yes, dryRun }: EnrichViewOptions,
): Promise<number> {
  const { store, config, output } = parts;
  const library = config.output_dir;
  parseQuery(words);
  await settleLost(store);
  await scanWithProgress(parts, library);
  const all = await findSongs(store, library, words);
  const songs = all.filter(({ file }) => includeOwn || file.downloaded);
  const meant = new Set(songs.map(({ file }) => file.path));
  const enrichers = libraryEnrichers(parts, only);
  output.lines([
    ...(all.length === 0
      ? [{ text: noSongsText(words, library) }]
      : introduction(meant.size, enrichers, config.musicbrainz)),
    ...leftAloneLines(all.length - songs.length),
  ]);
  const found: Shown[] = [];
  const work = parts.beginWork();
  const end = await enrichLibrary(
    {
      ...parts,
      library,
      tagger: createTagger(),
      workFolder: workFolderOf(library, store.instance.id),
      trashDays: config.trash_days,
      coverTemplate: config.cover_file ? config.file_name_template : undefined,
    },
    songsOf(store, library),
    ({ file }) => meant.has(file.path),
    {
      title: words.length === 0 ? 'your library' : words.join(' '),
      enrichers,
      signal: work.signal,
      isDryRun: dryRun,
      onProgress: progressIn(parts),
      onFound: (some) => found.push(...some),
      mayWrite: async (some, songsLeft) => {
        parts.progress.end();
        output.lines(enrichLines(some));
        return yes || (await parts.prompter.confirm(question(some.length, songsLeft))) === true;
      },
    },
  ).finally(() => {
    parts.progress.end();
    work.done();
  });
  return report(parts, { end, found, dryRun, isForNone: meant.size === 0 });
}

function introduction(
  many: number,
  enrichers: readonly LibraryEnricher[],
  musicbrainz: boolean,
): readonly { text: string; tone?: 'dim' }[] {
  return [
    { text: `Looking for what ${counted(many)} ${many === 1 ? 'lacks' : 'lack'}:` },
    ...enrichers.map(({ adds }) => ({ text: `  ${adds}`, tone: 'dim' as const })),
    ...(musicbrainz || enrichers.some(({ adds }) => adds.includes('MusicBrainz'))
      ? []
      : [
          {
            text: '  (MusicBrainz is off: harmoni config set musicbrainz true, or --only facts)',
            tone: 'dim' as const,
          },
        ]),
  ];
}

function question(many: number, left: number) {
  const rest = left === 0 ? '' : `, and what is found for the other ${counted(left)}`;
  return {
    message: `Write this into ${counted(many)}${rest}?`,
    default: true,
    help: 'Tags that are there stay as they are, and the sound is not touched. harmoni undo takes all of it back.',
  };
}

function progressIn({
  progress,
  clock,
}: Pick<EnrichViewParts, 'progress' | 'clock'>): (now: EnrichProgress) => void {
  const startMs = clock.monotonicMs();
  return ({ step, done, total, written }) => {
    const workedMs = clock.monotonicMs() - startMs;
    const eta = done === 0 ? {} : { etaMs: (workedMs / done) * (total - done) };
    const title = step === 'writing' ? `Adding metadata (${written} written)` : 'Looking up metadata';
    progress.draw({ title, done, total, failed: 0, lines: [], ...eta });
  };
}

function report(
  { output, config }: EnrichViewParts,
  {
    end,
    found,
    dryRun,
    isForNone,
  }: {
    readonly end: EnrichEnd;
    readonly found: readonly Shown[];
    readonly dryRun: boolean;
    /** No song was meant, which is told already. */
    readonly isForNone: boolean;
  },
): number {
  const { written, left, stopped, stoppedBy, id, isDeclined } = end;
  for (const { message } of stopped) {
    output.lines([{ text: `${message} Run it again later for the rest.`, tone: 'warn' }]);
  }
  if (dryRun) output.lines(enrichLines(found));
  output.lines([
    ...left.map(({ path, why }) => {
      return { text: `Left alone: ${relative(config.output_dir, path)}: ${why}`, tone: 'warn' } as const;
    }),
    ...(isForNone || (isDeclined && !dryRun)
      ? []
      : found.length === 0 && stoppedBy === undefined
        ? [{ text: 'Nothing new was found.' }]
        : dryRun
          ? [{ text: `Would write into ${counted(found.length)}.` }]
          : [{ text: `Added metadata to ${counted(written.length)}.`, tone: 'ok' } as const]),
    ...(stoppedBy === undefined ? [] : [{ text: stoppedBy.message, tone: 'fail' } as const]),
    ...(stoppedBy === undefined ? [] : [{ text: 'What was written is kept. Run it again to continue.' }]),
    ...(id === undefined ? [] : [{ text: `To take this back, run harmoni undo ${id}.` }]),
  ]);
  const done = new Set(written.map(({ song }) => song.file.path));
  output.document({
    dryRun,
    run: id ?? null,
    songs: found.map((one) => ({
      path: one.song.file.path,
      changes: one.changes,
      cover: one.cover?.source ?? null,
      lrc: one.lrc !== undefined,
      written: done.has(one.song.file.path),
    })),
    left,
    summary: { written: written.length, unchanged: end.unchanged, left: left.length },
    stopped: [...stopped, ...(stoppedBy === undefined ? [] : [stoppedBy])].map(errorInJson),
  });
  if (stoppedBy !== undefined) return exitCodeOf(stoppedBy.code);
  if (isDeclined && !dryRun) return exitCodeOf('cancelled');
  return left.length > 0 || stopped.length > 0 ? 1 : 0;
}
