import { z } from 'zod';
import type { Clock } from '../system/clock.ts';
import { transaction, type Database } from '../system/database.ts';
import type { Instance } from '../system/lock.ts';
import type { TrackOutcome } from '../tracks/outcome.ts';
import type { SkippedRow, Track, TrackList } from '../tracks/track.ts';
import { checkStored, parseStored, storedOutcome, storedSkipped, storedTrack } from './stored.ts';

/** One row of a job. `position` counts from 0 over all lists. */
export interface JobTrack {
  readonly position: number;
  readonly list: number;
  /** False for rows that only keep their place in the m3u8. */
  readonly chosen: boolean;
  readonly track: Track;
  readonly outcome: TrackOutcome | undefined;
}

export interface JobList extends Pick<TrackList, 'origin' | 'sourceFile'> {
  readonly name: string;
  readonly folder: TrackList['folder'];
  readonly skipped: readonly SkippedRow[];
}

export interface Job {
  readonly id: number;
  readonly createdAt: number;
  /** What was asked for, as JSON of the downloads feature. */
  readonly settings: unknown;
  readonly lists: readonly JobList[];
  readonly tracks: readonly JobTrack[];
}

export interface OpenJob {
  readonly id: number;
  readonly createdAt: number;
  readonly names: readonly string[];
  readonly total: number;
  readonly finished: number;
}

export interface Jobs {
  /** Freezes what was chosen; the job is this process's own. */
  create(lists: readonly { list: TrackList; chosen: readonly boolean[] }[], settings: unknown): Job;
  /** Takes over a job that nobody works on. undefined when it is gone, ended or somebody's. */
  adopt(id: number): Job | undefined;
  /** Jobs that were interrupted and belong to no living HARMONI, newest first. */
  interrupted(): readonly OpenJob[];
  /** All rows of this list in the newest job that has it, chosen or not. */
  latestTracks(list: Pick<TrackList, 'name' | 'origin'>): readonly Track[];
  /** Tracks of this list that any job has put into the library, or found there. */
  fetchedTracks(list: Pick<TrackList, 'name' | 'origin'>): readonly Track[];
  /** Tracks with exactly this title in any job, newest first: all that their sources knew. */
  tracksTitled(title: string): readonly Track[];
  /** undefined: the track is still to come. */
  setOutcome(id: number, position: number, outcome: TrackOutcome | undefined): void;
  /** A file has another path now: jobs that aren't ended know it there. */
  moveFile(from: string, to: string): void;
  /** Ends the job. */
  end(id: number): void;
  /** Gives an unfinished job free for resume. */
  leave(id: number): void;
}

const folder = z.enum(['own', 'library']);

/** Ended jobs are kept for as many as this, for the record. */
const keptJobs = 50;

export function createJobs(database: Database, instance: Instance, clock: Clock): Jobs {
  const write = createJobWriter(database);
  const load = createJobReader(database);
  const readOwner = database.prepare('SELECT state, owner FROM jobs WHERE id = ?');
  const setOwner = database.prepare('UPDATE jobs SET owner = ? WHERE id = ?');
  const endJob = database.prepare(`UPDATE jobs SET state = 'ended', owner = NULL WHERE id = ?`);
  const setOutcome = database.prepare('UPDATE job_tracks SET outcome = ? WHERE job_id = ? AND position = ?');
  const moveFile = database.prepare(`
    UPDATE job_tracks SET outcome = json_set(outcome, '$.path', ?1)
    WHERE job_id IN (SELECT id FROM jobs WHERE state = 'open') AND outcome ->> '$.path' = ?2`);
  const forgetOld = database.prepare(
    `DELETE FROM jobs WHERE state = 'ended' AND id <= (SELECT max(id) FROM jobs) - ?`,
  );
  const openJobs = database.prepare(`
    SELECT id, created_at, owner,
      (SELECT json_group_array(name) FROM job_lists WHERE job_id = jobs.id) AS names,
      (SELECT count(*) FROM job_tracks WHERE job_id = jobs.id AND chosen = 1) AS total,
      (SELECT count(*) FROM job_tracks WHERE job_id = jobs.id AND chosen = 1 AND outcome IS NOT NULL) AS finished
    FROM jobs WHERE state = 'open' ORDER BY id DESC`);

  const isFree = (owner: unknown): boolean => typeof owner !== 'string' || !instance.isAlive(owner);

  return {
    create(lists, settings) {
      return transaction(database, () => {
        forgetOld.run(keptJobs);
        const id = write(lists, settings, instance.id, clock.now());
        return load(id);
      });
    },
    adopt(id) {
      return transaction(database, () => {
        const row = readOwner.get(id);
        if (row?.['state'] !== 'open' || !isFree(row['owner'])) return undefined;
        setOwner.run(instance.id, id);
        return load(id);
      });
    },
    interrupted: () =>
      openJobs
        .all()
        .filter((row) => isFree(row['owner']))
        .map(toOpenJob),
    ...createTrackMemory(database),
    setOutcome: (id, position, outcome) =>
      void setOutcome.run(outcome === undefined ? null : JSON.stringify(outcome), id, position),
    moveFile: (from, to) => void moveFile.run(to, from),
    end: (id) => void endJob.run(id),
    leave: (id) => void setOwner.run(null, id),
  };
}

/** Writes all rows of a new job, which belongs to `owner`; the answer is its id. */
function createJobWriter(
  database: Database,
): (lists: Parameters<Jobs['create']>[0], settings: unknown, owner: string, createdAt: number) => number {
  const insertJob = database.prepare(
    `INSERT INTO jobs (created_at, state, owner, settings) VALUES (?, 'open', ?, ?)`,
  );
  const insertList = database.prepare(
    'INSERT INTO job_lists (job_id, list, name, folder, skipped, origin, source_file) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const insertTrack = database.prepare(
    'INSERT INTO job_tracks (job_id, position, list, chosen, track) VALUES (?, ?, ?, ?, ?)',
  );
  return (lists, settings, owner, createdAt) => {
    const id = Number(insertJob.run(createdAt, owner, JSON.stringify(settings)).lastInsertRowid);
    let position = 0;
    for (const [number, { list, chosen }] of lists.entries()) {
      const { origin = null, sourceFile = null } = list;
      const skipped = JSON.stringify(list.skipped);
      insertList.run(id, number, list.name, list.folder, skipped, origin, sourceFile);
      for (const [index, track] of list.tracks.entries()) {
        insertTrack.run(id, position, number, chosen[index] === true ? 1 : 0, JSON.stringify(track));
        position += 1;
      }
    }
    return id;
  };
}

/** Reads a job with all its rows. */
function createJobReader(database: Database): (id: number) => Job {
  const readJob = database.prepare('SELECT * FROM jobs WHERE id = ?');
  const readLists = database.prepare('SELECT * FROM job_lists WHERE job_id = ? ORDER BY list');
  const readTracks = database.prepare('SELECT * FROM job_tracks WHERE job_id = ? ORDER BY position');
  return (id) => {
    const row = readJob.get(id) ?? {};
    return {
      id,
      createdAt: Number(row['created_at']),
      settings: parseStored(z.unknown(), row['settings']),
      lists: readLists.all(id).map((list) => ({
        name: String(list['name']),
        ...(typeof list['origin'] === 'string' ? { origin: list['origin'] } : {}),
        ...(typeof list['source_file'] === 'string' ? { sourceFile: list['source_file'] } : {}),
        folder: checkStored(folder, list['folder']),
        skipped: parseStored(storedSkipped, list['skipped']),
      })),
      tracks: readTracks.all(id).map((track) => ({
        position: Number(track['position']),
        list: Number(track['list']),
        chosen: track['chosen'] === 1,
        track: parseStored(storedTrack, track['track']),
        outcome: track['outcome'] === null ? undefined : parseStored(storedOutcome, track['outcome']),
      })),
    };
  };
}

function toOpenJob(row: Record<string, unknown>): OpenJob {
  return {
    id: Number(row['id']),
    createdAt: Number(row['created_at']),
    names: parseStored(z.array(z.string()), row['names']),
    total: Number(row['total']),
    finished: Number(row['finished']),
  };
}

/** What sources knew of their tracks, as the jobs keep it. */
function createTrackMemory(
  database: Database,
): Pick<Jobs, 'latestTracks' | 'fetchedTracks' | 'tracksTitled'> {
  const latest = database.prepare(`
    SELECT track FROM job_tracks JOIN
      (SELECT job_id, list FROM job_lists WHERE CASE WHEN ?2 IS NULL THEN name = ?1 AND origin IS NULL ELSE origin = ?2 END
        ORDER BY job_id DESC LIMIT 1) USING (job_id, list)
    ORDER BY position`);
  const fetched = database.prepare(`
    SELECT track FROM job_tracks JOIN job_lists USING (job_id, list)
    WHERE CASE WHEN ?2 IS NULL THEN name = ?1 AND origin IS NULL ELSE origin = ?2 END
      AND outcome ->> '$.status' IN ('done', 'present')`);
  const titled = database.prepare(
    `SELECT track FROM job_tracks WHERE track ->> '$.track' = ? ORDER BY job_id DESC, position LIMIT 100`,
  );
  return {
    latestTracks: ({ name, origin }) =>
      latest.all(name, origin ?? null).map((row) => parseStored(storedTrack, row['track'])),
    fetchedTracks: ({ name, origin }) =>
      fetched.all(name, origin ?? null).map((row) => parseStored(storedTrack, row['track'])),
    tracksTitled: (title) => titled.all(title).map((row) => parseStored(storedTrack, row['track'])),
  };
}
