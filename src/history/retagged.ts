import type { FileFacts } from '../system/file-facts.ts';
import { sha256 } from '../system/files.ts';
import { applyDelta, deltaOf, lengthOfOld } from './delta.ts';

/** What a retagged file was before, as its step keeps it: SHA-256 (32 bytes), time (double, ms), and a delta. */

/** What is more than this is kept in the trash, and not in the store. */
const mostKeptBytes = 2 ** 20;
const hashBytes = 32;
const headBytes = hashBytes + 8;

/** Undefined where too much of the old file is not in the new one. It is made once, to be sure. */
export function keepOld(
  old: Buffer,
  { modifiedMs }: Pick<FileFacts, 'modifiedMs'>,
  now: Buffer,
): Buffer | undefined {
  const delta = deltaOf(old, now, mostKeptBytes);
  if (delta === undefined) return undefined;
  const time = Buffer.alloc(8);
  time.writeDoubleLE(modifiedMs);
  const kept = Buffer.concat([Buffer.from(sha256(old), 'hex'), time, delta]);
  return oldOf(kept, now) === undefined ? undefined : kept;
}

/** Makes the old file of the new one; undefined where that isn't what it was made from, or the step is damaged. */
export function oldOf(kept: Buffer, now: Buffer): Buffer | undefined {
  const old = applyDelta(kept.subarray(headBytes), now);
  return old !== undefined && sha256(old) === hashBefore(kept) ? old : undefined;
}

export function hashBefore(kept: Buffer): string {
  return kept.subarray(0, hashBytes).toString('hex');
}

/** By what the old file is known when it is there again; its inode is another one. */
export function factsBefore(kept: Buffer): FileFacts {
  const sizeBytes = lengthOfOld(kept.subarray(headBytes));
  return { sizeBytes, modifiedMs: kept.readDoubleLE(hashBytes), inode: '' };
}
