import { expect, onTestFinished, test } from 'vitest';
import { changeLibrary } from '../../src/engine/library-run.ts';
import { takeTurn } from '../../src/engine/take-turn.ts';
import { HarmoniError } from '../../src/errors.ts';
import { startProgram } from '../helpers/child-program.ts';
import { createTestClock } from '../helpers/clock.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { openTestStore } from '../history/set-up.ts';
import { createChanger } from './changer.ts';

const clock = createTestClock();
const config = { trash_days: 30 };
const kinds = ['sync', 'change', 'enrich'] as const;

test.each([
  ['sync', 'sync', false],
  ['sync', 'change', false],
  ['sync', 'enrich', true],
  ['change', 'change', false],
  ['change', 'enrich', false],
  ['enrich', 'enrich', false],
] as const)('%s and %s at the same time: %s', (first, second, may) => {
  const data = tempFolder();
  const [one, two] = [openTestStore(data), openTestStore(data)];
  for (const [a, b] of [
    [first, second],
    [second, first],
  ] as const) {
    expect(one.turns.take(a)).toBeUndefined();
    expect(two.turns.blocker(b)?.turn).toBe(may ? undefined : a);
    expect(two.turns.take(b)?.turn).toBe(may ? undefined : a);
    one.turns.release(a);
    if (may) two.turns.release(b);
    expect(two.turns.take(b)).toBeUndefined();
    two.turns.release(b);
  }
});

test('a watch is in the way of nothing but another watch', () => {
  const data = tempFolder();
  const [one, two] = [openTestStore(data), openTestStore(data)];
  one.turns.take('watch');
  expect(two.turns.take('watch')?.turn).toBe('watch');
  for (const kind of kinds) {
    expect(two.turns.take(kind)).toBeUndefined();
    two.turns.release(kind);
  }
});

test('a run that fails is ended, says why, and leaves its turn', async () => {
  const store = openTestStore();
  const library = tempFolder();
  const run = { kind: 'convert', title: 'Mix', library } as const;
  const end = await changeLibrary({ store, clock, config }, run, async (changes, keep) => {
    await createChanger(store, library, changes).publish('Mix/1', 'one');
    keep(new HarmoniError('disk-full', 'The disk is full.'));
    throw new Error('and then that');
  });
  expect(end.stoppedBy?.code).toBe('disk-full');
  expect(store.journal.run(end.id ?? 0)?.isRunning).toBe(false);
  expect(store.turns.blocker('change')).toBeUndefined();
});

test('while another process changes the library, nothing else does; when it is killed, its turn ends', async () => {
  const [data, library] = [tempFolder(), tempFolder()];
  const store = openTestStore(data);
  const url = new URL('programs/hold-library.ts', import.meta.url);
  const other = startProgram(url, [data, library]);
  expect(await other.line()).toBe('at it');
  const parts = { store, clock, config };
  const run = { kind: 'undo', title: 'Mix', library } as const;
  const change = (): Promise<unknown> => changeLibrary(parts, run, async () => {});
  await expect(change()).rejects.toMatchObject({ code: 'library-busy' });
  await expect(change()).rejects.toThrow(
    /^Another HARMONI is changing your library, since .+ \(process \d+ on .+\)\.$/,
  );
  expect(() => takeTurn(store.turns, 'sync', clock.now())).toThrow('changing your library');
  expect(() => takeTurn(store.turns, 'enrich', clock.now())).toThrow('changing your library');
  await other.kill('SIGKILL');
  expect(await change()).toEqual({ id: undefined, stoppedBy: undefined });
  // The other way round.
  takeTurn(store.turns, 'sync', clock.now());
  onTestFinished(() => store.turns.release('sync'));
  const late = startProgram(url, [data, library]);
  expect(await late.line()).toBe('sync-running');
  expect(await late.ended).toBe(0);
});
