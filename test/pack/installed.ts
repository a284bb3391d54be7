import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { finished, projectDir, realTools, type Run } from '../helpers/world.ts';

/** The npm package as a user has it: packed from a copy of the sources, installed into an empty folder. */
export interface Installed {
  readonly tarball: string;
  readonly packMs: number;
  readonly installMs: number;
  readonly prefix: string;
  readonly packageDir: string;
  readonly home: string;
  /** Runs the installed `harmoni` as an ordinary user, with nothing but this in its environment. */
  run(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Run>;
  /** The same for what needs yt-dlp and ffmpeg; as root where no other user can start them. */
  download(args: readonly string[]): Promise<Run>;
  start(args: readonly string[], env?: NodeJS.ProcessEnv): ReturnType<typeof spawn>;
  npm(args: readonly string[]): string;
  close(): void;
}

type User = { uid: number; gid: number } | undefined;

/** nobody of Linux and macOS, for tests that run as root; undefined where they couldn't start these programs. */
function ordinaryUser(...commands: readonly (readonly [string, string])[]): User {
  if (process.getuid?.() !== 0) return undefined;
  const user = { uid: 65_534, gid: 65_534 };
  return commands.every(([file, arg]) => spawnSync(file, [arg], user).status === 0) ? user : undefined;
}

export async function installPackage(): Promise<Installed> {
  const tools = await realTools();
  const folder = mkdtempSync(join(tmpdir(), 'harmoni-pack-'));
  const [source, home, prefix, cache] = ['source', 'home', 'prefix', 'cache'].map((name) => {
    const path = join(folder, name);
    mkdirSync(path);
    return path;
  }) as [string, string, string, string]; // four names in, four folders out
  const node = [process.execPath, '--version'] as const;
  const user = ordinaryUser(node);
  const downloader = ordinaryUser(node, [tools.ytDlp, '--version'], [tools.ffmpeg, '-version']);
  if (user !== downloader && downloader === undefined)
    console.log('The demo of the package runs as root: no other user can start yt-dlp and ffmpeg here.');
  chmodSync(folder, 0o755);
  if (user !== undefined) for (const path of [home, prefix, cache]) chownSync(path, user.uid, user.gid);

  // A copy, because package.json changes while npm packs. Without a lock file start.sh takes the packages as they are.
  for (const name of ['src', 'package.json', 'tsconfig.json', 'start.sh', 'readme.md', 'LICENSE']) {
    cpSync(join(projectDir, name), join(source, name), { recursive: true });
  }
  symlinkSync(join(projectDir, 'node_modules'), join(source, 'node_modules'));
  const path = [dirname(process.execPath), process.env['PATH']].join(delimiter);
  // The tests' own npm settings stay out, and nothing is asked of a registry.
  const kept = Object.entries(process.env).filter(([name]) => !/^(?:npm_|HARMONI_|NODE_OPTIONS)/i.test(name));
  const npmEnv = {
    ...Object.fromEntries(kept),
    ...{
      PATH: path,
      HOME: home,
      npm_config_cache: cache,
      npm_config_offline: 'true',
      npm_config_audit: 'false',
    },
    ...{ npm_config_update_notifier: 'false', npm_config_fund: 'false' },
  };
  const npm = (args: readonly string[], options: { cwd: string; env?: NodeJS.ProcessEnv }): string => {
    const result = spawnSync('npm', args, {
      encoding: 'utf8',
      ...user,
      ...options,
      env: { ...npmEnv, ...options.env },
    });
    if (result.status !== 0) throw new Error(`npm ${args.join(' ')}\n${result.stdout}\n${result.stderr}`);
    return result.stdout;
  };
  let before = performance.now();
  const packed = spawnSync('npm', ['pack', '--pack-destination', folder], {
    ...{ cwd: source, encoding: 'utf8' },
    env: {
      ...npmEnv,
      npm_config_cache: join(folder, 'packing'),
      HARMONI_DATA_DIR: process.env['HARMONI_DATA_DIR'] ?? join(projectDir, 'data'),
    },
  });
  const packMs = performance.now() - before;
  const name = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (name === undefined) throw new Error(`npm pack made nothing.\n${packed.stdout}\n${packed.stderr}`);
  const tarball = join(folder, name);
  before = performance.now();
  npm(['install', '--global', '--prefix', prefix, tarball], { cwd: home });
  const installMs = performance.now() - before;

  const env = {
    PATH: path,
    HOME: home,
    LANG: 'C.UTF-8',
    HARMONI_YTDLP: tools.ytDlp,
    HARMONI_FFMPEG: tools.ffmpeg,
  };
  const program = join(prefix, 'bin', 'harmoni');
  const end = (child: ReturnType<typeof spawn>): Promise<Run> => {
    child.stdin?.end();
    return finished(child);
  };
  const start = (args: readonly string[], more: NodeJS.ProcessEnv = {}) =>
    spawn(program, [...args], { cwd: home, env: { ...env, ...more }, ...user });
  return {
    ...{ tarball, packMs, installMs, prefix, home, start },
    packageDir: join(prefix, 'lib', 'node_modules', 'harmoni'),
    run: (args, more) => end(start(args, more)),
    download: (args) =>
      end(downloader === undefined ? spawn(program, [...args], { cwd: home, env }) : start(args)),
    npm: (args) => npm([...args, '--prefix', prefix], { cwd: home }),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Every file below a folder, relative, with "/". */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.replaceAll('\\', '/'));
}
