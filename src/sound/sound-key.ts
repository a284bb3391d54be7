import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { mostInMemory, withFile } from '../formats/in-memory.ts';
import { bufferedFile, type SoundFile } from '../formats/sound-length.ts';
import { soundParts } from '../formats/sound-parts.ts';

/**
 * What tells the sound of a file from all others: a SHA-256 of its bytes, in hexadecimal. Tags, cover, name and place don't
 * matter. @throws the system's error
 */
export async function soundKeyOf(path: string): Promise<string> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    if (size <= mostInMemory) return await withFile(path, (file) => keyOf(bufferedFile(file)));
    return await keyOf({
      size,
      async read(at, length) {
        const wanted = Math.max(0, Math.min(length, size - at));
        const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(wanted), 0, wanted, at);
        return buffer.subarray(0, bytesRead);
      },
    });
  } finally {
    await handle.close();
  }
}

async function keyOf(file: SoundFile): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of soundParts(file)) hash.update(part);
  return hash.digest('hex');
}
