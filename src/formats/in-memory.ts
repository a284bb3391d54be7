import { open } from 'node:fs/promises';

/** Files up to this size (bytes) are read whole, which costs a third of what pieces cost. Longer recordings are rare. */
export const mostInMemory = 64 * 2 ** 20;

/** A song is 3 to 8 MB. What is larger is not kept. */
const mostKeptBytes = 16 * 2 ** 20;
/** Songs are converted and tagged on every core, and each takes one to read and one to write. */
const mostKept = 4;
const roundedToBytes = 2 ** 20;

/**
 * Used again and again: new memory for every song would have the system hand out a thousand pages, and the garbage
 * collector look through everything for the old ones.
 */
const kept: Buffer[] = [];

/**
 * Lends a buffer of so many bytes, with anything in it.
 * @param use the buffer is another one's when this has ended, so nothing may keep a part of it
 */
export async function withBuffer<T>(size: number, use: (buffer: Buffer) => T | Promise<T>): Promise<T> {
  const fits = kept.findIndex(({ length }) => length >= size);
  const rounded = Math.max(1, Math.ceil(size / roundedToBytes)) * roundedToBytes;
  const memory = (fits < 0 ? undefined : kept.splice(fits, 1)[0]) ?? Buffer.allocUnsafeSlow(rounded);
  try {
    return await use(memory.subarray(0, size));
  } finally {
    keep(memory);
  }
}

/** The largest stay: they fit more songs. */
function keep(memory: Buffer): void {
  if (memory.length > mostKeptBytes) return;
  kept.push(memory);
  kept.sort((a, b) => a.length - b.length);
  if (kept.length > mostKept) kept.shift();
}

/** Lends what a file of up to `mostInMemory` holds, by the rules of `withBuffer`. @throws the system's error */
export async function withFile<T>(path: string, use: (file: Buffer) => T | Promise<T>): Promise<T> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    return await withBuffer(size, async (buffer) => {
      let length = 0;
      while (length < size) {
        const { bytesRead } = await handle.read(buffer, length, size - length, length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return use(buffer.subarray(0, length));
    });
  } finally {
    await handle.close();
  }
}
