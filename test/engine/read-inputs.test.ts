import { expect, test } from 'vitest';
import { exitCodeOfUnread, readInputs } from '../../src/engine/read-inputs.ts';
import { HarmoniError } from '../../src/errors.ts';
import type { Source } from '../../src/sources/source.ts';
import { songOf } from '../helpers/house.ts';

const { signal } = new AbortController();
const titled: Source = {
  kind: 'a title',
  accepts: (input) => !input.startsWith('!'),
  read: async (input) => [
    { name: input, tracks: [songOf('A', input), songOf('A', input)], skipped: [], folder: 'library' },
  ],
};
const failing = (code: 'source-broken' | 'sign-in-needed'): Source => ({
  kind: 'nothing',
  accepts: (input) => input.startsWith('!'),
  async read(input) {
    throw new HarmoniError(code, `${input} can't be read.`);
  },
});
const read = (inputs: readonly string[], code: 'source-broken' | 'sign-in-needed' = 'source-broken') =>
  readInputs([titled, failing(code)], inputs, { signal });

test('each input gives its lists, in their order and without doubles', async () => {
  const lists = await read(['One', 'Two']);
  expect(lists.map(({ name, tracks, skipped }) => [name, tracks.length, skipped.length])).toEqual([
    ['One', 1, 1],
    ['Two', 1, 1],
  ]);
  expect(exitCodeOfUnread(lists)).toBe(0);
});

test("one of several that can't be read becomes an empty list that says why", async () => {
  const lists = await read(['One', '!two']);
  expect(lists[1]).toEqual({
    name: '!two',
    tracks: [],
    skipped: [{ row: 0, reason: "!two can't be read.", text: '!two' }],
    folder: 'own',
  });
  expect(exitCodeOfUnread(lists)).toBe(1);
});

test('one of several that needs a sign-in leaves the others, and the exit code says so', async () => {
  const lists = await read(['!one', 'Two'], 'sign-in-needed');
  expect(lists.map(({ tracks }) => tracks.length)).toEqual([0, 1]);
  expect(lists[0]?.skipped[0]?.reason).toBe("!one can't be read. Run harmoni login.");
  expect(exitCodeOfUnread(lists)).toBe(4);
});

test('a single one and all of them end the reading', async () => {
  await expect(read(['!one'])).rejects.toMatchObject({ code: 'source-broken' });
  await expect(read(['!one', '!two'])).rejects.toMatchObject({ message: "!one can't be read." });
  await expect(read(['!one', '!two'], 'sign-in-needed')).rejects.toMatchObject({ code: 'sign-in-needed' });
});

test('an interrupt is no failure of an input', async () => {
  const stop = new AbortController();
  const interrupting: Source = {
    ...titled,
    async read() {
      stop.abort(new Error('stopped'));
      throw new HarmoniError('source-broken', 'half read');
    },
  };
  await expect(readInputs([interrupting], ['a', 'b'], { signal: stop.signal })).rejects.toThrow('stopped');
});
