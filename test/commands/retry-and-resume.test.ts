import { expect, test } from 'vitest';
import { runForget, runResume } from '../../src/commands/resume.ts';
import { runRetry } from '../../src/commands/retry.ts';
import { createJob } from '../../src/engine/run.ts';
import { createHouse, songOf } from '../helpers/house.ts';

const song = songOf('Queen', 'Innuendo');
const chosen = [
  { list: { name: 'Mix', tracks: [song], skipped: [], folder: 'own' as const }, chosen: [true] },
];

test('where nothing failed or was interrupted there is nothing to do', async () => {
  const house = createHouse();
  expect(await runRetry(house, 'sure')).toBe(0);
  expect(await runResume(house, undefined)).toBe(0);
  expect(house.printed).toEqual(['No songs have failed.', "There's no interrupted download."]);
  expect(house.documents).toMatchObject([{ lists: [] }, { lists: [] }]);
});

test('the newest interrupted job goes on; what came into the library meanwhile is there', async () => {
  const house = createHouse();
  const job = createJob(house.store.jobs, chosen, house.config, { accept: 'sure' });
  house.store.jobs.leave(job.id);
  house.own(song);
  expect(await runResume(house, undefined)).toBe(0);
  expect(house.documents).toMatchObject([{ summary: { present: 1 } }]);
  expect(house.store.jobs.interrupted()).toEqual([]);
});

test('an interrupted job can be forgotten', () => {
  const house = createHouse();
  const job = createJob(house.store.jobs, chosen, house.config, { accept: 'sure' });
  house.store.jobs.leave(job.id);
  expect(runForget(house, undefined)).toBe(0);
  expect(runForget(house, undefined)).toBe(0);
  expect(house.documents).toEqual([{ forgotten: job.id }, { forgotten: null }]);
});

test('a job that is ended, or nobody knows, is not taken over', async () => {
  const house = createHouse();
  await expect(runResume(house, 7)).rejects.toMatchObject({ code: 'usage' });
});

test('an interrupt before it begins leaves the job for resume', async () => {
  const house = createHouse();
  const job = createJob(house.store.jobs, chosen, house.config, { accept: 'sure' });
  house.store.jobs.leave(job.id);
  house.interrupt();
  await expect(runResume(house, job.id)).rejects.toThrow('interrupted');
  expect(house.store.jobs.interrupted()).toMatchObject([{ id: job.id, finished: 0 }]);
});

test('what failed is tried again in its list, and fails again with its reason', async () => {
  const house = createHouse();
  const job = createJob(house.store.jobs, chosen, house.config, { accept: 'sure' });
  house.store.jobs.leave(job.id);
  expect(await runResume(house, undefined)).toBe(1);
  expect(await runRetry(house, 'sure')).toBe(1);
  expect(house.documents).toMatchObject([{ summary: { none: 1 } }, { lists: [{ name: 'Mix' }] }]);
  expect(house.store.failures.all()).toMatchObject([{ track: song, attempts: 2 }]);
});
