import { describe, expect, test } from 'vitest';
import { startProgram } from '../helpers/child-program.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { list, openTestStore, track } from './set-up.ts';

const two = list('List', [track('A', 'One'), track('B', 'Two')]);
const done = { artist: 'A', track: 'One', status: 'done' } as const;

describe('a job', () => {
  test('keeps the lists, the rows and the choice as they were frozen', () => {
    const { jobs } = openTestStore();
    const skipped = [{ row: 3, reason: 'no title', text: 'A - ' }];
    const hostile = track('A\u0000\u001b[31m', 'two\nlines 😀 "\\', {
      extra: { NOTE: "'; DROP TABLE jobs; --" },
    });
    const job = jobs.create(
      [
        { list: two, chosen: [true, false] },
        { list: list('Other', [hostile], { skipped, folder: 'library' }), chosen: [true] },
      ],
      { format: 'opus' },
    );
    expect(job.settings).toEqual({ format: 'opus' });
    expect(job.lists).toEqual([
      { name: 'List', folder: 'own', skipped: [] },
      { name: 'Other', folder: 'library', skipped },
    ]);
    expect(job.tracks.map(({ position, list: of, chosen }) => [position, of, chosen])).toEqual([
      [0, 0, true],
      [1, 0, false],
      [2, 1, true],
    ]);
    expect(job.tracks[2]?.track).toEqual(hostile);
    expect(job.tracks[0]?.outcome).toBeUndefined();
  });

  test('holds five thousand rows', () => {
    const { jobs } = openTestStore();
    const many = Array.from({ length: 5_000 }, (_, n) => track('A', `Song ${n}`));
    const job = jobs.create([{ list: list('Many', many), chosen: many.map(() => true) }], {});
    expect(job.tracks.at(-1)?.track.track).toBe('Song 4999');
  });

  test('of this process is not offered, nor taken over, while it runs', () => {
    const { jobs } = openTestStore();
    const { id } = jobs.create([{ list: two, chosen: [true, true] }], {});
    expect(jobs.interrupted()).toEqual([]);
    expect(jobs.adopt(id)).toBeUndefined();
  });

  test('that was left is offered with its progress, and goes on with its outcomes', () => {
    const { jobs } = openTestStore();
    const { id } = jobs.create([{ list: two, chosen: [true, true] }], {});
    jobs.setOutcome(id, 0, done);
    jobs.leave(id);
    expect(jobs.interrupted()).toMatchObject([{ id, names: ['List'], total: 2, finished: 1 }]);
    expect(jobs.adopt(id)?.tracks.map((row) => row.outcome)).toEqual([done, undefined]);
    expect(jobs.interrupted()).toEqual([]);
  });

  test('that has ended is neither offered nor taken over', () => {
    const { jobs } = openTestStore();
    const { id } = jobs.create([{ list: two, chosen: [true, true] }], {});
    jobs.end(id);
    expect(jobs.interrupted()).toEqual([]);
    expect(jobs.adopt(id)).toBeUndefined();
  });

  test('that never was cannot be taken over', () => {
    expect(openTestStore().jobs.adopt(99)).toBeUndefined();
  });

  test('of another HARMONI is left to it while it lives', () => {
    const folder = tempFolder();
    const [one, other] = [openTestStore(folder), openTestStore(folder)];
    const { id } = one.jobs.create([{ list: two, chosen: [true, true] }], {});
    expect(other.jobs.interrupted()).toEqual([]);
    expect(other.jobs.adopt(id)).toBeUndefined();
    one.close();
    expect(other.jobs.adopt(id)).toMatchObject({ id });
  });

  test('goes to one of two that want it', () => {
    const folder = tempFolder();
    const stores = [openTestStore(folder), openTestStore(folder)];
    const { id } = stores[0]?.jobs.create([{ list: two, chosen: [true, true] }], {}) ?? { id: 0 };
    stores[0]?.jobs.leave(id);
    expect(stores.map((store) => store.jobs.adopt(id) !== undefined)).toEqual([true, false]);
  });

  test('of a HARMONI that was killed is offered, without what was in flight', async () => {
    const folder = tempFolder();
    const other = startProgram(new URL('programs/work.ts', import.meta.url), [folder]);
    const id = Number(await other.line());
    const store = openTestStore(folder);
    expect(store.jobs.interrupted()).toEqual([]);
    expect(store.claims.take(['name:a|two|'])).toBe(false);
    await other.kill('SIGKILL');
    expect(store.jobs.interrupted()).toMatchObject([{ id, total: 2, finished: 1 }]);
    expect(store.jobs.adopt(id)?.tracks.map((row) => row.outcome?.status)).toEqual(['done', undefined]);
    expect(store.claims.take(['name:a|two|'])).toBe(true);
  });
});

test('old jobs that ended are forgotten, open ones never', () => {
  const { jobs, database } = openTestStore();
  const open = jobs.create([{ list: two, chosen: [true, true] }], {});
  jobs.leave(open.id);
  for (let n = 0; n < 60; n += 1) jobs.end(jobs.create([{ list: two, chosen: [true] }], {}).id);
  expect(jobs.interrupted().map((job) => job.id)).toEqual([open.id]);
  const counts = database.prepare(
    'SELECT (SELECT count(*) FROM jobs) AS j, (SELECT count(*) FROM job_tracks) AS t',
  );
  expect(counts.get()).toMatchObject({ j: 52, t: 104 });
});

test('the newest list of a name is the one that is found by it', () => {
  const { jobs } = openTestStore();
  jobs.create([{ list: two, chosen: [true, true] }], {});
  jobs.create([{ list: list('List', [track('C', 'Three')]), chosen: [false] }], {});
  expect(jobs.latestTracks({ name: 'List' }).map((row) => row.track)).toEqual(['Three']);
  expect(jobs.latestTracks({ name: 'Nothing' })).toEqual([]);
});

test('a row that HARMONI did not write is told as such', () => {
  const { jobs, database } = openTestStore();
  const { id } = jobs.create([{ list: two, chosen: [true, true] }], {});
  jobs.leave(id);
  database.exec(`UPDATE job_tracks SET track = '{"title":"x"}'`);
  expect(() => jobs.adopt(id)).toThrow(/did not write/);
});
