import { factsAt } from '../system/file-facts.ts';
import { writeFileAtomic } from '../system/files.ts';
import type { Changes } from './changes.ts';

/** Writes a playlist file as a step of the run, which remembers what stood there before. */
export async function writePlaylistFile(
  { changes }: { readonly changes: Changes },
  path: string,
  { before, next }: { readonly before: Buffer | undefined; readonly next: string | Buffer },
  also: () => void,
): Promise<void> {
  const bytes = Buffer.from(next);
  // Players read it again when its time changes.
  if (before?.equals(bytes) === true) {
    also();
    return;
  }
  const now = await factsAt(path);
  // Which of the two is there is told by the size, the inode and the time.
  const after = { sizeBytes: bytes.length, modifiedMs: now?.modifiedMs ?? 0, inode: '' };
  await changes.make(
    { kind: 'playlist', path, content: before, after },
    async () => {
      await writeFileAtomic(path, bytes);
      return true;
    },
    also,
  );
}
