import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarmoniError } from '../errors.ts';
import { askFacts } from './ask-facts.ts';
import type { ToolKind } from './tool-kinds.ts';

/** The file name of a program on this platform. */
export function fileNameOf(name: string): string {
  return process.platform === 'win32' && !name.endsWith('.exe') ? `${name}.exe` : name;
}

/** Where HARMONI keeps its own copy of a program. */
export function ownCopyOf(name: string, toolsDir: string): string {
  return join(toolsDir, fileNameOf(name));
}

/** Where a download is until it is unpacked or put in its place; a half of one waits there for the next start. */
export function downloadOf(fileName: string, toolsDir: string): string {
  return join(toolsDir, 'downloads', fileName);
}

/**
 * Makes the executable `trial`, a file in the tools folder, HARMONI's own copy if it runs on this machine; what was
 * built for a newer system does not. Otherwise removes it and throws, and the copy that was there stays.
 */
export async function placeOwnCopy(
  kind: ToolKind,
  trial: string,
  toolsDir: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    if ((await askFacts(kind, trial, [], signal)) === undefined) {
      throw new HarmoniError(kind.missing, "it doesn't run on this machine.");
    }
    await rename(trial, ownCopyOf(kind.name, toolsDir));
  } finally {
    await rm(trial, { force: true });
  }
}
