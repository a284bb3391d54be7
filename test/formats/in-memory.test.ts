import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withBuffer, withFile } from '../../src/formats/in-memory.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

/** Where the memory of a buffer is, to tell one from another. */
const memoryOf = (buffer: Buffer): ArrayBufferLike => buffer.buffer;

test('a buffer is lent to one at a time, and to the next one after that', async () => {
  const first = await withBuffer(100, memoryOf);
  await withBuffer(100, async (outer) => {
    expect(memoryOf(outer)).toBe(first);
    await withBuffer(100, (inner) => expect(memoryOf(inner)).not.toBe(first));
  });
  expect(await withBuffer(100, (buffer) => buffer.length)).toBe(100);
});

test('it comes back when its use has failed', async () => {
  let used: ArrayBufferLike | undefined;
  const failing = withBuffer(3 * 2 ** 20, (buffer) => {
    used = memoryOf(buffer);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await withBuffer(3 * 2 ** 20, memoryOf)).toBe(used);
});

test('a large one is not kept', async () => {
  const large = await withBuffer(40 * 2 ** 20, memoryOf);
  expect(await withBuffer(40 * 2 ** 20, memoryOf)).not.toBe(large);
});

test.each([0, 1, 4_096, 3_300_001])('a file of %i bytes is lent whole', async (size) => {
  const path = join(tempFolder(), 'a');
  const content = Buffer.alloc(size, 'sound');
  writeFileSync(path, content);
  // Something of another file is in the memory.
  await withBuffer(4 * 2 ** 20, (buffer) => void buffer.fill('x'));
  await withFile(path, (file) => expect(file.equals(content)).toBe(true));
});

test('a file that is not there says so', async () => {
  await expect(withFile(join(tempFolder(), 'a'), () => 0)).rejects.toMatchObject({ code: 'ENOENT' });
});
