import { open, type FileHandle } from 'node:fs/promises';
import { id3Length, spellId3 } from '../formats/id3-frames.ts';

/** Spells the names in a file's ID3 tag as other programs expect them; see `spellId3`. In place, and as long as before. */
export async function spellTagNames(path: string, extension: string): Promise<void> {
  if (extension !== 'mp3' && extension !== 'wav') return;
  const handle = await open(path, 'r+');
  try {
    const at = extension === 'mp3' ? 0 : await findInWave(handle);
    if (at === undefined) return;
    const length = id3Length(await readAt(handle, at, 10));
    if (length === undefined) return;
    const spelled = spellId3(await readAt(handle, at, length));
    if (spelled !== undefined) await handle.write(spelled, 0, spelled.length, at);
  } finally {
    await handle.close();
  }
}

/** Where the ID3 chunk of a RIFF file has its content. */
async function findInWave(handle: FileHandle): Promise<number | undefined> {
  const { size } = await handle.stat();
  for (let at = 12; at + 8 <= size;) {
    const chunk = await readAt(handle, at, 8);
    if (/^id3 $/i.test(chunk.toString('latin1', 0, 4))) return at + 8;
    const length = chunk.readUInt32LE(4);
    at += 8 + length + (length % 2);
  }
  return undefined;
}

async function readAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}
