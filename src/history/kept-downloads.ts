import { z } from 'zod';
import type { Database } from '../system/database.ts';
import { parseStored } from './stored.ts';

/** Streams that were fetched and not finished when their job was stopped. What is said of one is the job's own. */
export interface KeptDownloads {
  put(jobId: number, position: number, download: unknown): void;
  /** What was kept for a track of a job, once. */
  take(jobId: number, position: number): unknown;
}

export function createKeptDownloads(database: Database): KeptDownloads {
  const write = database.prepare(
    'INSERT OR REPLACE INTO kept_downloads (job_id, position, download) VALUES (?, ?, ?)',
  );
  const read = database.prepare('SELECT download FROM kept_downloads WHERE job_id = ? AND position = ?');
  const remove = database.prepare('DELETE FROM kept_downloads WHERE job_id = ? AND position = ?');
  return {
    put: (jobId, position, download) => void write.run(jobId, position, JSON.stringify(download)),
    take(jobId, position) {
      const row = read.get(jobId, position);
      if (row === undefined) return undefined;
      remove.run(jobId, position);
      return parseStored(z.unknown(), row['download']);
    },
  };
}
