import { z } from 'zod';
import type { Clock } from '../system/clock.ts';
import type { Database, Row } from '../system/database.ts';
import type { FileFacts } from '../system/file-facts.ts';
import { wayInTrash } from '../system/trash.ts';
import type { SongFacts } from '../tracks/song-facts.ts';
import { createAddedTimes, type AddedTimes } from './added-times.ts';
import type { IndexedFile } from './file-index.ts';
import type { Adopted } from './adopted.ts';
import { checkStored, parseStored } from './stored.ts';

export const stepKinds = [
  'publish',
  'link',
  'replace',
  'trash',
  'restore',
  'playlist',
  'move',
  'lyrics',
  'cover',
  'retag',
  'adopt',
] as const;
export type StepKind = (typeof stepKinds)[number];

/** What the index knew of a file that goes, or that comes back from the trash. */
export interface IndexEntry {
  readonly file: IndexedFile;
  readonly keys: readonly string[];
  readonly facts?: SongFacts | undefined;
  /** Of a file that is adopted by this step. */
  readonly adopted?: Adopted | undefined;
}

/** A change at one path; a move is one at two; an adoption changes only what is known of a file. */
export interface NewStep {
  readonly kind: StepKind;
  /** Absolute. */
  readonly path: string;
  /** Of a move: where the file was before; absolute. */
  readonly from?: string | undefined;
  /** Where the file lies in the trash that was there before. */
  readonly kept?: string | undefined;
  /** What stood in the playlist file that was there before; of a retagged file what makes it the old one again. */
  readonly content?: Buffer | undefined;
  /** Of what a playlist file says afterwards, also of one that is moved; and of a retagged file. */
  readonly sha256?: string | undefined;
  /** The file that is there afterwards; undefined when none is. */
  readonly after?: FileFacts | undefined;
  readonly entry?: IndexEntry | undefined;
}

export interface Step extends NewStep {
  readonly id: number;
  readonly runId: number;
  readonly state: 'planned' | 'done' | 'undone';
  readonly plannedAt: number;
}

/** What was done, path by path. */
export interface Steps extends AddedTimes {
  plan(run: number, step: NewStep): number;
  /** It happened, and this is the file that is there now. */
  done(step: number, after: FileFacts | undefined): void;
  /** It did not happen. */
  drop(step: number): void;
  /** The steps of a run at one path are taken back; its moves there aren't, nor what was retagged there before. */
  setUndone(run: number, path: string): void;
  /** A move of a run is taken back, or holds again: then this is the file that is there. */
  setMove(
    run: number,
    move: Pick<NewStep, 'from' | 'path'>,
    state: 'done' | 'undone',
    after?: FileFacts,
  ): void;
  /** The retagged file of a run that is taken back next at a path, or made again. */
  nextRetag(run: number, path: string, state: 'done' | 'undone'): Step | undefined;
  /** It is taken back, or holds again: then this is the file that is there. */
  setRetag(step: number, state: 'done' | 'undone', after: FileFacts | undefined): void;
  /** They hold again: what was there before is kept by `step`, and what it made is there now. */
  setRedone(run: number, path: string, step: Pick<Step, 'kept' | 'content' | 'after'>): void;
  /** In the order in which they were planned; with a path, those there. */
  steps(run: number, path?: string): readonly Step[];
  /** The last step that put a file there, in the trash. */
  stepOfKept(kept: string): Step | undefined;
  /** Of every file that was put into a trash: its `wayInTrash`. */
  keptWays(): ReadonlySet<string>;
  /** Every path that was changed in a library, and where moved files were. */
  pathsIn(library: string): readonly string[];
  /** Of every playlist file, by its path: the last step that wrote it. */
  playlistSteps(): ReadonlyMap<string, number>;
  /** Where later runs moved what was at a path after a step; the path itself, where none did. */
  movedTo(path: string, step: number): string;
  /** Those that were planned and not ended. */
  openSteps(run: number): readonly Step[];
}

const storedEntry = z.custom<IndexEntry>(
  (value) =>
    z.object({ file: z.object({ path: z.string() }), keys: z.array(z.string()) }).safeParse(value).success,
);

export function createSteps(database: Database, clock: Clock, together: <T>(work: () => T) => T): Steps {
  const insert = database.prepare(`
    INSERT INTO steps (run_id, kind, path, kept, content, sha256, size_bytes, modified_ms, inode, entry, moved_from, state,
      planned_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned', ?)`);
  const setAfter = database.prepare(
    `UPDATE steps SET state = 'done', size_bytes = ?, modified_ms = ?, inode = ? WHERE id = ?`,
  );
  const drop = database.prepare('DELETE FROM steps WHERE id = ?');
  const done: Steps['done'] = (id, after) =>
    void setAfter.run(
      after?.sizeBytes ?? null,
      after?.modifiedMs ?? null,
      after === undefined ? null : after.inode,
      id,
    );
  return {
    ...createStepReader(database),
    plan(run, { kind, path, from, kept, content, sha256, after, entry }) {
      const { lastInsertRowid } = insert.run(
        run,
        kind,
        path,
        kept ?? null,
        content ?? null,
        sha256 ?? null,
        after?.sizeBytes ?? null,
        after?.modifiedMs ?? null,
        after?.inode ?? null,
        entry === undefined ? null : JSON.stringify(entry),
        from ?? null,
        clock.now(),
      );
      return Number(lastInsertRowid);
    },
    done,
    drop: (id) => void drop.run(id),
    ...createStepStates(database, together, done),
  };
}

/** What becomes of steps that are done. */
function createStepStates(
  database: Database,
  together: <T>(work: () => T) => T,
  done: Steps['done'],
): Pick<Steps, 'setUndone' | 'setMove' | 'setRedone' | 'nextRetag' | 'setRetag'> {
  const bounds = database.prepare(`
    SELECT min(id) FILTER (WHERE kind <> 'retag') AS first, max(id) AS last FROM steps
    WHERE run_id = ? AND path = ? AND kind <> 'move'`);
  const setStates = database.prepare(
    `UPDATE steps SET state = ? WHERE run_id = ? AND path = ? AND kind <> 'move' AND id >= ?`,
  );
  const moveOf = database.prepare(`
    SELECT max(id) AS id FROM steps
    WHERE run_id = ? AND path = ? AND moved_from = ? AND kind = 'move' AND state <> ?`);
  const nextRetag = database.prepare(`
    SELECT * FROM steps WHERE run_id = ?1 AND path = ?2 AND kind = 'retag' AND state = ?3
    ORDER BY CASE ?3 WHEN 'done' THEN -id ELSE id END LIMIT 1`);
  const setState = database.prepare('UPDATE steps SET state = ? WHERE id = ?');
  const setBefore = database.prepare('UPDATE steps SET kept = ?, content = ? WHERE id = ?');
  return {
    setUndone: (run, path) =>
      void setStates.run('undone', run, path, Number(bounds.get(run, path)?.['first'] ?? 0)),
    nextRetag: (run, path, state) => nextRetag.all(run, path, state).map(readStep)[0],
    setRetag: (step, state, after) => {
      if (state === 'done') done(step, after);
      else setState.run(state, step);
    },
    setMove: (run, { path, from = '' }, state, after) => {
      const id = moveOf.get(run, path, from, state)?.['id'];
      if (typeof id !== 'number') return;
      if (state === 'done') done(id, after);
      else setState.run(state, id);
    },
    setRedone: (run, path, { kept, content, after }) =>
      together(() => {
        const { first, last } = bounds.get(run, path) ?? {};
        if (typeof first !== 'number' || typeof last !== 'number') return;
        setStates.run('done', run, path, first);
        setBefore.run(kept ?? null, content ?? null, first);
        done(last, after);
      }),
  };
}

type StepReader = Pick<
  Steps,
  'steps' | 'openSteps' | 'stepOfKept' | 'keptWays' | 'pathsIn' | 'addedIn' | 'playlistSteps' | 'movedTo'
>;

function createStepReader(database: Database): StepReader {
  const atPath = database.prepare('SELECT * FROM steps WHERE run_id = ? AND path = ? ORDER BY id');
  const open = database.prepare("SELECT * FROM steps WHERE run_id = ? AND state = 'planned' ORDER BY id");
  const ofKept = database.prepare('SELECT * FROM steps WHERE kept = ? ORDER BY id DESC LIMIT 1');
  const allKept = database.prepare('SELECT DISTINCT kept FROM steps WHERE kept IS NOT NULL');
  const paths = database.prepare(`
    SELECT path FROM steps JOIN runs ON runs.id = run_id WHERE library = ?1 UNION
    SELECT moved_from FROM steps JOIN runs ON runs.id = run_id WHERE library = ?1 AND moved_from IS NOT NULL`);
  const ofRun = database.prepare('SELECT * FROM steps WHERE run_id = ? ORDER BY id');
  const playlists = database.prepare(
    `SELECT path, max(id) AS id FROM steps WHERE kind = 'playlist' AND state = 'done' GROUP BY path`,
  );
  const move = database.prepare(`
    SELECT id, path FROM steps WHERE moved_from = ? AND id > ? AND kind = 'move' AND state = 'done'
    ORDER BY id LIMIT 1`);
  const movedTo = (path: string, step: number): string => {
    const next = move.get(path, step);
    return next === undefined ? path : movedTo(String(next['path']), Number(next['id']));
  };
  return {
    movedTo,
    playlistSteps: () => new Map(playlists.all().map((row) => [String(row['path']), Number(row['id'])])),
    stepOfKept: (kept) => ofKept.all(kept).map(readStep)[0],
    keptWays: () => new Set(allKept.all().map((row) => wayInTrash(String(row['kept'])))),
    pathsIn: (library) => paths.all(library).map((row) => String(row['path'])),
    ...createAddedTimes(database),
    openSteps: (run) => open.all(run).map(readStep),
    steps: (run, path) => (path === undefined ? ofRun.all(run) : atPath.all(run, path)).map(readStep),
  };
}

function readStep(row: Row): Step {
  const { kept, content, sha256, size_bytes: sizeBytes, entry, moved_from: from } = row;
  return {
    id: Number(row['id']),
    runId: Number(row['run_id']),
    kind: checkStored(z.enum(stepKinds), row['kind']),
    path: String(row['path']),
    from: typeof from === 'string' ? from : undefined,
    kept: typeof kept === 'string' ? kept : undefined,
    content: content instanceof Uint8Array ? Buffer.from(content) : undefined,
    sha256: typeof sha256 === 'string' ? sha256 : undefined,
    after:
      typeof sizeBytes === 'number'
        ? { sizeBytes, modifiedMs: Number(row['modified_ms']), inode: String(row['inode']) }
        : undefined,
    entry: typeof entry === 'string' ? parseStored(storedEntry, entry) : undefined,
    state: checkStored(z.enum(['planned', 'done', 'undone']), row['state']),
    plannedAt: Number(row['planned_at']),
  };
}
