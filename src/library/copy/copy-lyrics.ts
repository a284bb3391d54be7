import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isShared, lrcOf } from '../../downloads/sidecars.ts';
import { exists, publishFile, readPlainFile, sha256, writeFileAtomic } from '../../system/files.ts';
import { isAsMade, type CopyParts } from './copy-song.ts';
import type { Copied } from './manifest.ts';
import type { CopyItem } from './plan.ts';

type LyricsParts = Pick<CopyParts, 'manifest' | 'target'> & {
  readonly make: Pick<CopyParts['make'], 'workFolder'>;
};

/**
 * Copies a song's .lrc file next to its copy, and changes or removes it when the library's is changed or gone. Files that
 * others put there or edited are left alone, and so is what belongs to another song of the same name, too.
 * @throws the system's error
 */
export async function copyLyrics({ key: ofSong, song }: CopyItem, parts: LyricsParts): Promise<void> {
  const { manifest, target } = parts;
  const copy = manifest.files.get(ofSong);
  if (copy === undefined || (await isShared(join(target, copy.path)))) return;
  const key = `${ofSong}\nlrc`;
  const path = lrcOf(copy.path);
  const before = manifest.files.get(key);
  const lyrics = await readPlainFile(lrcOf(song.file.path));
  if (lyrics !== undefined) {
    const file = { key, path, sizeBytes: lyrics.length, made: 'lyrics', sha256: sha256(lyrics) };
    await put(file, lyrics, parts);
  }
  const isElsewhere = before?.path !== manifest.files.get(key)?.path;
  // What went to another name goes at the end, as songs do.
  if (before === undefined || isElsewhere || (lyrics !== undefined && before.path === path)) return;
  if (!isOfAnother(before, parts) && (await isAsMade(before, target)))
    await rm(join(target, before.path), { force: true });
}

async function put(file: Copied, lyrics: Buffer, { make, manifest, target }: LyricsParts): Promise<void> {
  const to = join(target, file.path);
  const before = manifest.files.get(file.key);
  const there = await readPlainFile(to);
  if (there !== undefined) {
    if (before?.path !== file.path || before.sha256 === file.sha256) return;
    const isOurs = before.sha256 === sha256(there);
    if (isOurs) await writeFileAtomic(to, lyrics);
    // A run that was killed may have got as far as here.
    if (isOurs || there.equals(lyrics)) await manifest.add(file);
  } else if (!(await exists(to))) {
    const work = join(make.workFolder, `lyrics-${randomBytes(6).toString('hex')}`);
    await writeFile(work, lyrics);
    await manifest.add(file);
    // A name that was taken just now: what lies there has another checksum, so it isn't taken for HARMONI's.
    if (!(await publishFile(work, to))) await rm(work, { force: true });
  }
}

/** Whether the file at that path is in the copy for another song by now. */
function isOfAnother({ key, path }: Copied, { manifest }: LyricsParts): boolean {
  return [...manifest.files.values()].some((file) => file.path === path && file.key !== key);
}
