import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { sayLeftOut } from './left-out.ts';

/** Whether this user may mount a disk; the tests that need one say so when they are left out. */
export const mayMount = process.getuid?.() === 0 && process.platform === 'linux';
if (!mayMount) sayLeftOut('downloads onto a full disk', 'only root may mount one');

/** Mounts an empty disk of that many kilobytes at `folder`, for as long as it is used. */
export function mountDisk(
  folder: string,
  kilobytes: number,
): Disposable & { readonly folder: string; makeReadOnly: () => void } {
  mkdirSync(folder, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'none', folder]);
  return {
    folder,
    makeReadOnly: () => void execFileSync('mount', ['-o', 'remount,ro', folder]),
    [Symbol.dispose]: () => void execFileSync('umount', ['-l', folder]),
  };
}
