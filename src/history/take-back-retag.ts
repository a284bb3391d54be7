import { chmod, link, open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { factsAt, isUnchanged, mustLookAt } from '../system/file-facts.ts';
import { asPlaceError, nearTo, replaceFile, sha256 } from '../system/files.ts';
import type { Changes } from './changes.ts';
import type { ChangeStore } from './finish.ts';
import { factsBefore, hashBefore, keepOld, oldOf } from './retagged.ts';
import { entryOf } from './trash-file.ts';
import type { Change, WayBack } from './way-back.ts';

/**
 * Gives a file the tags and the time that it had: the old file is made of the new one, and has its place only when it is
 * whole and the same to the last byte.
 * @param otherNames of the file, some of which may have the old one already
 * @throws HarmoniError output-not-writable, disk-full or file-gone; what the journal throws
 */
export async function takeBackRetag(
  { changes, store }: { readonly changes: Changes; readonly store: ChangeStore },
  { path, content, sha256: then }: Change,
  otherNames: readonly string[],
): Promise<WayBack> {
  const now = await readFile(path).catch((error: unknown) => {
    throw asPlaceError(error, path);
  });
  if (sha256(now) !== then) return { obstacle: 'changed' };
  const old = content === undefined ? undefined : oldOf(content, now);
  if (content === undefined || old === undefined) return { obstacle: 'not kept' };
  const before = factsBefore(content);
  const near = nearTo(path);
  try {
    const twin = await twinOf(otherNames, before, hashBefore(content));
    if (twin === undefined || !(await isLinked(twin, near))) await write(near, old, { like: path, before });
    const kept = keepOld(now, await mustLookAt(path), old);
    if (kept === undefined) return { obstacle: 'not kept' };
    const after = await mustLookAt(near);
    const step = { kind: 'retag', path, content: kept, sha256: hashBefore(content), after } as const;
    await changes.make({ ...step, entry: entryOf(store, path) }, async () => {
      await replaceFile(near, path);
      return true;
    });
    return { way: 'retag' };
  } catch (error) {
    throw asPlaceError(error, path);
  } finally {
    await rm(near, { force: true });
  }
}

async function write(
  near: string,
  old: Buffer,
  { like, before }: { readonly like: string; readonly before: { readonly modifiedMs: number } },
): Promise<void> {
  const { mode } = await stat(like);
  const file = await open(near, 'wx');
  try {
    await file.writeFile(old);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(near, mode & 0o7777);
  await utimes(near, before.modifiedMs / 1000, before.modifiedMs / 1000);
}

/** One of the names that has the old file already. */
async function twinOf(
  names: readonly string[],
  before: Parameters<typeof isUnchanged>[1],
  hash: string,
): Promise<string | undefined> {
  for (const name of names) {
    const found = await factsAt(name);
    if (found !== undefined && isUnchanged(found, before) && sha256(await readFile(name)) === hash)
      return name;
  }
  return undefined;
}

async function isLinked(from: string, to: string): Promise<boolean> {
  return link(from, to).then(
    () => true,
    () => false,
  );
}
