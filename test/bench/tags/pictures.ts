import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProcess } from '../../../src/system/process.ts';
import type { Random } from '../../helpers/random.ts';

export const pictureKinds = ['jpeg', 'png', 'webp', 'broken', 'none'] as const;
export type PictureKind = (typeof pictureKinds)[number];
export type Pictures = Readonly<Record<'jpeg' | 'png' | 'webp', Buffer>>;

/** A real picture of each kind, some kB large. */
export async function makePictures(ffmpegPath: string): Promise<Pictures> {
  const folder = mkdtempSync(join(tmpdir(), 'harmoni-pictures-'));
  const make = async (name: string, more: readonly string[]): Promise<Buffer> => {
    const path = join(folder, name);
    const input = ['-f', 'lavfi', '-i', 'testsrc=size=160x160:rate=1:duration=1'];
    const { exitCode, stderr } = await runProcess(ffmpegPath, [
      ...['-v', 'error', ...input, '-frames:v', '1', ...more, path],
    ]);
    if (exitCode !== 0) throw new Error(`No picture ${name}: ${stderr}`);
    return readFileSync(path);
  };
  try {
    return {
      jpeg: await make('x.jpg', ['-pix_fmt', 'yuvj420p']),
      png: await make('x.png', []),
      webp: await make('x.webp', ['-c:v', 'libwebp']),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The answer of a cover server of exactly so many bytes: cut off, or followed by what is not of it. */
export function pictureOf(kind: PictureKind, size: number, pictures: Pictures, random: Random): Buffer {
  if (kind === 'none') return Buffer.alloc(0);
  if (kind === 'broken') {
    // Right for the first bytes only.
    const start = pictures[random.pick(['jpeg', 'png'] as const)].subarray(0, 12);
    return fill(start, size, random);
  }
  return fill(pictures[kind], size, random);
}

function fill(start: Buffer, size: number, random: Random): Buffer {
  if (start.length >= size) return start.subarray(0, size);
  // A block that repeats: ten megabytes byte by byte would cost more than all that is measured.
  return Buffer.concat([start, Buffer.alloc(size - start.length, random.bytes(1_021))]);
}
