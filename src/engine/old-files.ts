import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HarmoniError } from '../errors.ts';
import type { FailedTrack } from '../history/failures.ts';
import { findOldFiles, onceForOldFile, type OldFileName } from '../history/old-files.ts';
import type { Store } from '../history/store.ts';
import { readPlainFile } from '../system/files.ts';
import { redact } from '../system/redact.ts';
import { trackKeys } from '../tracks/identity.ts';
import { failureOf } from '../tracks/outcome.ts';
import { createJob } from './run.ts';
import { oldHistoryLength, oldSongs, oldSyncedFiles, type OldSong } from './old-file-shapes.ts';
import type { JobConfig } from './wish.ts';

export interface OldFilesParts {
  readonly store: Store;
  readonly clock: { now(): number };
  readonly config: JobConfig;
  readonly paths: { readonly data: string };
}

/** What came of one old file. */
export type OldFileEnd =
  | {
      readonly name: OldFileName;
      readonly kind: 'failures' | 'job' | 'synced' | 'history';
      readonly many: number;
    }
  | { readonly name: OldFileName; readonly kind: 'unreadable' | 'too large' };

/** A larger one was not written by HARMONI. */
const largestBytes = 32 * 2 ** 20;

/**
 * Takes over what HARMONI's first version left open, once per file, and leaves the files alone: songs that failed are
 * failures to retry, songs that were in progress a job to resume.
 * @throws HarmoniError, when the store can't be written
 */
export async function importOldFiles(parts: OldFilesParts): Promise<readonly OldFileEnd[]> {
  const ends: OldFileEnd[] = [];
  for (const name of findOldFiles(parts.paths.data)) {
    const path = join(parts.paths.data, name);
    const size = (await stat(path).catch(() => undefined))?.size ?? 0;
    const read = size > largestBytes ? undefined : readJson(await readPlainFile(path));
    const { end, work } = planFor(parts, name, read);
    const told: OldFileEnd = size > largestBytes ? { name, kind: 'too large' } : end;
    if (onceForOldFile(parts.store.database, name, parts.clock.now(), work)) ends.push(told);
  }
  return ends;
}

function readJson(bytes: Buffer | undefined): unknown {
  try {
    return bytes === undefined ? undefined : JSON.parse(bytes.toString().replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

const nothing = (): void => undefined;

function planFor(
  parts: OldFilesParts,
  name: OldFileName,
  content: unknown,
): { readonly end: OldFileEnd; readonly work: () => void } {
  const unreadable = { end: { name, kind: 'unreadable' }, work: nothing } as const;
  if (name === 'sync_state.json') {
    const many = oldSyncedFiles(content)?.length;
    return many === undefined ? unreadable : { end: { name, kind: 'synced', many }, work: nothing };
  }
  if (name === 'download_history.json') {
    const many = oldHistoryLength(content);
    return many === undefined ? unreadable : { end: { name, kind: 'history', many }, work: nothing };
  }
  const songs = oldSongs(content);
  if (songs === undefined) return unreadable;
  const isFailures = name === 'failed_downloads.json';
  return {
    end: { name, kind: isFailures ? 'failures' : 'job', many: songs.length },
    work: () => (isFailures ? addFailures(parts.store, songs, name) : addJob(parts, songs, name)),
  };
}

function addFailures({ failures }: Store, songs: readonly OldSong[], name: string): void {
  for (const { track, lastError } of songs) {
    const [key] = trackKeys(track);
    // What failed here since then is known better.
    if (key === undefined || failures.of(track).length > 0) continue;
    failures.add(key, { ...listOf(name), track, status: 'failed', failure: failureFrom(lastError) });
  }
}

const listOf = (name: string): Pick<FailedTrack, 'listName' | 'listFolder'> => ({
  listName: `Songs from ${name}`,
  listFolder: 'library',
});

function failureFrom(lastError: string): FailedTrack['failure'] {
  const message = lastError === '' ? 'The download failed.' : redact(lastError);
  return failureOf('download', new HarmoniError('download-failed', message));
}

function addJob({ store, config }: OldFilesParts, songs: readonly OldSong[], file: string): void {
  if (songs.length === 0) return;
  const { listName: name, listFolder: folder } = listOf(file);
  const tracks = songs.map(({ track }) => track);
  const list = { name, folder, tracks, skipped: [] };
  const chosen = tracks.map(() => true);
  store.jobs.leave(createJob(store.jobs, [{ list, chosen }], config, { accept: 'sure' }).id);
}
