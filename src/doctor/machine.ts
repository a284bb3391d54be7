import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/** What decides which ways there are to get a program on this machine. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  /** As Node names it: x64, arm64 ... */
  readonly arch: string;
  /** A Linux with musl instead of glibc (Alpine). */
  readonly musl: boolean;
  readonly root: boolean;
  readonly pathDirs: readonly string[];
}

export function thisMachine(pathDirs: readonly string[]): Machine {
  return {
    platform: process.platform,
    arch: process.arch,
    musl: process.platform === 'linux' && !hasGlibc(),
    root: process.getuid?.() === 0,
    pathDirs,
  };
}

/** The first program of that name on PATH, absolute. */
export function findProgram(machine: Machine, name: string): string | undefined {
  return machine.pathDirs
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function hasGlibc(): boolean {
  const report: unknown = process.report.getReport();
  const header = typeof report === 'object' && report !== null && 'header' in report ? report.header : {};
  return typeof header === 'object' && header !== null && 'glibcVersionRuntime' in header;
}
