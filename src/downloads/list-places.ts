import { realpath } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { JobList } from '../history/jobs.ts';
import type { ListRecords } from '../history/lists.ts';
import { isBelow } from '../system/files.ts';
import type { Track } from '../tracks/track.ts';
import { namePartsOf, numbered } from './file-names.ts';
import { isNamedFor, layoutOf, type ListLayout } from './layout.ts';
import { labelOf } from './list-labels.ts';
import type { JobSettings } from './settings.ts';

/** Where the songs of one list of a job go. */
export interface ListPlace {
  readonly origin: string;
  /** Its name in the library, which no other list has; undefined for songs that belong to no list. */
  readonly label: string | undefined;
  readonly layout: ListLayout;
  /** What its songs share; absolute. */
  readonly folder: string;
  /** Without links, as far as it is there. */
  readonly realFolder: string;
}

type PlaceSettings = Pick<JobSettings, 'outputDir' | 'fileNameTemplate'>;

/** Gives each list its place. Two lists never have the same. */
export async function placeLists(
  lists: readonly JobList[],
  { outputDir: library, fileNameTemplate: template }: PlaceSettings,
  records: ListRecords,
): Promise<readonly ListPlace[]> {
  const places: ListPlace[] = [];
  const nameless = new Map<string, number>();
  for (const list of lists) {
    let origin = list.origin;
    if (origin === undefined) {
      const times = (nameless.get(list.name) ?? 0) + 1;
      nameless.set(list.name, times);
      origin = `name:${list.name}${times === 1 ? '' : `#${times}`}`;
    }
    // Each list of a job is one of its own.
    const isOther = (known: string): boolean =>
      lists.some((one) => one.origin === known) || places.some((one) => one.origin === known);
    const label =
      list.folder === 'library'
        ? undefined
        : await labelOf({ ...list, origin }, { library, template, records, isOther });
    const layout = layoutOf(template, label);
    const folder = join(library, ...layout.folder);
    places.push({ origin, label, layout, folder, realFolder: await realpath(folder).catch(() => folder) });
  }
  return places;
}

/** The path of a song of a list, absolute; with a number from the second attempt on. Pure. */
export function songPath(
  { outputDir, fileNameTemplate }: PlaceSettings,
  place: Pick<ListPlace, 'label'> | undefined,
  track: Track,
  extension: string,
  attempt: number,
): string {
  const parts = namePartsOf(fileNameTemplate, track, place?.label, extension);
  return join(outputDir, ...numbered(parts, extension, attempt));
}

/**
 * Of a track's files in the library the one that is this list's own, also where a link leads to it; undefined where the
 * list wants a place of its own and has none yet. One that stays where it is, is every list's own.
 */
export async function fileOfList<File extends { readonly path: string; readonly stays?: boolean }>(
  files: readonly File[],
  place: ListPlace,
  track: Track,
  settings: PlaceSettings,
): Promise<File | undefined> {
  return (await placedFor(files, place, track, settings)) ?? files.find(({ stays }) => stays === true);
}

async function placedFor<File extends { readonly path: string }>(
  files: readonly File[],
  place: ListPlace,
  track: Track,
  { outputDir, fileNameTemplate }: PlaceSettings,
): Promise<File | undefined> {
  const { label, layout, folder, realFolder } = place;
  if (label === undefined) return files[0];
  switch (layout.kind) {
    case 'shared':
      // A library that had a folder per list before: what lies there goes with the list.
      return files.find(({ path }) => isBelow(path, join(outputDir, label))) ?? files[0];
    case 'apart':
      return files.find(({ path }) =>
        isNamedFor(fileNameTemplate, label, track, relative(outputDir, path).split(sep)),
      );
    case 'folder':
      for (const file of files) {
        if (isBelow(file.path, folder)) return file;
        const real = await realpath(dirname(file.path)).catch(() => undefined);
        if (real === realFolder || (real !== undefined && isBelow(real, realFolder))) return file;
      }
      return undefined;
  }
}
