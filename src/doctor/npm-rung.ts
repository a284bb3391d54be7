import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Rung } from './ladder.ts';
import { findProgram, type Machine } from './machine.ts';
import { fileNameOf, ownCopyOf, placeOwnCopy } from './own-copy.ts';
import { runOrSay } from './run-or-say.ts';
import { ffmpegKind } from './tool-kinds.ts';

const stepMs = 10 * 60_000;

/** The platforms that have a @ffmpeg-installer package. Its builds are of 2018, and have every encoder needed. */
const platforms = new Set(['linux-x64', 'linux-arm64', 'linux-arm', 'darwin-x64', 'darwin-arm64']);

/** ffmpeg out of npm's package for this platform. The package's own script, a chmod, is not run. */
export function npmRung(options: { machine: Machine; toolsDir: string }): Rung {
  const { machine, toolsDir } = options;
  const platform = `${machine.platform}-${machine.arch}`;
  const npm = platforms.has(platform) ? findProgram(machine, 'npm') : undefined;
  return {
    name: 'npm',
    applies: () => npm !== undefined,
    async get(signal) {
      if (npm === undefined) return;
      const stage = join(toolsDir, 'ffmpeg.partial');
      const packageName = `@ffmpeg-installer/${platform}`;
      const args = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
      // npm under the Node that runs HARMONI, whatever node the PATH has.
      const env = { PATH: [dirname(process.execPath), ...machine.pathDirs].join(':') };
      try {
        await rm(stage, { recursive: true, force: true });
        await mkdir(stage, { recursive: true });
        const install = ['install', '--prefix', stage, ...args, '--loglevel=error', packageName];
        await runOrSay(npm, install, { signal, timeoutMs: stepMs, env, packageManager: true });
        const trial = ownCopyOf('ffmpeg.trial', toolsDir);
        await rename(join(stage, 'node_modules', packageName, fileNameOf('ffmpeg')), trial);
        await chmod(trial, 0o755);
        await placeOwnCopy(ffmpegKind, trial, toolsDir, signal);
      } finally {
        await rm(stage, { recursive: true, force: true });
      }
    },
  };
}
