import { appendFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolderSync } from './make-folder.ts';
import { redact } from './redact.ts';

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** The log file. Every line passes `redact`, so that no secret can reach the disk by way of a message. */
export interface Log {
  write(level: LogLevel, message: string, facts?: Readonly<Record<string, unknown>>): void;
}

const mostBytes = 2 * 2 ** 20;
const generations = 3;

/** Appends to `path` and rotates it at 2 MiB (app.log, app.log.1 ...). A log that cannot be written is no failure. */
export function createLog(path: string, least: LogLevel, now: () => number): Log {
  return {
    write(level, message, facts = {}) {
      if (logLevels.indexOf(level) < logLevels.indexOf(least)) return;
      try {
        const line = redact(
          JSON.stringify({ time: new Date(now()).toISOString(), level, message, ...facts }),
        );
        makeFolderSync(dirname(path));
        rotate(path);
        appendFileSync(path, `${line}\n`, { mode: 0o600 });
      } catch {
        // Full or read-only disk, or facts that are no JSON: the work itself says so where it matters.
      }
    },
  };
}

function rotate(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  // Nobody may read what is written into a FIFO, and that would be waited for.
  if (found?.isFile() === false) throw new Error("The log isn't a file.");
  if ((found?.size ?? 0) < mostBytes) return;
  for (let age = generations - 1; age >= 1; age -= 1) {
    const older = `${path}.${age}`;
    if (statSync(older, { throwIfNoEntry: false }) !== undefined) renameSync(older, `${path}.${age + 1}`);
  }
  renameSync(path, `${path}.1`);
}
