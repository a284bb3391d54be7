import { chmod, copyFile, link, open, readFile, rm, stat } from 'node:fs/promises';
import { errnoOf } from '../errors.ts';
import type { Clock } from '../system/clock.ts';
import { isSameFile, isUnchanged, lookAt, mustLookAt, type FileFacts } from '../system/file-facts.ts';
import { asPlaceError, nearTo, replaceFile, sha256 } from '../system/files.ts';
import { keepInTrash } from '../system/trash.ts';
import type { Changes } from './changes.ts';
import type { ChangeStore } from './finish.ts';
import { keepOld } from './retagged.ts';
import type { NewStep } from './steps.ts';
import { entryOf } from './trash-file.ts';

export interface RetagParts {
  readonly changes: Changes;
  readonly store: ChangeStore;
  readonly clock: Pick<Clock, 'now'>;
}

export interface Retagged {
  /** All names of the file in the library: hard links of one; absolute. */
  readonly names: readonly [string, ...string[]];
  /** As it was when it was read. */
  readonly before: FileFacts;
  /** The new file, checked, on the library's disk. It's gone afterwards. */
  readonly work: string;
  /** Set where both fit into memory: then the old one is not kept in the trash, but can be made of the new one. */
  readonly isSmall: boolean;
}

/**
 * Puts a file with other tags in the place of the old one, at all of its names, as steps of the run. Each name leads to a
 * whole file at every moment. Returns false where the old one has changed since it was read.
 * @param also what is written with it, for each name
 * @throws HarmoniError output-not-writable, disk-full or file-gone; what the journal throws
 */
export async function retagFile(
  parts: RetagParts,
  retagged: Retagged,
  also: (path: string, now: FileFacts) => void,
): Promise<boolean> {
  const { names, before, work, isSmall } = retagged;
  try {
    const { mode } = await stat(names[0]);
    await chmod(work, mode & 0o7777);
    await syncFile(work);
    const after = await mustLookAt(work);
    const kept = isSmall ? await keep(names[0], work, before) : undefined;
    return await put({ ...parts, before, after, kept, also }, names, work);
  } catch (error) {
    throw asPlaceError(error, names[0]);
  }
}

async function keep(
  path: string,
  work: string,
  before: FileFacts,
): Promise<Pick<NewStep, 'content' | 'sha256'> | undefined> {
  const [old, now] = [await readFile(path), await readFile(work)];
  const content = keepOld(old, before, now);
  return content && { content, sha256: sha256(now) };
}

interface Put extends RetagParts {
  readonly before: FileFacts;
  readonly after: FileFacts;
  /** Undefined where the old file goes to the trash. */
  readonly kept: Pick<NewStep, 'content' | 'sha256'> | undefined;
  readonly also: (path: string, now: FileFacts) => void;
}

/**
 * All names are in the journal before the last of them gets the file, and the others their links: what is cut off in
 * between is finished by whoever settles the run.
 */
async function put(parts: Put, names: readonly string[], work: string): Promise<boolean> {
  const [path, ...others] = names;
  if (path === undefined) return false;
  const { before, after, also } = parts;
  const act = async (): Promise<boolean> => {
    const next = others.at(-1);
    if (next !== undefined && !(await put(parts, others, work))) return false;
    if (!isStill(before, await lookAt(path))) return false;
    if (next === undefined) await replaceFile(work, path);
    else await linkInPlace(next, path);
    return true;
  };
  const step = await stepFor(parts, path);
  const isPut = await parts.changes.make(step, act, (now) => {
    also(path, now ?? after);
  });
  if (!isPut && step.kept !== undefined && (await isSameFile(step.kept, path))) await rm(step.kept);
  return isPut;
}

async function stepFor({ store, changes, clock, kept, after }: Put, path: string): Promise<NewStep> {
  const entry = entryOf(store, path);
  if (kept !== undefined) return { kind: 'retag', path, ...kept, after, entry };
  const place = { library: changes.run.library, nowMs: clock.now() };
  return { kind: 'replace', path, kept: await keepInTrash(path, place), after, entry };
}

function isStill(before: FileFacts, at: Awaited<ReturnType<typeof lookAt>>): boolean {
  return typeof at !== 'string' && at.inode === before.inode && isUnchanged(at, before);
}

async function linkInPlace(from: string, to: string): Promise<void> {
  const near = nearTo(to);
  try {
    await link(from, near).catch(async (error: unknown) => {
      if (errnoOf(error) === 'ENOENT') throw error;
      await copyFile(from, near);
    });
    await replaceFile(near, to);
  } finally {
    await rm(near, { force: true });
  }
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync().finally(() => file.close());
}
