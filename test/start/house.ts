import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';

/** How a start ended. */
export interface Start {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A start that is still going on. */
interface RunningStart {
  /** Waits until stderr has the text. */
  says(text: string): Promise<void>;
  /** Sends the signal to the start and all that it started, as the terminal does for Ctrl+C. */
  kill(signal: 'SIGINT' | 'SIGKILL'): void;
  readonly end: Promise<Start>;
}

interface StartOptions {
  readonly args?: readonly string[];
  readonly cwd?: string;
  /** Without it: the machine of the house. */
  readonly path?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly script?: string;
}

/**
 * A copy of the real start.sh in a folder of its own with a small program to start, on a machine whose PATH has
 * only what the test puts there. The folder's name is an awkward one.
 */
export interface House extends AsyncDisposable {
  readonly folder: string;
  readonly root: string;
  readonly bin: string;
  start(options?: StartOptions): Promise<Start>;
  begin(options?: StartOptions): RunningStart;
  /** Puts a shell script on PATH. It knows $HOUSE and $LOG. */
  program(name: string, script: string): Promise<void>;
  without(...names: string[]): Promise<void>;
  /** Puts those programs on PATH that this machine has. */
  with(...names: string[]): Promise<void>;
  write(name: string, text: string): Promise<string>;
  /** The lines that programs wrote to $LOG. */
  log(): Promise<string[]>;
  /** Makes the file older than all that is done from now on. */
  age(name: string): Promise<void>;
}

/** What start.sh and the scripts here may use, and nothing else. */
const names = (
  'bash sh env cat grep head tail rm rmdir mkdir mv ln ls chmod uname id df du awk cp sleep readlink flock perl ' +
  'sed tr cut sort wc od base64 basename sha256sum shasum sha512sum tar gzip'
).split(' ');
// Not the PATH of the test: pyenv and others put scripts in the place of programs.
const folders = ['/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin', '/opt/homebrew/bin'];
const programPath = (name: string): string | undefined =>
  folders.map((folder) => join(folder, name)).find((candidate) => existsSync(candidate));
export const hasProgram = (name: string): boolean => programPath(name) !== undefined;
const basicPrograms = names.flatMap((name): [string, string][] => {
  const path = programPath(name);
  return path === undefined ? [] : [[name, path]];
});

const toldSchema = z.object({
  args: z.array(z.string()),
  flags: z.array(z.string()),
  arenas: z.string().optional(),
  cwd: z.string(),
  node: z.string(),
  dataDir: z.string().optional(),
  program: z.string().optional(),
});

/** What the program that was started says of itself. */
export function told(start: Start): z.output<typeof toldSchema> {
  expect(start.stderr + String(start.code)).toMatch(/[03]$/);
  return toldSchema.parse(JSON.parse(start.stdout));
}

const repository = join(import.meta.dirname, '..', '..');

/** npm as far as start.sh needs it: `ci` puts packages in their place. */
export const standInNpm = `
echo "npm $*" >>"$LOG"
case $1 in
  ci)
    mkdir -p node_modules/vitest
    case $* in *--omit=dev*) ;; *) cp ../vitest.mjs node_modules/vitest/ ;; esac
    echo '{}' >node_modules/.package-lock.json ;;
esac`;

export async function createHouse(): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), "harmoni it's "));
  const root = join(folder, 'the project');
  const bin = join(folder, 'bin');
  const logFile = join(folder, 'log');
  for (const made of [bin, join(root, 'src', 'doctor')]) await mkdir(made, { recursive: true });
  for (const file of ['start.sh', 'src/doctor/fetch.sh', 'src/doctor/fetch.py', 'src/doctor/get-node.sh']) {
    await copyFile(join(repository, file), join(root, file));
  }

  for (const [name, path] of basicPrograms) await symlink(path, join(bin, name));

  const house: House = {
    folder,
    root,
    bin,
    async start(options) {
      return house.begin(options).end;
    },
    begin({ args = [], cwd = folder, path = bin, env = {}, script = join(root, 'start.sh') } = {}) {
      // Bash by its full name, since the PATH may be empty; the group of its own is for kill().
      const child = spawn('/bin/bash', [script, ...args], {
        cwd,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: path, HOME: folder, HOUSE: root, LOG: logFile, NODE: process.execPath, ...env },
      });
      let stdout = '';
      let stderr = '';
      const waiting: { text: string; found: () => void }[] = [];
      const look = (): void => {
        for (const one of waiting) if (stderr.includes(one.text)) one.found();
      };
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
      child.stderr.on('data', (chunk: Buffer) => {
        stderr += chunk.toString('utf8');
        look();
      });
      return {
        says: (text) =>
          new Promise<void>((found) => {
            waiting.push({ text, found });
            look();
          }),
        kill: (signal) => {
          if (child.pid !== undefined) process.kill(-child.pid, signal);
        },
        end: new Promise((resolve, reject) => {
          child.once('error', reject);
          child.once('close', (code) => resolve({ code, stdout, stderr }));
        }),
      };
    },
    async program(name, script) {
      await rm(join(bin, name), { force: true });
      await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
      await chmod(join(bin, name), 0o755);
    },
    async without(...names) {
      for (const name of names) await rm(join(bin, name), { force: true });
    },
    async with(...names) {
      for (const name of names) {
        const path = programPath(name);
        if (path === undefined) continue;
        await rm(join(bin, name), { force: true });
        await symlink(path, join(bin, name));
      }
    },
    async write(name, text) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), text);
      return join(root, name);
    },
    async log() {
      const text = await readFile(logFile, 'utf8').catch(() => '');
      return text.split('\n').filter((line) => line !== '');
    },
    age: (name) => utimes(join(root, name), 1, 1),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };

  const tell =
    'console.log(JSON.stringify({ args: process.argv.slice(2), flags: process.execArgv, arenas: process.env.MALLOC_ARENA_MAX, cwd: process.cwd(), node: process.execPath, ' +
    'dataDir: process.env.HARMONI_DATA_DIR, program: process.env.HARMONI_PROGRAM }))';
  await house.write('package.json', '{"name":"house","private":true}');
  await house.write('package-lock.json', '{"name":"house","lockfileVersion":3,"packages":{"":{}}}');
  await house.write('src/index.ts', tell);
  await house.write('src/doctor/set-up.ts', 'console.error("  tools:", process.argv[2])');
  await writeFile(join(folder, 'vitest.mjs'), `${tell}; process.exitCode = 3`);
  await symlink(process.execPath, join(bin, 'node'));
  await house.program('npm', standInNpm);
  return house;
}
