import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarmoniError } from '../errors.ts';
import { writeFileAtomic } from '../system/files.ts';
import { runProcess } from '../system/process.ts';
import { askFacts } from './ask-facts.ts';
import type { Rung } from './ladder.ts';
import { findProgram, type Machine } from './machine.ts';
import { ownCopyOf } from './own-copy.ts';
import { runOrSay } from './run-or-say.ts';
import { ytDlpKind } from './tool-kinds.ts';

const stepMs = 10 * 60_000;
const installArgs = ['install', '--quiet', '--disable-pip-version-check', '--no-input'];

/** The "default" extra brings the component that solves YouTube's JavaScript. */
const packageName = 'yt-dlp[default]';

/**
 * How the copy is started. yt-dlp's own start script is run as a Python file, because its first line still names the
 * folder in which it was built, and `-m yt_dlp` would look for modules in the user's folder first. A plain folder
 * belongs to the Python that filled it.
 */
const wrappers = {
  venv: () => `#!/bin/sh
home="\${0%/*}/python"
exec "$home/bin/python3" "$home/bin/yt-dlp" "$@"
`,
  target: (python: string) => `#!/bin/sh
home="\${0%/*}/python"
PYTHONPATH="$home" exec '${python.replaceAll("'", "'\\''")}' "$home/bin/yt-dlp" "$@"
`,
} as const;

/** yt-dlp from PyPI, in a venv of HARMONI's own; where Python has no venv, in a plain folder of its own. */
export function pypiRung(options: { machine: Machine; toolsDir: string }): Rung {
  const { machine, toolsDir } = options;
  const python = machine.platform === 'win32' ? undefined : findProgram(machine, 'python3');
  return {
    name: 'PyPI',
    applies: () => python !== undefined,
    async get(signal) {
      if (python === undefined) return;
      // Built beside the one in use and exchanged when it runs.
      const stage = join(toolsDir, 'python.partial');
      try {
        await rm(stage, { recursive: true, force: true });
        await mkdir(stage, { recursive: true });
        const kind = await install(python, stage, signal);
        const runner = kind === 'venv' ? join(stage, 'bin', 'python3') : python;
        const script = join(stage, 'bin', 'yt-dlp');
        const env = kind === 'venv' ? {} : { PYTHONPATH: stage };
        if ((await askFacts(ytDlpKind, runner, [script], signal, env)) === undefined) {
          throw new HarmoniError('ytdlp-missing', 'it does not run on this machine.');
        }
        const home = join(toolsDir, 'python');
        await rm(home, { recursive: true, force: true });
        await rename(stage, home);
        await writeFileAtomic(ownCopyOf('yt-dlp', toolsDir), wrappers[kind](python), 0o755);
      } finally {
        await rm(stage, { recursive: true, force: true });
      }
    },
  };
}

async function install(python: string, stage: string, signal: AbortSignal): Promise<keyof typeof wrappers> {
  const step = { signal, timeoutMs: stepMs, packageManager: true };
  const venv = await runProcess(python, ['-m', 'venv', stage], step);
  if (venv.exitCode === 0) {
    const inside = join(stage, 'bin', 'python3');
    await runOrSay(inside, ['-m', 'pip', ...installArgs, packageName], step);
    return 'venv';
  }
  // Debian's python3 without python3-venv leaves a half-made folder.
  await rm(stage, { recursive: true, force: true });
  const pip = await runProcess(python, ['-m', 'pip', '--version'], step);
  if (pip.exitCode !== 0) throw new HarmoniError('ytdlp-missing', 'this Python has neither venv nor pip.');
  const args = ['-m', 'pip', ...installArgs, '--target', stage, packageName];
  await runOrSay(python, args, step);
  return 'target';
}
