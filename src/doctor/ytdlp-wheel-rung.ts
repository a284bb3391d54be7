import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HarmoniError } from '../errors.ts';
import { writeFileAtomic } from '../system/files.ts';
import { runProcess } from '../system/process.ts';
import { unzip } from '../system/unzip.ts';
import { askFacts } from './ask-facts.ts';
import { fetchVerified, type FetchDeps } from './fetch-verified.ts';
import type { Rung } from './ladder.ts';
import { findProgram, type Machine } from './machine.ts';
import { downloadOf, ownCopyOf } from './own-copy.ts';
import { listIndexFiles, type IndexFile } from './python-index.ts';
import { ytDlpKind } from './tool-kinds.ts';
import { allowsPython, newestWheels } from './wheels.ts';

const mostBytes = 100 * 2 ** 20;
const questionMs = 30_000;
const compileMs = 2 * 60_000;

/** A file of its own, because `-m yt_dlp` would look for modules in the user's folder first. */
const starter = `import sys
from yt_dlp import main
sys.exit(main())
`;

/** Found beside itself, so that the project's folder can be moved. */
const wrapper = (python: string): string => `#!/bin/sh
exec '${python.replaceAll("'", "'\\''")}' "\${0%/*}/python/start.py" "$@"
`;

/** Answers the Python's version, such as 3.11.2. */
const versionQuestion = ['-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3])'];

/**
 * yt-dlp's Python package and the one that solves YouTube's JavaScript for it, unpacked into a folder of HARMONI's own.
 * It needs a Python, but neither pip nor venv.
 */
export function ytDlpWheelRung(options: {
  machine: Machine;
  toolsDir: string;
  indexUrl: string;
  fetch: Omit<FetchDeps, 'signal'>;
}): Rung {
  const { machine, toolsDir, indexUrl } = options;
  const python = machine.platform === 'win32' ? undefined : findProgram(machine, 'python3');
  return {
    name: 'PyPI',
    applies: () => machine.platform !== 'win32',
    async get(signal) {
      if (python === undefined) {
        throw new HarmoniError(
          'ytdlp-missing',
          'it needs Python 3. Install that, or let this machine reach github.com.',
        );
      }
      const fetch = { ...options.fetch, signal };
      // Built beside the one in use and exchanged when it runs.
      const stage = join(toolsDir, 'python.partial');
      try {
        await rm(stage, { recursive: true, force: true });
        await mkdir(stage, { recursive: true });
        const version = await versionOf(python, signal);
        await add(fetch, await ytDlpWheel(fetch, indexUrl, version), stage, toolsDir);
        const solver = await solverOf(stage);
        if (solver !== undefined) {
          const files = await listIndexFiles(fetch, indexUrl, 'yt-dlp-ejs');
          const wheel = files.find(({ fileName }) => fileName === `yt_dlp_ejs-${solver}-py3-none-any.whl`);
          if (wheel === undefined)
            throw new HarmoniError('ytdlp-missing', `its part yt-dlp-ejs ${solver} is not there.`);
          await add(fetch, wheel, stage, toolsDir);
        }
        const start = join(stage, 'start.py');
        await writeFile(start, starter);
        await compile(python, stage, signal);
        if ((await askFacts(ytDlpKind, python, [start], signal)) === undefined) {
          throw new HarmoniError('ytdlp-missing', 'it does not run on this machine.');
        }
        const home = join(toolsDir, 'python');
        await rm(home, { recursive: true, force: true });
        await rename(stage, home);
        await writeFileAtomic(ownCopyOf('yt-dlp', toolsDir), wrapper(python), 0o755);
      } finally {
        await rm(stage, { recursive: true, force: true });
      }
    },
  };
}

async function versionOf(python: string, signal: AbortSignal): Promise<string> {
  const { exitCode, stdout } = await runProcess(python, versionQuestion, { signal, timeoutMs: questionMs });
  if (exitCode !== 0) throw new HarmoniError('ytdlp-missing', `${python} does not run.`);
  return stdout.trim();
}

async function ytDlpWheel(fetch: FetchDeps, indexUrl: string, python: string): Promise<IndexFile> {
  const wheels = newestWheels(await listIndexFiles(fetch, indexUrl, 'yt-dlp'));
  const wheel = wheels.find(({ requiresPython }) => allowsPython(requiresPython, python));
  if (wheel === undefined) throw new HarmoniError('ytdlp-missing', `there is none for Python ${python}.`);
  return wheel;
}

async function add(fetch: FetchDeps, wheel: IndexFile, folder: string, toolsDir: string): Promise<void> {
  const archive = downloadOf(wheel.fileName, toolsDir);
  await fetchVerified(fetch, wheel, archive);
  try {
    await unzip(archive, { placeOf: (name) => join(folder, name), mostBytes, signal: fetch.signal });
  } finally {
    await rm(archive, { force: true });
  }
}

/** The version of yt-dlp-ejs that this yt-dlp goes with; older ones know none. */
async function solverOf(stage: string): Promise<string | undefined> {
  const info = (await readdir(stage)).find((name) => /^yt_dlp-.*\.dist-info$/.test(name));
  if (info === undefined) return undefined;
  const metadata = await readFile(join(stage, info, 'METADATA'), 'utf8');
  return /^Requires-Dist: yt-dlp-ejs==([\d.]+)/m.exec(metadata)?.[1];
}

/** What every start and YouTube need: half a second of each start else, where Python may not write beside it later. */
async function compile(python: string, stage: string, signal: AbortSignal): Promise<void> {
  const rest = String.raw`extractor[/\\](?!youtube|common|commonmistakes|generic|extractors|lazy|_)`;
  const args = ['-m', 'compileall', '-q', '-x', rest, stage];
  await runProcess(python, args, { signal, timeoutMs: compileMs });
}
