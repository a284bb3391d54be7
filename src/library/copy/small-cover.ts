import { randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TagPicture } from '../../downloads/taglib.ts';
import { sha256 } from '../../system/files.ts';
import { runProcess } from '../../system/process.ts';

/** Screens of cars are small, and larger pictures aren't shown by many. */
const mostPixels = 500;
const timeoutMs = 30_000;

interface SmallCoverParts {
  readonly ffmpegPath: () => Promise<string>;
  readonly workFolder: string;
  readonly signal: AbortSignal;
}

/** Makes front covers small JPEGs; the songs of an album have one. undefined for what is no picture. */
export function createSmallCovers(
  parts: SmallCoverParts,
): (cover: TagPicture) => Promise<TagPicture | undefined> {
  const known = new Map<string, Promise<TagPicture | undefined>>();
  return (cover) => {
    const key = sha256(Buffer.from(cover.data));
    let small = known.get(key);
    if (small === undefined) {
      small = shrink(cover, parts);
      known.set(key, small);
    }
    return small;
  };
}

async function shrink(
  cover: TagPicture,
  { ffmpegPath, workFolder, signal }: SmallCoverParts,
): Promise<TagPicture | undefined> {
  const from = join(workFolder, `cover-${randomBytes(6).toString('hex')}`);
  const to = `${from}.small`;
  const size = `'min(${mostPixels},iw)':'min(${mostPixels},ih)':force_original_aspect_ratio=decrease`;
  try {
    await writeFile(from, cover.data);
    const picture = ['-frames:v', '1', '-pix_fmt', 'yuvj420p', '-q:v', '3', '-f', 'mjpeg'];
    const args = [
      '-v',
      'error',
      '-nostdin',
      '-y',
      '-i',
      `file:${from}`,
      '-vf',
      `scale=${size}`,
      ...picture,
      to,
    ];
    const { exitCode } = await runProcess(await ffmpegPath(), args, { signal, timeoutMs });
    if (exitCode !== 0) return undefined;
    return { mimeType: 'image/jpeg', data: await readFile(to), type: 'FrontCover' };
  } finally {
    await rm(from, { force: true });
    await rm(to, { force: true });
  }
}
