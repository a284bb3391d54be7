import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { splitPath } from '../../../src/doctor/tools.ts';
import { runProcess } from '../../../src/system/process.ts';

/** What a reader that is not HARMONI's finds in files. */
export interface Reader {
  readonly name: string;
  read(paths: readonly string[]): Promise<readonly Reading[]>;
}

export interface Reading {
  readonly error?: string | undefined;
  readonly title?: string | null | undefined;
  readonly artist?: string | null | undefined;
  readonly album?: string | null | undefined;
  /** md5 of each picture's bytes */
  readonly covers?: readonly string[] | undefined;
  readonly durationMs?: number | undefined;
  /** Everything but pictures, by the names that the file has. */
  readonly tags?: Readonly<Record<string, readonly string[]>> | undefined;
}

const reading = z.object({
  error: z.string().optional(),
  title: z.string().nullish(),
  artist: z.string().nullish(),
  album: z.string().nullish(),
  covers: z.array(z.string()).optional(),
  durationMs: z.number().optional(),
  tags: z.record(z.string(), z.array(z.string())).optional(),
});

export const md5 = (data: Uint8Array): string => createHash('md5').update(data).digest('hex');

/** The folder that mutagen is put into at the first use; undefined where Python or pip is missing. */
export async function installMutagen(toolsDir: string): Promise<string | undefined> {
  if (!(await runs('python3', ['-m', 'pip', '--version']))) return undefined;
  const folder = join(toolsDir, 'mutagen');
  if (!existsSync(join(folder, 'mutagen'))) {
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', folder];
    const { exitCode } = await runProcess('python3', [...pip, 'mutagen']);
    if (exitCode !== 0) return undefined;
  }
  return folder;
}

export async function findMutagen(toolsDir: string): Promise<Reader | undefined> {
  const folder = await installMutagen(toolsDir);
  if (folder === undefined) return undefined;
  const script = join(import.meta.dirname, 'read_tags.py');
  return {
    name: 'mutagen',
    async read(paths) {
      const { stdout, stderr } = await runProcess('python3', [script], {
        env: { ...process.env, PYTHONPATH: folder, PYTHONIOENCODING: 'utf-8' },
        input: paths.map((path) => `${JSON.stringify(path)}\n`).join(''),
        maxOutputBytes: 2 ** 28,
      });
      const lines = stdout.split('\n').filter((line) => line !== '');
      if (lines.length !== paths.length) throw new Error(`mutagen ended early: ${stderr.slice(-500)}`);
      return lines.map((line) => reading.parse(JSON.parse(line)));
    },
  };
}

const tags = z.record(z.string(), z.string()).optional();
const probed = z.object({
  format: z.object({ duration: z.string().optional(), tags }).optional(),
  streams: z.array(z.object({ codec_type: z.string().optional(), index: z.number(), tags })).optional(),
  packets: z.array(z.object({ stream_index: z.number(), data_hash: z.string().optional() })).optional(),
});

/** The system's ffprobe; undefined where there is none. */
export async function findFfprobe(): Promise<Reader | undefined> {
  // HARMONI itself has none.
  const ffprobe = splitPath(process.env['PATH'])
    .map((folder) => join(folder, 'ffprobe'))
    .find(existsSync);
  if (ffprobe === undefined || !(await runs(ffprobe, ['-version']))) return undefined;
  const shown =
    'format=duration:format_tags:stream=index,codec_type:stream_tags:packet=stream_index,data_hash';
  const readOne = async (path: string): Promise<Reading> => {
    const { stdout, stderr, exitCode } = await runProcess(
      ffprobe,
      ['-v', 'error', '-show_data_hash', 'md5', '-show_entries', shown, '-of', 'json', path],
      { maxOutputBytes: 2 ** 28 },
    );
    if (exitCode !== 0) return { error: stderr.slice(-300) };
    const { format, streams = [], packets = [] } = probed.parse(JSON.parse(stdout));
    const isVideo = (index: number): boolean => streams[index]?.codec_type === 'video';
    // A picture has a title of its own.
    const ofSound = streams.filter(({ index }) => !isVideo(index));
    const all = Object.assign({}, ...ofSound.map((stream) => stream.tags), format?.tags) as Record<
      string,
      string
    >;
    const find = (name: string): string | undefined =>
      Object.entries(all).find(([key]) => key.toLowerCase() === name)?.[1];
    return {
      title: find('title'),
      artist: find('artist'),
      album: find('album'),
      covers: packets
        .filter(({ stream_index }) => isVideo(stream_index))
        .map(({ data_hash }) => (data_hash ?? '').toLowerCase().replace('md5:', '')),
      durationMs: Math.round(Number(format?.duration ?? 0) * 1000),
    };
  };
  return {
    name: 'ffprobe',
    async read(paths) {
      const found: Reading[] = [];
      for (let at = 0; at < paths.length; at += 2)
        found.push(...(await Promise.all(paths.slice(at, at + 2).map(readOne))));
      return found;
    },
  };
}

async function runs(program: string, args: readonly string[]): Promise<boolean> {
  const end = await runProcess(program, args).catch(() => undefined);
  return end?.exitCode === 0;
}
