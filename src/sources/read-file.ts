import { createReadStream, type Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { HarmoniError } from '../errors.ts';
import { largestFileBytes } from './limits.ts';

/** A file to read, on the disk or in an archive. */
export interface InputFile {
  /** Without its folders. */
  readonly name: string;
  /** Absolute; of a file in an archive the archive's. */
  readonly path: string;
  /** Its place in the archive. */
  readonly inside?: string;
  readonly sizeBytes: number;
  open(signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/** What is at a path: a file, a folder, or nothing that can be looked at. */
export async function kindOfPath(path: string): Promise<'file' | 'folder' | 'nothing'> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? 'folder' : 'file';
  } catch {
    return 'nothing';
  }
}

/** Whether there is a file that can be read without waiting for anyone, as a FIFO or a terminal would be. */
export async function isRegularFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

/** @throws HarmoniError source-not-found */
export async function openInputFile(path: string): Promise<InputFile> {
  const name = basename(path);
  try {
    const { size } = await stat(path);
    return {
      name,
      path: await realpath(path),
      sizeBytes: size,
      open: (signal) => readBytes(() => createReadStream(path), name, signal),
    };
  } catch (cause) {
    throw new HarmoniError('source-not-found', `There's no file ${path}.`, { cause });
  }
}

/**
 * The bytes of a stream, which is opened when they are first asked for, and closed with the loop that reads them.
 * @throws HarmoniError source-broken when it fails
 */
export async function* readBytes(
  open: () => Readable | Promise<Readable>,
  name: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    // A stream without an encoding gives Buffers.
    for await (const chunk of (await open()) as AsyncIterable<Uint8Array>) {
      signal.throwIfAborted();
      yield chunk;
    }
  } catch (cause) {
    signal.throwIfAborted();
    throw new HarmoniError('source-broken', `${name} can't be read completely.`, {
      fix: "Check that it's a file you can read, or download it again.",
      cause,
    });
  }
}

/** The names in a folder; a folder that cannot be read is an empty one. */
export async function listFolder(path: string): Promise<readonly Dirent[]> {
  return readdir(path, { withFileTypes: true }).catch(() => []);
}

/**
 * Refuses a file by its size, before a byte of it is read.
 * @throws HarmoniError source-too-large
 */
export function refuseLarge(file: InputFile): void {
  if (file.sizeBytes > largestFileBytes) throw tooLarge(file.name, `${mebibytes(file.sizeBytes)} MiB`);
}

/**
 * The bytes of what has no size beforehand, a pipe or a device, as long as they are not too many.
 * @throws HarmoniError source-too-large
 */
export async function* bounded(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > largestFileBytes) throw tooLarge(name, `more than ${mebibytes(largestFileBytes)} MiB`);
    yield chunk;
  }
}

const mebibytes = (bytes: number): number => Math.floor(bytes / 1024 / 1024);

function tooLarge(name: string, size: string): HarmoniError {
  const most = mebibytes(largestFileBytes);
  return new HarmoniError(
    'source-too-large',
    `${name} is ${size}. HARMONI reads playlist files of up to ${most} MiB.`,
  );
}
