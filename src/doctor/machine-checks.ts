import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { listTrash, sizeOf } from '../system/trash-folder.ts';
import { hiddenFolderName } from '../system/trash.ts';
import type { Check } from './check.ts';

const leastDiskBytes = 1e9;
const leastMemoryBytes = 200e6;

/** Whether files can be written to a folder, or the folder be made where there is none yet. Makes nothing. */
export async function folderCheck(name: string, folder: string): Promise<Check> {
  const nearest = await nearestExisting(folder);
  const ok =
    nearest.isFolder &&
    (await access(nearest.path, constants.W_OK | constants.X_OK).then(
      () => true,
      () => false,
    ));
  if (ok) return { name, ok, message: folder };
  const message = nearest.isFolder ? `${folder} can't be written.` : `${nearest.path} isn't a folder.`;
  return { name, ok, message, fix: 'Make sure you can write to it, or choose another folder.' };
}

/** Warns below 1 GB. */
export async function diskCheck(folder: string): Promise<Check> {
  const { path } = await nearestExisting(folder);
  const { bavail, bsize } = await statfs(path);
  const bytes = bavail * bsize;
  const base = { name: 'disk', ok: true, message: `${(bytes / 1e9).toFixed(1)} GB free for your music` };
  return bytes >= leastDiskBytes ? base : { ...base, fix: 'Free up some space: a song takes 3 to 10 MB.' };
}

/** What lies in the trash folders, where there is anything. @param keptDays 0: it is never emptied */
export async function trashChecks(folders: readonly string[], keptDays: number): Promise<Check[]> {
  const checks: Check[] = [];
  for (const folder of folders) {
    const files = await listTrash(folder);
    if (files.length === 0) continue;
    const many = files.length === 1 ? '1 file' : `${files.length} files`;
    const size = `${(sizeOf(files) / 1e6).toFixed(1)} MB`;
    const until =
      keptDays === 0
        ? 'kept until you delete them'
        : `each kept for ${keptDays === 1 ? '1 day' : `${keptDays} days`} (trash_days)`;
    // What HARMONI 2.0 put elsewhere is in no library.
    const how =
      basename(dirname(folder)) === hiddenFolderName ? 'run harmoni trash empty' : 'delete that folder';
    const message = `${many}, ${size} in ${folder}, ${until}. To empty it now, ${how}.`;
    checks.push({ name: 'trash', ok: true, message });
  }
  return checks;
}

/** How busy the machine is. Never a fault: yt-dlp and ffmpeg wait their turn. Pure. */
export function processorCheck({ share, cores }: { readonly share: number; readonly cores: number }): Check {
  const many = cores === 1 ? '1 core' : `${cores} cores`;
  return { name: 'processor', ok: true, message: `${many}, ${Math.round(share * 100)} % in use` };
}

/** Warns below 200 MB. Pure. */
export function memoryCheck(freeBytes: number): Check {
  const base = { name: 'memory', ok: true, message: `${Math.round(freeBytes / 1e6)} MB free` };
  return freeBytes >= leastMemoryBytes
    ? base
    : { ...base, fix: 'Close other programs, or set max_concurrent_downloads to 1.' };
}

async function nearestExisting(folder: string): Promise<{ path: string; isFolder: boolean }> {
  const path = resolve(folder);
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined) return { path, isFolder: found.isDirectory() };
  return dirname(path) === path ? { path, isFolder: false } : nearestExisting(dirname(path));
}
