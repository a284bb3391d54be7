import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planConversion, type ConversionPlan } from '../../src/downloads/conversion-plan.ts';
import { runFfmpeg, type FfmpegOptions } from '../../src/downloads/ffmpeg.ts';
import { runProcess } from '../../src/system/process.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { realTools } from '../helpers/world.ts';

let found: Promise<string> | undefined;

/** The ffmpeg of this machine. */
const ffmpegPath = (): Promise<string> => (found ??= realTools().then(({ ffmpeg }) => ffmpeg));

const folder = join(tmpdir(), 'harmoni-test-sines');

/** A sine of so many seconds as YouTube's two streams come: Opus in WebM, AAC in MP4. Made once. */
export async function sine(kind: 'webm' | 'm4a', seconds = 1): Promise<string> {
  const path = join(folder, `sine-${seconds}.${kind}`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  // Two may make it at once, in one process too.
  const own = join(folder, `${randomUUID()}.${kind}`);
  const codec = kind === 'webm' ? 'libopus' : 'aac';
  const input = ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}:sample_rate=48000`];
  const { exitCode, stderr } = await runProcess(await ffmpegPath(), ['-y', ...input, '-c:a', codec, own]);
  if (exitCode !== 0) throw new Error(stderr);
  renameSync(own, path);
  return path;
}

/** Makes one file from another with the ffmpeg of this machine. */
export async function convertFile(
  from: string,
  to: string,
  plan: ConversionPlan,
  options: Partial<FfmpegOptions> = {},
): Promise<void> {
  const { signal } = new AbortController();
  const defaults = { ffmpegPath: await ffmpegPath(), extraArgs: [], signal, silenceMs: 30_000 };
  await runFfmpeg({ from, to, plan }, { ...defaults, ...options });
}

/** An untagged sound of one second in the format, as HARMONI's conversion makes it. */
export async function untaggedFile(extension: ConversionPlan['extension'], to: string): Promise<void> {
  const from = await sine(extension === 'm4a' ? 'm4a' : 'webm');
  await convertFile(from, to, planConversion(extension, extension === 'm4a' ? 'aac' : 'opus', 'low'));
}

/** The samples of some files, 16 bits each, as ffmpeg decodes them; broken frames are left out. */
export async function samplesOf(paths: readonly string[]): Promise<Buffer[]> {
  const outputs = paths.map((_, index) => join(tempFolder(), `${index}.pcm`));
  const inputArgs = paths.flatMap((path) => ['-i', path]);
  const outputArgs = outputs.flatMap((path, index) => ['-map', `${index}:a:0`, '-f', 's16le', path]);
  await ffmpeg([...inputArgs, ...outputArgs]);
  return outputs.map((path) => readFileSync(path));
}

/** What the ffmpeg of this machine writes to "-". @throws where it fails */
export async function ffmpeg(args: readonly string[]): Promise<Buffer> {
  const all = ['-nostdin', '-v', 'fatal', '-y', ...args];
  return execFileSync(await ffmpegPath(), all, { maxBuffer: 2 ** 28 });
}

/**
 * Whether this machine's ffmpeg reads and writes AAC with its edits to the sample: 5.1 gives a frame more or less. Where it
 * doesn't, what it says is no proof.
 */
export async function isExactInAac(): Promise<boolean> {
  const version = /^ffmpeg version n?(\d+)/.exec((await ffmpeg(['-version'])).toString())?.[1];
  return Number(version) >= 7;
}
