import { z } from 'zod';
import type { Clock } from '../system/clock.ts';
import type { Database, Row } from '../system/database.ts';
import type { Instance } from '../system/lock.ts';
import { stepKinds, type StepKind } from './steps.ts';
import { checkStored, parseStored } from './stored.ts';

const runKinds = [
  ...(['download', 'retry', 'redo', 'sync', 'undo', 'restore'] as const),
  ...(['organise', 'duplicates', 'enrich', 'hear', 'convert', 'repair', 'adopt'] as const),
] as const;
export type RunKind = (typeof runKinds)[number];

export interface NewRun {
  readonly kind: RunKind;
  /** What people know it by: the names of the lists. */
  readonly title: string;
  /** Absolute. */
  readonly library: string;
  /** A job that is resumed goes on with its run. */
  readonly jobId?: number | undefined;
  /** The run that this one takes back. */
  readonly undoes?: number | undefined;
}

export interface Run extends NewRun {
  readonly id: number;
  readonly startedAt: number;
  readonly endedAt?: number | undefined;
  /** A living HARMONI is at it. */
  readonly isRunning: boolean;
  /** How many steps of each kind it took. */
  readonly counts: Readonly<Partial<Record<StepKind, number>>>;
  /** Steps that can be taken back, as far as the journal knows. */
  readonly open: number;
}

/** What was done to libraries, as a whole each time. */
export interface Runs {
  /** Begins a run, or goes on with the one of this job. Returns its number. */
  begin(run: NewRun): number;
  /** Ends it; a run that changed nothing is forgotten. */
  end(run: number): void;
  /** Newest first. */
  runs(most: number): readonly Run[];
  run(id: number): Run | undefined;
  /** Runs that moved files of a library, and whose moves no playlist file may follow yet: the first one first. */
  dueRuns(library: string): readonly number[];
  /** The playlist files of a library follow everything that was moved. */
  setPlaylistsFollow(library: string): void;
  /** Runs whose HARMONI is gone. */
  lost(): readonly Run[];
  /** Takes one of them over; false when another HARMONI has. */
  adopt(id: number): boolean;
  /** A moment of each day on which HARMONI worked before; today is one from now on. */
  seeToday(): readonly number[];
  /** Forgets runs, and steps that keep what stood in a playlist file, from before a time. */
  forget(before: { readonly runsMs: number; readonly contentsMs: number }): void;
}

/** There was no history before: a clock that said so was wrong, and how old that run is isn't known. */
const firstMs = Date.UTC(2026, 0, 1);

export function createRuns(
  database: Database,
  instance: Instance,
  clock: Clock,
  together: <T>(work: () => T) => T,
): Runs {
  const ofJob = database.prepare('SELECT id FROM runs WHERE job_id = ?');
  const insert = database.prepare(
    'INSERT INTO runs (kind, title, library, job_id, undoes, owner, started_at, playlists_due) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const take = database.prepare('UPDATE runs SET owner = ?, ended_at = NULL WHERE id = ?');
  const end = database.prepare('UPDATE runs SET owner = NULL, ended_at = ? WHERE id = ?');
  const removeEmpty = database.prepare(
    'DELETE FROM runs WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM steps WHERE run_id = ?1)',
  );
  const forgetRuns = database.prepare('DELETE FROM runs WHERE ended_at BETWEEN ? AND ?');
  const forgetContents = database.prepare(
    'DELETE FROM steps WHERE content IS NOT NULL AND planned_at BETWEEN ? AND ?',
  );
  const reader = createRunReader(database, instance);
  const days = database.prepare('SELECT seen_at FROM days_seen ORDER BY day');
  const addDay = database.prepare('INSERT OR IGNORE INTO days_seen (day, seen_at) VALUES (?, ?)');
  return {
    ...reader,
    ...createDueRuns(database),
    seeToday() {
      const before = days.all().map((row) => Number(row['seen_at']));
      const nowMs = clock.now();
      addDay.run(Math.floor(nowMs / 86_400_000), nowMs);
      return before;
    },
    begin: ({ kind, title, library, jobId, undoes }) =>
      together(() => {
        const known = jobId === undefined ? undefined : ofJob.get(jobId);
        if (known !== undefined) {
          take.run(instance.id, Number(known['id']));
          return Number(known['id']);
        }
        const row = [kind, title, library, jobId ?? null, undoes ?? null, instance.id, clock.now()] as const;
        return Number(insert.run(...row, kind === 'organise' ? 1 : 0).lastInsertRowid);
      }),
    end: (id) =>
      together(() => {
        end.run(clock.now(), id);
        removeEmpty.run(id);
      }),
    adopt: (id) =>
      together(() => {
        const isLost = reader.lost().some((run) => run.id === id);
        if (isLost) take.run(instance.id, id);
        return isLost;
      }),
    forget: ({ runsMs, contentsMs }) =>
      together(() => {
        forgetRuns.run(firstMs, runsMs);
        forgetContents.run(firstMs, contentsMs);
      }),
  };
}

function createDueRuns(database: Database): Pick<Runs, 'dueRuns' | 'setPlaylistsFollow'> {
  const due = database.prepare('SELECT id FROM runs WHERE library = ? AND playlists_due = 1 ORDER BY id');
  const follow = database.prepare('UPDATE runs SET playlists_due = 0 WHERE library = ?');
  return {
    dueRuns: (library) => due.all(library).map((row) => Number(row['id'])),
    setPlaylistsFollow: (library) => void follow.run(library),
  };
}

function createRunReader(database: Database, instance: Instance): Pick<Runs, 'runs' | 'run' | 'lost'> {
  const columns = `runs.*,
    (SELECT json_group_object(kind, many) FROM
      (SELECT kind, count(*) AS many FROM steps WHERE run_id = runs.id AND state <> 'planned' GROUP BY kind)) AS counts,
    (SELECT count(*) FROM steps WHERE run_id = runs.id AND state <> 'undone') AS open`;
  const list = database.prepare(`SELECT ${columns} FROM runs ORDER BY id DESC LIMIT ?`);
  const get = database.prepare(`SELECT ${columns} FROM runs WHERE id = ?`);
  const unended = database.prepare(`SELECT ${columns} FROM runs WHERE ended_at IS NULL ORDER BY id`);
  return {
    runs: (most) => list.all(most).map((row) => readRun(row, instance)),
    run(id) {
      const row = get.get(id);
      return row === undefined ? undefined : readRun(row, instance);
    },
    lost: () =>
      unended
        .all()
        .map((row) => readRun(row, instance))
        .filter(({ isRunning }) => !isRunning),
  };
}

function readRun(row: Row, instance: Instance): Run {
  const optional = (column: string): number | undefined =>
    typeof row[column] === 'number' ? row[column] : undefined;
  const owner = row['owner'];
  return {
    id: Number(row['id']),
    kind: checkStored(z.enum(runKinds), row['kind']),
    title: String(row['title']),
    library: String(row['library']),
    jobId: optional('job_id'),
    undoes: optional('undoes'),
    startedAt: Number(row['started_at']),
    endedAt: optional('ended_at'),
    isRunning: typeof owner === 'string' && instance.isAlive(owner),
    counts: parseStored(z.partialRecord(z.enum(stepKinds), z.number()), row['counts']),
    open: Number(row['open']),
  };
}
