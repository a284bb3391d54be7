import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether small disks can be made here: as root, where mounting is allowed. */
export function canMount(): boolean {
  if (process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'harmoni-disk-'));
  try {
    mountSmallDisk(folder, 64);
    return true;
  } catch {
    return false;
  } finally {
    unmountDisk(folder);
    rmdirSync(folder);
  }
}

export function mountSmallDisk(folder: string, kilobytes: number): void {
  mount(['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'harmoni-chaos', folder]);
}

/** Somebody made room. */
export function growDisk(folder: string): void {
  mount(['-o', 'remount,size=256m', folder]);
}

/** Also while something still has a file of it open. */
export function unmountDisk(folder: string): void {
  spawnSync('umount', ['-l', folder]);
}

function mount(args: readonly string[]): void {
  const { status, stderr } = spawnSync('mount', args);
  if (status !== 0) throw new Error(`mount ${args.join(' ')}: ${stderr.toString()}`);
}
