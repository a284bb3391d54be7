import { parse } from 'node:path';
import { cleanText } from './clean-text.ts';
import { table } from './csv-list.ts';
import type { FileFormat } from './file-format.ts';
import { itunesLibrary } from './itunes-library.ts';
import { jsonFormat } from './json-format.ts';
import { m3uList } from './m3u-list.ts';
import { textList } from './text-list.ts';

/** All kinds of files with lists. What a file begins with counts before its name; a text of no other kind is the last. */
export const fileFormats: readonly FileFormat[] = [jsonFormat, itunesLibrary, m3uList, table, textList];

/** The format of a text, by how it begins and what it is called; undefined where neither says. */
export function knownFormat(fileName: string, head: string): FileFormat | undefined {
  return (
    fileFormats.find((format) => format.begins(head)) ??
    fileFormats.find((format) => format.names.test(fileName))
  );
}

/** Whether a file of this name is a list, as far as its name tells. */
export function isListName(fileName: string): boolean {
  return fileFormats.some((format) => format.names.test(fileName));
}

/** What a list is called whose file is called so. */
export function listNameOf(fileName: string): string {
  const name = isListName(fileName) ? parse(fileName).name : fileName;
  return cleanText(name) || 'Playlist';
}
