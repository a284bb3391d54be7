import { link, rm } from 'node:fs/promises';
import { lookAt } from '../system/file-facts.ts';
import { nearTo, readPlainFile, replaceFile, sha256 } from '../system/files.ts';
import { hashBefore } from './retagged.ts';
import type { Step } from './steps.ts';

/**
 * Whether a retagged file has its place after a kill, by what the disk shows. Where only another name of the same file has
 * it, this one gets it now: otherwise two files would be left of one.
 * @param steps of its run, done or settled before
 */
export async function settleRetag(step: Step, steps: readonly Step[]): Promise<boolean> {
  if (await hasNewTags(step)) return true;
  for (const other of steps) {
    const isTwin = other.kind === 'retag' && other.state === 'done' && other.path !== step.path;
    if (!isTwin || other.sha256 !== step.sha256 || other.after?.inode !== step.after?.inode) continue;
    if ((await hasNewTags(other)) && (await hasOldTags(step))) return linkOver(other.path, step.path);
  }
  return false;
}

/** The new file had its inode before it had its name; one on another disk got another. */
async function hasNewTags({ path, after, sha256: hash }: Step): Promise<boolean> {
  const at = await lookAt(path);
  if (typeof at === 'string' || at.sizeBytes !== after?.sizeBytes) return false;
  if (at.inode === after.inode && at.modifiedMs === after.modifiedMs) return true;
  return (await hashAt(path)) === hash;
}

async function hasOldTags({ path, content }: Step): Promise<boolean> {
  return content !== undefined && (await hashAt(path)) === hashBefore(content);
}

async function hashAt(path: string): Promise<string | undefined> {
  const file = await readPlainFile(path);
  return file && sha256(file);
}

async function linkOver(from: string, to: string): Promise<boolean> {
  const near = nearTo(to);
  try {
    await link(from, near);
    await replaceFile(near, to);
    return true;
  } catch {
    return false;
  } finally {
    await rm(near, { force: true }).catch(() => undefined);
  }
}
