import type { ListRecord } from '../history/lists.ts';
import type { Store } from '../history/store.ts';
import { exists, readPlainFile, sha256 } from '../system/files.ts';
import type { Track } from '../tracks/track.ts';
import type { JobParts } from './job-parts.ts';
import { placeLists } from './list-places.ts';
import { writePlaylists } from './lists.ts';
import type { JobSettings } from './settings.ts';

export type RewriteParts = Pick<JobParts, 'clock' | 'log' | 'changes'> & {
  readonly store: Pick<Store, 'jobs' | 'lists' | 'files'>;
  readonly settings: Pick<JobSettings, 'outputDir' | 'fileNameTemplate'>;
};

/**
 * Brings playlist files up to date with the library, without a download: each has the songs of its list, as it was read
 * last, that are there. One that the user edited is left alone. Returns their paths.
 */
export async function rewritePlaylists(
  parts: RewriteParts,
  isWanted: (record: ListRecord, tracks: readonly Track[]) => boolean,
): Promise<readonly string[]> {
  const { store, settings } = parts;
  const chosen: { record: ListRecord; tracks: readonly Track[] }[] = [];
  for (const record of store.lists.withPlaylist(settings.outputDir)) {
    const tracks = store.jobs.latestTracks(listOf(record));
    if (tracks.length > 0 && isWanted(record, tracks) && (await isAsWritten(record))) {
      chosen.push({ record, tracks });
    }
  }
  const lists = chosen.map(({ record }) => ({ ...listOf(record), folder: 'own', skipped: [] }) as const);
  const rows = chosen.flatMap(({ tracks }, list) => tracks.map((track) => ({ list, track })));
  const tracks = rows.map((row, position) => ({ ...row, position, chosen: false, outcome: undefined }));
  const places = await placeLists(lists, settings, store.lists);
  const job = { id: 0, createdAt: 0, settings: undefined, lists, tracks };
  return [...(await writePlaylists({ ...parts, job, places }, new Map())).values()];
}

/** A list as its jobs know it: without an origin it's known by its name. Pure. */
export function listOf({ name, origin, sourceFile }: ListRecord): {
  name: string;
  origin?: string;
  sourceFile?: string;
} {
  if (origin === `name:${name}`) return { name };
  return { name, origin, ...(sourceFile === undefined ? {} : { sourceFile }) };
}

/** Whether a playlist file says what HARMONI wrote last, or is gone. */
export async function isAsWritten({ playlistFile, playlistSha256 }: ListRecord): Promise<boolean> {
  if (playlistFile === undefined || !(await exists(playlistFile))) return true;
  const content = await readPlainFile(playlistFile);
  return content !== undefined && sha256(content) === playlistSha256;
}
