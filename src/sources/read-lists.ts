import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { HarmoniError } from '../errors.ts';
import type { TrackList } from '../tracks/track.ts';
import type { ListInFile } from './collect-rows.ts';
import { decodeText, withLineFeeds } from './decode-text.ts';
import { emptyList } from './empty-list.ts';
import { knownFormat, listNameOf } from './file-formats.ts';
import { isOfTakeout } from './find-lists.ts';
import { jsonFormat } from './json-format.ts';
import { bounded, type InputFile, refuseLarge } from './read-file.ts';
import type { ReadOptions } from './source.ts';
import { textList } from './text-list.ts';

/**
 * The lists in one file, by what it is. What list one is, its file's place and its own name say.
 * @throws HarmoniError source-empty where there is no song in it, but for a file of the account export
 */
export async function readListFile(file: InputFile, options: ReadOptions): Promise<readonly TrackList[]> {
  refuseLarge(file);
  const timesNamed = new Map<string, number>();
  return (await readText(file, options)).map((list) => {
    const times = (timesNamed.get(list.origin ?? '') ?? 0) + 1;
    timesNamed.set(list.origin ?? '', times);
    const own = list.origin === undefined ? [] : [list.origin, String(times)];
    const place = [file.path, file.inside ?? '', ...own].join('\0');
    const origin = `file:${createHash('sha256').update(place).digest('hex').slice(0, 24)}`;
    return { ...list, origin, sourceFile: file.path };
  });
}

/**
 * The lists in a text: a file's, a pipe's.
 * @throws HarmoniError as `readListFile`
 */
export async function readText(
  file: Omit<InputFile, 'sizeBytes'>,
  options: ReadOptions,
): Promise<readonly ListInFile[]> {
  const bytes = bounded(file.open(options.signal), file.name);
  const pieces = withLineFeeds(decodeText(bytes, file.name));
  try {
    const first = await pieces.next();
    const head = first.done === true ? '' : first.value;
    const format = knownFormat(file.name, head) ?? textList;
    const lists = await format.read({
      ...options,
      name: listNameOf(file.name),
      fileName: file.name,
      text: joined(head, pieces),
      folder: file.inside === undefined && file.path !== '' ? dirname(file.path) : undefined,
    });
    if (format !== jsonFormat && lists.every(({ tracks }) => tracks.length === 0)) {
      throw emptyList(
        file.name,
        lists.flatMap(({ skipped }) => skipped),
      );
    }
    return lists;
  } finally {
    await pieces.return(undefined);
  }
}

async function* joined(head: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield head;
  yield* rest;
}

/**
 * The lists in many files. One that cannot be read costs only itself: it is an empty list whose row 0 says why.
 * @throws HarmoniError when no file has a song
 */
export async function readListFiles(
  files: readonly InputFile[],
  label: string,
  options: ReadOptions,
): Promise<readonly TrackList[]> {
  const lists: TrackList[] = [];
  const failures: HarmoniError[] = [];
  for (const file of files) {
    try {
      lists.push(...(await readListFile(file, options)));
    } catch (error) {
      if (!(error instanceof HarmoniError)) throw error;
      failures.push(error);
      if (error.code === 'source-empty' && isOfTakeout(file)) continue;
      const skipped = [{ row: 0, reason: error.message, text: file.name }];
      lists.push({ name: listNameOf(file.name), tracks: [], skipped, folder: 'own' });
    }
  }
  if (lists.some(({ tracks }) => tracks.length > 0)) return lists;
  const [first, second] = failures;
  if (first !== undefined && (second === undefined || failures.length === files.length)) throw first;
  throw emptyList(
    label,
    lists.flatMap(({ skipped }) => skipped),
  );
}
