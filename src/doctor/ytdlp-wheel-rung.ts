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

/**
 * What yt-dlp fetches with, and the first release of each that it does not know. Python's own urllib does not notice a
 * connection that breaks, and yt-dlp then tries for ever.
 */
const helpers = { requests: 3, urllib3: 3, idna: 4, 'charset-normalizer': 4, certifi: 9999 };

const mostBytes = 100 * 2 ** 20;
const questionMs = 30_000;
const compileMs = 2 * 60_000;

/** A file of its own, because `-m yt_dlp` would look for modules in the user's folder first. */
const starter = `import os, sys
if os.environ.get("SSL_CERT_FILE"):
    # certifi's list would go over the one that is set.
    sys.argv[1:1] = ["--compat-options", "no-certifi"]
from yt_dlp import main
sys.exit(main())
`;

/** Found beside itself, so that the project's folder can be moved. */
const wrapper = (python: string): string => `#!/bin/sh
exec '${python.replaceAll("'", "'\\''")}' "\${0%/*}/python/start.py" "$@"
`;

/**
 * Answers the Python's version, such as 3.11.2, and where it lies: a shim (pyenv, asdf) is a shell script that costs
 * each start of yt-dlp a tenth of a second, and finds another Python where the folder names one.
 */
const question = ['-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3]); print(sys.executable)'];

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
          'it needs Python 3. Install it, or give this machine access to github.com.',
        );
      }
      const fetch = { ...options.fetch, signal };
      // Built beside the one in use and exchanged when it runs.
      const stage = join(toolsDir, 'python.partial');
      try {
        await rm(stage, { recursive: true, force: true });
        await mkdir(stage, { recursive: true });
        const { version, path } = await pythonBehind(python, signal);
        await addPackages(fetch, { indexUrl, python: version, stage, toolsDir });
        const start = join(stage, 'start.py');
        await writeFile(start, starter);
        await compile(path, stage, signal);
        if ((await askFacts(ytDlpKind, path, [start], signal)) === undefined) {
          throw new HarmoniError('ytdlp-missing', "it doesn't run on this machine.");
        }
        const home = join(toolsDir, 'python');
        await rm(home, { recursive: true, force: true });
        await rename(stage, home);
        await writeFileAtomic(ownCopyOf('yt-dlp', toolsDir), wrapper(path), 0o755);
      } finally {
        await rm(stage, { recursive: true, force: true });
      }
    },
  };
}

async function pythonBehind(
  python: string,
  signal: AbortSignal,
): Promise<{ readonly version: string; readonly path: string }> {
  const { exitCode, stdout } = await runProcess(python, question, { signal, timeoutMs: questionMs });
  const [version, path] = stdout.trim().split('\n');
  if (exitCode !== 0 || version === undefined)
    throw new HarmoniError('ytdlp-missing', `${python} doesn't run.`);
  // It doesn't know where it lies when it was started in an odd way.
  return { version, path: path === undefined || path === '' ? python : path };
}

async function addPackages(
  fetch: FetchDeps,
  to: { indexUrl: string; python: string; stage: string; toolsDir: string },
): Promise<void> {
  const { indexUrl, python, stage, toolsDir } = to;
  const addOne = async (name: string, isRight: (file: IndexFile) => boolean): Promise<void> => {
    const wheel = newestWheels(await listIndexFiles(fetch, indexUrl, name)).find(isRight);
    if (wheel === undefined)
      throw new HarmoniError('ytdlp-missing', `there's no ${name} for Python ${python}.`);
    await add(fetch, wheel, stage, toolsDir);
  };
  await addOne('yt-dlp', ({ requiresPython }) => allowsPython(requiresPython, python));
  for (const [name, below] of Object.entries(helpers)) {
    await addOne(name, (one) => fitsAnyMachine(one, below) && allowsPython(one.requiresPython, python));
  }
  const solver = await solverOf(stage);
  if (solver === undefined) return;
  await addOne('yt-dlp-ejs', ({ fileName }) => fileName === `yt_dlp_ejs-${solver}-py3-none-any.whl`);
}

function fitsAnyMachine({ fileName }: IndexFile, below: number): boolean {
  return fileName.endsWith('py3-none-any.whl') && Number(/-(\d+)\./.exec(fileName)?.[1]) < below;
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

/** What every start and the providers need: half a second of each start else, where Python may not write beside it later. */
async function compile(python: string, stage: string, signal: AbortSignal): Promise<void> {
  const rest = String.raw`extractor[/\\](?!youtube|soundcloud|common|commonmistakes|generic|extractors|lazy|_)`;
  const args = ['-m', 'compileall', '-q', '-x', rest, stage];
  await runProcess(python, args, { signal, timeoutMs: compileMs });
}
