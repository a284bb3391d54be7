import { expect, onTestFinished, test } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { endOvertaken } from '../../src/engine/overtaken.ts';
import type { SyncedList } from '../../src/engine/sync.ts';
import { settingsOf } from '../../src/engine/wish.ts';
import type { JobSettings } from '../../src/downloads/settings.ts';
import { openStore } from '../../src/history/store.ts';
import { createTestClock } from '../helpers/clock.ts';
import { songOf } from '../helpers/house.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const library = '/music';

test('a newer sync ends interrupted ones of its lists, and no other job', () => {
  const store = openStore(tempFolder(), createTestClock());
  onTestFinished(() => store.close());
  const { jobs } = store;
  const tracks = [songOf('A', 'One')];
  const listOf = (origin: string) => ({ name: origin, origin, tracks, skipped: [], folder: 'own' as const });
  const jobOf = (kind: JobSettings['kind'], outputDir: string, ...origins: readonly string[]): number => {
    const config = { ...configSchema.parse({}), output_dir: outputDir };
    const chosen = origins.map((origin) => ({ list: listOf(origin), chosen: [true] }));
    const { id } = jobs.create(chosen, settingsOf(config, { accept: 'sure', ...(kind && { kind }) }));
    jobs.leave(id);
    return id;
  };
  jobOf('sync', library, 'a');
  jobOf('sync', library, 'a', 'b');
  const left = [
    jobOf('sync', library, 'a', 'held'),
    jobOf('sync', '/elsewhere', 'a'),
    jobOf(undefined, library, 'a'),
    jobOf('retry', library, 'a'),
  ];
  const planned = (origin: string, held?: string): SyncedList => {
    const list = { ...listOf(origin), whenRemoved: 'keep' as const };
    const followed = {
      ...list,
      id: 1,
      library,
      input: origin,
      snapshot: undefined,
      followedAt: 0,
      syncedAt: 0,
    };
    const plan = { followed, list, rows: [], left: [], moved: 0, isRenamed: false, isStale: false, held };
    return { kind: 'planned', followed, plan, isAsBefore: false };
  };
  endOvertaken(jobs, [planned('a'), planned('b'), planned('held', 'it is empty now')], library);
  expect(jobs.interrupted().map(({ id }) => id)).toEqual(left.toReversed());
});
