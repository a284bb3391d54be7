import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { runProcess } from '../../../src/system/process.ts';
import { unzip } from '../../../src/system/unzip.ts';
import { hashOf } from './cache.ts';
import { lookAt, type Look } from './look.ts';

/** Packages of Debian's with freely licensed music: orchestral, rock, electronic, ambient, piano. */
const packages = [
  'asc-music',
  'extremetuxracer-data',
  'hyperrogue-music',
  'lincity-ng-data',
  'nexuiz-music',
  'singularity-music',
  'ufoai-music',
  'warzone2100-music',
  'wesnoth-1.16-music',
];
const musicTypes = ['.ogg', '.opus', '.mp3', '.flac'];
const mostBytes = 2 ** 30;
/** What is taken of a song where the whole of it would cost too much. */
export const excerptSeconds = 80;
const leastSeconds = 82;
/** Introductions have little to hear. */
const usualFromSeconds = 30;

export interface Song extends Look {
  /** Which package, and its name there. */
  readonly name: string;
  readonly path: string;
  /** Where its excerpt begins. */
  readonly fromSeconds: number;
}

/** Installs the packages into `folder`, if they aren't there, and gives `most` of their songs, the same ones each time. */
export async function readSongs(ffmpeg: string, folder: string, most: number): Promise<readonly Song[]> {
  const paths: string[] = [];
  for (const name of packages) {
    const home = join(folder, 'packages', name);
    if (!existsSync(home)) await install(name, home);
    const found = await readdir(home, { recursive: true });
    paths.push(
      ...found
        .filter(
          (path) => musicTypes.includes(extname(path).toLowerCase()) && /music|sound.cdtracks/.test(path),
        )
        .map((path) => join(home, path)),
    );
  }
  const songs: Song[] = [];
  for (const path of paths.toSorted((a, b) => order(folder, a).localeCompare(order(folder, b)))) {
    if (songs.length === most) break;
    const look = await lookAt(ffmpeg, folder, path);
    if (look === undefined || look.seconds < leastSeconds || isTwin(path)) continue;
    const fromSeconds = Math.max(0, Math.min(usualFromSeconds, look.seconds - excerptSeconds - 1));
    songs.push({ ...look, name: nameOf(folder, path), path, fromSeconds });
  }
  return songs;
}

/** By chance, and on every machine alike. */
function order(folder: string, path: string): string {
  return hashOf([nameOf(folder, path)]);
}

function nameOf(folder: string, path: string): string {
  const [name = ''] = path.slice(join(folder, 'packages').length + 1).split('/');
  return `${name}/${basename(path, extname(path))}`;
}

/** Other versions of songs that are there, too, by their names: they are neither the same nor another recording. */
const twins: readonly RegExp[] = [];

function isTwin(path: string): boolean {
  return twins.some((pattern) => pattern.test(path));
}

/** Downloaded by apt as it is set up, unpacked without being installed. */
async function install(name: string, home: string): Promise<void> {
  const partial = `${home}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  await run('apt-get', ['download', name], partial);
  for (const file of await readdir(partial)) {
    if (!file.endsWith('.deb')) continue;
    await run('dpkg-deb', ['-x', file, '.'], partial);
    await rm(join(partial, file));
  }
  for (const file of await readdir(partial, { recursive: true })) {
    if (!file.endsWith('music.pk3')) continue;
    const placeOf = (inner: string): string | undefined =>
      musicTypes.includes(extname(inner)) ? join(partial, inner) : undefined;
    await unzip(join(partial, file), { placeOf, mostBytes, signal: new AbortController().signal });
  }
  await rename(partial, home);
}

async function run(program: string, args: readonly string[], cwd: string): Promise<void> {
  const { exitCode, stderr } = await runProcess(program, args, { cwd });
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
}
