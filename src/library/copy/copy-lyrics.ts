import { join } from 'node:path';
import { lrcOf } from '../../downloads/sidecars.ts';
import { exists, linkOrCopy, readPlainFile, sha256, writeFileAtomic } from '../../system/files.ts';
import type { CopyParts } from './copy-song.ts';
import type { CopyItem } from './plan.ts';

type LyricsParts = Pick<CopyParts, 'manifest' | 'target'> & {
  readonly make: Pick<CopyParts['make'], 'workFolder'>;
};

/**
 * Brings the .lrc file of a song along that is in the copy, anew where the library's is another one by now. What somebody
 * else put there, or changed, stays.
 * @throws the system's error
 */
export async function copyLyrics(
  { key, song }: CopyItem,
  { make, manifest, target }: LyricsParts,
): Promise<void> {
  const copy = manifest.files.get(key);
  const from = lrcOf(song.file.path);
  const lyrics = await readPlainFile(from);
  if (copy === undefined || lyrics === undefined) return;
  const path = lrcOf(copy.path);
  const to = join(target, path);
  const file = { key: `${key}\nlrc`, path, sizeBytes: lyrics.length, made: sha256(lyrics) };
  const before = manifest.files.get(file.key);
  const there = await readPlainFile(to);
  if (there === undefined) {
    if (await exists(to)) return;
    await manifest.add(file);
    await linkOrCopy(from, to, 'copy', make.workFolder);
  } else if (before?.path === path && before.made !== file.made) {
    const isOurs = before.made === sha256(there);
    if (isOurs) await writeFileAtomic(to, lyrics);
    // A run that was killed may have got as far as here.
    if (isOurs || there.equals(lyrics)) await manifest.add(file);
  }
}
