import { sha256, writeFileAtomic } from '../system/files.ts';
import type { Changes } from './changes.ts';
import type { NewStep } from './steps.ts';

/** Writes a playlist file as a step of the run, which remembers what stood there before. */
export async function writePlaylistFile(
  { changes }: { readonly changes: Changes },
  path: string,
  {
    before,
    next,
    kept,
  }: {
    readonly before: Buffer | undefined;
    readonly next: string | Buffer;
    /** Where it lies in the trash. */
    readonly kept?: string | undefined;
  },
  also: () => void,
): Promise<void> {
  const bytes = Buffer.from(next);
  // Players read it again when its time changes.
  if (before?.equals(bytes) === true) {
    also();
    return;
  }
  await changes.make(
    { kind: 'playlist', path, kept, content: before, ...saying(bytes) },
    async () => {
      await writeFileAtomic(path, bytes);
      return true;
    },
    also,
  );
}

/** A playlist file that will say this: it's told by that, and not by its time and inode. */
export function saying(bytes: Buffer): Pick<NewStep, 'after' | 'sha256'> {
  return { after: { sizeBytes: bytes.length, modifiedMs: 0, inode: '' }, sha256: sha256(bytes) };
}
