import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobList } from '../history/jobs.ts';
import type { ListRecord, ListRecords } from '../history/lists.ts';
import { exists, readPlainFile } from '../system/files.ts';
import { numberedName, safeName } from './file-names.ts';
import { isMarkOf, originIn } from './m3u8.ts';
import type { JobSettings } from './settings.ts';

/** Where the songs of one list of a job go. */
export interface ListPlace {
  readonly origin: string;
  /** Its name in the library, which no other list has. */
  readonly label: string;
  /** Absolute. */
  readonly folder: string;
  /** Without links, as far as it is there. */
  readonly realFolder: string;
}

/** Playlists of one name that are told apart; more are not looked for. */
const mostNumbers = 999;

/**
 * Gives each list its place: the library itself for single songs and where the template names the list, else a folder.
 * A list keeps its label for ever, also under another name; two lists of one name never share it.
 */
export async function placeLists(
  lists: readonly JobList[],
  settings: Pick<JobSettings, 'outputDir' | 'fileNameTemplate'>,
  records: ListRecords,
): Promise<readonly ListPlace[]> {
  const inTemplate = settings.fileNameTemplate.includes('{list}');
  const places: ListPlace[] = [];
  const nameless = new Map<string, number>();
  for (const list of lists) {
    let origin = list.origin;
    if (origin === undefined) {
      const times = (nameless.get(list.name) ?? 0) + 1;
      nameless.set(list.name, times);
      origin = `name:${list.name}${times === 1 ? '' : `#${times}`}`;
    }
    const label =
      list.folder === 'library'
        ? list.name
        : await labelOf({ ...list, origin }, settings.outputDir, inTemplate, {
            records,
            // Each list of a job is one of its own.
            isOther: (known) =>
              lists.some((one) => one.origin === known) || places.some((one) => one.origin === known),
          });
    const own = list.folder === 'own' && !inTemplate;
    const folder = own ? join(settings.outputDir, label) : settings.outputDir;
    places.push({ origin, label, folder, realFolder: await realpath(folder).catch(() => folder) });
  }
  return places;
}

type KnownList = JobList & { readonly origin: string };

interface Known {
  readonly records: ListRecords;
  /** Whether an origin is that of another list of the job. */
  readonly isOther: (origin: string) => boolean;
}

async function labelOf(
  list: KnownList,
  library: string,
  inTemplate: boolean,
  { records, isOther }: Known,
): Promise<string> {
  const known = records.get(library, list.origin) ?? (await takeOver(list, library, { records, isOther }));
  if (known !== undefined) return known.label;
  for (;;) {
    const label = await freeLabel(list, library, inTemplate, records);
    if (records.add({ library, label, ...list })) return label;
    // Another HARMONI was faster: with this list, or with this label.
    const added = records.get(library, list.origin);
    if (added !== undefined) return added.label;
  }
}

/** A list that was read from a file which is gone since, or that HARMONI 2.0 knew by its name alone, is still the same. */
async function takeOver(
  list: KnownList,
  library: string,
  { records, isOther }: Known,
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
async function freeLabel(
  list: KnownList,
  library: string,
  inTemplate: boolean,
  records: ListRecords,
): Promise<string> {
  let free: string | undefined;
  for (let number = 1; number <= mostNumbers; number += 1) {
    const label = numberedName(safeName(list.name, 230), number);
    const marks = inTemplate
      ? await marksIn([join(library, `${label}.m3u8`)])
      : await marksInFolder(join(library, label));
    if (marks.some((mark) => isMarkOf(mark, list.origin))) return label;
    if (records.byLabel(library, label) === undefined && marks.length === 0) free ??= label;
    const isTaken = await exists(join(library, inTemplate ? `${label}.m3u8` : label));
    if (!isTaken && free !== undefined) return free;
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
