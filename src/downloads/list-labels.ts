import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobList } from '../history/jobs.ts';
import type { ListRecord, ListRecords } from '../history/lists.ts';
import { exists, readPlainFile } from '../system/files.ts';
import { numberedName } from '../tracks/numbered-name.ts';
import { safeName } from './file-names.ts';
import { layoutOf, playlistsFolder } from './layout.ts';
import { isMarkOf, originIn } from './m3u8.ts';

/** Playlists of one name that are told apart; more are not looked for. */
const mostNumbers = 999;

export type KnownList = JobList & { readonly origin: string };

export interface LabelParts {
  /** Absolute. */
  readonly library: string;
  readonly template: string;
  readonly records: ListRecords;
  /** Whether an origin is that of another list of the job. */
  readonly isOther: (origin: string) => boolean;
}

/**
 * The name of a list in the library, which no other list there has. It keeps it for ever, also when it is called
 * something else, or lies somewhere else by another template.
 */
export async function labelOf(list: KnownList, parts: LabelParts): Promise<string> {
  const { library, records } = parts;
  const known = records.get(library, list.origin) ?? (await takeOver(list, parts));
  if (known !== undefined) return known.label;
  for (;;) {
    const label = await freeLabel(list, parts);
    if (records.add({ library, label, ...list })) return label;
    // Another HARMONI was faster: with this list, or with this label.
    const added = records.get(library, list.origin);
    if (added !== undefined) return added.label;
  }
}

/** A list that was read from a file which is gone since, or that HARMONI 2.0 knew by its name alone, is still the same. */
async function takeOver(
  list: KnownList,
  { library, records, isOther }: LabelParts,
): Promise<ListRecord | undefined> {
  for (const record of records.byName(library, list.name)) {
    if (isOther(record.origin)) continue;
    const isMoved =
      list.origin.startsWith('file:') &&
      record.origin.startsWith('file:') &&
      record.sourceFile !== undefined &&
      !(await exists(record.sourceFile));
    if (!isMoved && !record.origin.startsWith('name:')) continue;
    records.reassign(record, list);
    return record;
  }
  return undefined;
}

/** The list's name, with a number where another list has it; where the data folder was lost, playlist files tell. */
async function freeLabel(list: KnownList, { library, template, records }: LabelParts): Promise<string> {
  let free: string | undefined;
  for (let number = 1; number <= mostNumbers; number += 1) {
    const label = numberedName(safeName(list.name, 230), number);
    const { kind, folder } = layoutOf(template, label);
    const ownFolder = join(library, ...(kind === 'folder' ? folder : [label]));
    const files = [`${label}.m3u8`, join(playlistsFolder, `${label}.m3u8`)].map((file) =>
      join(library, file),
    );
    const marks = [...(await marksInFolder(ownFolder)), ...(await marksIn(files))];
    if (marks.some((mark) => isMarkOf(mark, list.origin))) return label;
    const [isFolderThere, ...areFilesThere] = await Promise.all([ownFolder, ...files].map(exists));
    // A folder can be shared with what the user has in it, a file cannot.
    const isTaken = kind !== 'folder' && areFilesThere.at(-1) === true;
    if (!isTaken && marks.length === 0 && records.byLabel(library, label) === undefined) free ??= label;
    const isNothingThere = isFolderThere !== true && !areFilesThere.includes(true);
    if (isNothingThere && free !== undefined) return free;
  }
  return free ?? numberedName(safeName(list.name, 230), mostNumbers + 1);
}

async function marksInFolder(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return marksIn(names.filter((name) => name.endsWith('.m3u8')).map((name) => join(folder, name)));
}

async function marksIn(files: readonly string[]): Promise<readonly string[]> {
  const marks: string[] = [];
  for (const file of files) {
    const content = await readPlainFile(file);
    const mark = content === undefined ? undefined : originIn(content.toString());
    if (mark !== undefined) marks.push(mark);
  }
  return marks;
}
