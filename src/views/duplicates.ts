import { relative } from 'node:path';
import {
  findDuplicates,
  removeDuplicates,
  type DuplicateParts,
  type FoundDuplicates,
  type Removal,
  type RemovalEnd,
} from '../engine/duplicates.ts';
import { findSongs } from '../engine/library-songs.ts';
import { errorInJson, exitCodeOf, HarmoniError } from '../errors.ts';
import type { Copy, DuplicateGroup, Other } from '../library/duplicates/group.ts';
import { parseQuery } from '../library/query.ts';
import { nameOf } from '../library/songs.ts';
import { sizeText } from '../tracks/size-text.ts';
import { songs as counted } from '../tracks/song-count.ts';
import type { Output } from '../ui/output.ts';
import { back, type PickRow, type Prompter, type ToneLine } from '../ui/prompter.ts';
import { faultLines } from './fault-lines.ts';
import { fixOf } from './fix-of.ts';
import { noSongsText } from './no-songs.ts';
import { scanWithProgress, type ScanParts } from './scan-library.ts';

export interface DuplicatesViewParts extends ScanParts, DuplicateParts {
  readonly store: DuplicateParts['store'];
  readonly output: Output;
  readonly prompter: Prompter;
  readonly interactive: boolean;
}

export interface DuplicateOptions {
  readonly yes: boolean;
  readonly dryRun: boolean;
}

/**
 * Shows the copies of one recording that a library has, asks which ones may go, and moves them to the trash. Returns the
 * exit code. @throws HarmoniError usage
 */
export async function detectDuplicates(
  parts: DuplicatesViewParts,
  words: readonly string[],
  { yes, dryRun }: DuplicateOptions,
): Promise<number> {
  const { config, output } = parts;
  parseQuery(words);
  await scanWithProgress(parts, config.output_dir);
  const found = await find(parts, words);
  output.lines(found.groups.flatMap((group) => groupLines(group, config.output_dir)));
  const isForNone = (await findSongs(parts.store, config.output_dir, words)).length === 0;
  output.lines(isForNone ? [{ text: noSongsText(words, config.output_dir) }] : summaryLines(found));
  const isOver = dryRun || found.groups.length === 0;
  const chosen = isOver ? [] : await choose(parts, found.groups, yes);
  if (chosen === undefined) return exitCodeOf('cancelled');
  const end = chosen.length === 0 ? nothingDone : await remove(parts, chosen);
  output.lines(endLines(end, config.output_dir));
  output.document(asDocument(found, end));
  return end.stoppedBy === undefined ? 0 : exitCodeOf(end.stoppedBy.code);
}

const nothingDone: RemovalEnd = { id: undefined, removed: [], left: [], stoppedBy: undefined };

async function find(parts: DuplicatesViewParts, words: readonly string[]): Promise<FoundDuplicates> {
  const work = parts.beginWork();
  try {
    return await findDuplicates(parts, words, work.signal);
  } finally {
    work.done();
  }
}

async function remove(parts: DuplicatesViewParts, chosen: readonly Removal[]): Promise<RemovalEnd> {
  const { progress, beginWork } = parts;
  const work = beginWork();
  try {
    return await removeDuplicates(parts, chosen, {
      signal: work.signal,
      onProgress: (done) =>
        progress.draw({ title: 'Removing duplicates', done, total: chosen.length, failed: 0, lines: [] }),
    });
  } finally {
    progress.end();
    work.done();
  }
}

/** What may go; in a terminal the user ticks it, and may tick more. Undefined without an answer. @throws HarmoniError usage, where nobody can be asked */
async function choose(
  { prompter, interactive, config }: DuplicatesViewParts,
  groups: readonly DuplicateGroup[],
  yes: boolean,
): Promise<readonly Removal[] | undefined> {
  const all = groups.flatMap(({ keep, others }) => others.map((other) => ({ keep, other })));
  const sure = all.filter(({ other }) => other.keptBecause === undefined);
  const message = 'Which copies should go to the trash?';
  if (yes || !interactive) {
    if (yes || sure.length === 0) return sure.map(({ keep, other }) => ({ keep, copy: other.copy }));
    throw new HarmoniError('usage', `There's no terminal to ask in: ${message}`, {
      fix: 'Add --yes to move them to the trash, or --dry-run to only look.',
    });
  }
  const picked = await prompter.pick({
    message,
    rows: all.map((row) => rowOf(row, config.output_dir)),
    help: 'The best copy of each song stays, and playlists lead to it. You can undo this.',
  });
  return picked === back ? undefined : picked;
}

function rowOf(
  { keep, other }: { readonly keep: Copy; readonly other: Other },
  library: string,
): PickRow<Removal> {
  const { copy, keptBecause } = other;
  return {
    value: { keep, copy },
    name: `${relative(library, copy.song.file.path)} ${factsText(copy)}`,
    description: `Stays: ${relative(library, keep.song.file.path)} ${factsText(keep)}`,
    checked: keptBecause === undefined,
    ...(keptBecause === undefined ? {} : { mark: keptBecause }),
  };
}

/** "(mp3 192k, 4.9 MB)" */
function factsText({ song: { file } }: Copy): string {
  const rate = file.bitrateKbps === undefined ? '' : ` ${file.bitrateKbps}k`;
  return `(${file.format ?? 'audio'}${rate}, ${sizeText(file.sizeBytes)})`;
}

function groupLines({ keep, because, others }: DuplicateGroup, library: string): readonly ToneLine[] {
  const copies = [keep, ...others.map(({ copy }) => copy)];
  // One without tags has only the name of its file.
  const named = copies.find(({ song }) => song.facts.title !== undefined) ?? keep;
  const place = (copy: Copy): string => `${relative(library, copy.song.file.path)} ${factsText(copy)}`;
  return [
    { text: nameOf(named.song), tone: 'accent' },
    { text: `  keep    ${place(keep)}: ${because}`, tone: 'ok' },
    ...others.map(({ copy, evidence, keptBecause }): ToneLine => {
      const why = keptBecause === undefined ? evidence : `${evidence}, but ${keptBecause}`;
      return {
        text: `  ${keptBecause === undefined ? 'remove' : 'leave '}  ${place(copy)}: ${why}`,
        tone: keptBecause === undefined ? 'warn' : 'dim',
      };
    }),
  ];
}

function summaryLines({ groups, unheard }: FoundDuplicates): readonly ToneLine[] {
  const hint =
    unheard === 0
      ? []
      : [
          {
            text: `${counted(unheard)} could only be compared by tags. Run harmoni library scan --deep to compare by sound, too.`,
            tone: 'dim',
          } as const,
        ];
  if (groups.length === 0) return [{ text: 'No duplicates found.' }, ...hint];
  const sure = groups.flatMap(({ others }) => others.filter(({ keptBecause }) => keptBecause === undefined));
  const bytes = sure.reduce((sum, { copy }) => sum + copy.song.file.sizeBytes, 0);
  const text = `${counted(groups.length)} with duplicates: ${sure.length} can be removed (${sizeText(bytes)})`;
  return [{ text }, ...hint];
}

function endLines({ id, removed, left, stoppedBy }: RemovalEnd, library: string): readonly ToneLine[] {
  return [
    ...(removed.length === 0
      ? []
      : [
          {
            text: `Moved ${removed.length === 1 ? '1 file' : `${removed.length} files`} to the trash.`,
            tone: 'ok',
          } as const,
        ]),
    ...left.map((path): ToneLine => ({
      text: `Left alone: ${relative(library, path)} (changed since the scan)`,
      tone: 'warn',
    })),
    ...(stoppedBy === undefined ? [] : faultLines(stoppedBy, fixOf(stoppedBy))),
    ...(id === undefined ? [] : [{ text: `To take this back, run harmoni undo ${id}.` }]),
  ];
}

function asDocument({ groups, copies, heard }: FoundDuplicates, end: RemovalEnd): object {
  const inJson = ({ song, paths }: Copy): object => ({
    path: song.file.path,
    ...(paths.length > 1 ? { links: paths.slice(1) } : {}),
    format: song.file.format,
    bitrateKbps: song.file.bitrateKbps,
    sizeBytes: song.file.sizeBytes,
  });
  return {
    groups: groups.map(({ keep, because, others }) => ({
      keep: { ...inJson(keep), because },
      others: others.map(({ copy, evidence, keptBecause }) => ({
        ...inJson(copy),
        evidence,
        isRemovable: keptBecause === undefined,
        ...(keptBecause === undefined ? {} : { keptBecause }),
      })),
    })),
    ...(end.id === undefined ? {} : { run: end.id }),
    removed: end.removed,
    left: end.left,
    ...(end.stoppedBy === undefined ? {} : { stoppedBy: errorInJson(end.stoppedBy) }),
    summary: { files: copies, comparedBySound: heard, groups: groups.length, removed: end.removed.length },
  };
}
