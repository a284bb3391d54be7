import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { clipFingerprints } from '../../../src/ear/clip.ts';
import { readFingerprint } from '../../../src/sound/measurement.ts';
import { runProcess } from '../../../src/system/process.ts';
import { createRandom } from '../../helpers/random.ts';
import { hashOf, placeOf } from './cache.ts';
import type { Chain } from './chains.ts';
import { voiceBand } from './look.ts';
import { excerptSeconds, type Song } from './songs.ts';

export interface PrintParts {
  readonly ffmpeg: string;
  readonly folder: string;
}

export const clipSeconds = 30;
const medleySide = 85;
const medleyPart = 10;

/** Where in the excerpt a song's clips begin, in seconds: anywhere, so not where one of Chromaprint's values begins. */
export function clipPlaces(song: Song): readonly [number, number] {
  const random = createRandom(Number.parseInt(hashOf([song.name]).slice(0, 8), 16));
  const place = (): number => Number((2 + random.next() * (excerptSeconds - clipSeconds - 4)).toFixed(3));
  return [place(), place()];
}

/** A preview as a store gives it: MP3 of 128 kbit/s. */
export async function clipSound(song: Song, at: number, parts: PrintParts, filter?: string): Promise<Buffer> {
  const [path = ''] = await made(
    [{ key: ['clip 1', song.path, song.fromSeconds, at, filter] }],
    parts,
    async ([target = '']) => {
      await ffmpegRun(parts, [
        ...excerptOf(song, at, clipSeconds),
        ...['-vn', ...(filter === undefined ? [] : ['-af', filter])],
        ...['-c:a', 'libmp3lame', '-b:a', '128k', '-f', 'mp3', target],
      ]);
    },
  );
  return readFile(path);
}

/** The fingerprints of a clip. */
export async function clipPrints(
  song: Song,
  at: number,
  parts: PrintParts,
  filter?: string,
): Promise<readonly Uint32Array[]> {
  return printsOf(await clipSound(song, at, parts, filter), parts);
}

/** The same of any sound. */
export async function printsOf(sound: Uint8Array, { ffmpeg }: PrintParts): Promise<readonly Uint32Array[]> {
  const signal = new AbortController().signal;
  const prints = await clipFingerprints(sound, { ffmpegPath: ffmpeg, signal });
  if (prints === undefined) throw new Error('A clip has no fingerprint.');
  return prints;
}

/** The fingerprint of the whole song, as it is. */
export async function wholePrint(song: Song, parts: PrintParts): Promise<Uint32Array> {
  const key = ['whole 1', song.path];
  const [path = ''] = await made([{ key }], parts, async ([target = '']) => {
    await ffmpegRun(parts, ['-i', song.path, '-map', '0:a:0', ...printTo(target)]);
  });
  return readPrint(path);
}

/** The fingerprints of what all chains make of a song's excerpt, in their order. `other` is mixed in where one asks for it. */
export async function chainPrints(
  chains: readonly Chain[],
  song: Song,
  other: Song,
  parts: PrintParts,
): Promise<readonly Uint32Array[]> {
  const wanted = chains.map((chain) => ({
    chain,
    key: [
      'chain 1',
      chain.filter,
      chain.encode,
      song.path,
      song.fromSeconds,
      chain.kind === 'mixed' ? other.path : '',
    ],
  }));
  const paths = await made(wanted, parts, async (targets, missing) => {
    const work = await mkdtemp(join(parts.folder, 'work-'));
    try {
      const inputs = await encoded(
        missing.map(({ chain }) => chain),
        { song, other, work },
        parts,
      );
      const files = inputs.flatMap((path) => ['-i', path]);
      const prints = targets.flatMap((target, index) => ['-map', `${index}:a:0`, ...printTo(target)]);
      await ffmpegRun(parts, [...files, ...prints]);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  });
  return paths.map(readPrint);
}

interface Work {
  readonly song: Song;
  readonly other: Song;
  readonly work: string;
}

/** Files with what the chains make; the first encoder of all of them in one run of ffmpeg. */
async function encoded(
  chains: readonly Chain[],
  { song, other, work }: Work,
  parts: PrintParts,
): Promise<readonly string[]> {
  const outs: string[] = [];
  const first: string[] = [];
  const filters: string[] = [];
  const later: { readonly from: string; readonly to: string; readonly options: readonly string[] }[] = [];
  for (const [index, chain] of chains.entries()) {
    const [one, two] = chain.encode ?? [
      { type: 'wav', options: ['-c:a', 'pcm_s16le', '-ar', '22050', '-ac', '1'] },
    ];
    filters.push(filterOf(chain, index, { song, other }));
    const to = join(work, `${index}-1.${one?.type ?? ''}`);
    first.push('-map', `[o${index}]`, ...(one?.options ?? []), to);
    if (two === undefined) outs.push(to);
    else {
      const next = join(work, `${index}-2.${two.type}`);
      later.push({ from: to, to: next, options: two.options });
      outs.push(next);
    }
  }
  const pads = chains.map((_, index) => `[i${index}]`).join('');
  const graph = `[0:a:0]aformat=sample_rates=44100:channel_layouts=stereo,asplit=${chains.length}${pads};${filters.join(';')}`;
  const inputs = excerptOf(song, 0, excerptSeconds);
  await ffmpegRun(parts, [...inputs, '-filter_complex', graph, ...first]);
  for (const { from, to, options } of later) await ffmpegRun(parts, ['-i', from, ...options, to]);
  return outs;
}

/** A chain's filters, from pad i to pad o. What is mixed in is read by the graph itself. */
function filterOf({ filter = 'anull' }: Chain, index: number, { song, other }: Omit<Work, 'work'>): string {
  const [word = '', amount] = filter.split(' ');
  const out = `[o${index}]`;
  const into = `[i${index}]`;
  const mix = `amix=inputs=2:duration=first:normalize=0${out}`;
  const [at] = clipPlaces(song);
  if (word === 'noise') {
    // Pink noise of amplitude 1 has a level of about -16 dBFS.
    const noise = `anoisesrc=color=pink:amplitude=1:seed=1:sample_rate=44100,volume=${(song.level - 20 + 16).toFixed(1)}dB`;
    return `${noise}[n${index}];${into}[n${index}]${mix}`;
  }
  if (word === 'voice') {
    const gain = (song.level + Number(amount) - other.voiceLevel).toFixed(1);
    return `${movie(other, 0, excerptSeconds)},${voiceBand},volume=${gain}dB[v${index}];${into}[v${index}]${mix}`;
  }
  if (word === 'loop') {
    const samples = 8 * 44_100;
    return `${into}atrim=start=${at + 5}:duration=8,asetpts=N/SR/TB,aloop=loop=9:size=${samples}${out}`;
  }
  if (word === 'medley') {
    const part = `${into}atrim=start=${at + 10}:duration=${medleyPart},asetpts=N/SR/TB[m${index}]`;
    const sides = [0, 1].map((side) => `${movie(other, side * 20, medleySide)}[s${index}${side}]`);
    return [part, ...sides, `[s${index}0][m${index}][s${index}1]concat=n=3:v=0:a=1${out}`].join(';');
  }
  return `${into}${filter}${out}`;
}

/** A part of another song as a source in a graph. */
function movie({ path, seconds }: Song, from: number, length: number): string {
  const at = Math.max(0, Math.min(from, seconds - length));
  const file = path.replaceAll(/[\\':,;[\] ]/g, (sign) => `\\\\\\${sign}`);
  return `amovie=${file}:seek_point=${at},atrim=duration=${length},asetpts=N/SR/TB,aformat=sample_rates=44100:channel_layouts=stereo`;
}

function excerptOf({ path, fromSeconds }: Song, at: number, seconds: number): readonly string[] {
  return ['-ss', String(fromSeconds + at), '-t', String(seconds), '-i', path];
}

function printTo(path: string): readonly string[] {
  return ['-ac', '1', '-ar', '11025', '-algorithm', '1', '-fp_format', 'raw', '-f', 'chromaprint', path];
}

/** The places of all that is wanted; what isn't there yet is made, under other names until it's whole. */
async function made<Wanted extends { readonly key: readonly unknown[] }>(
  wanted: readonly Wanted[],
  { folder }: PrintParts,
  make: (targets: readonly string[], missing: readonly Wanted[]) => Promise<void>,
): Promise<readonly string[]> {
  const places = wanted.map(({ key }) => placeOf(folder, key));
  const missing = wanted.flatMap((one, index) => {
    const path = places[index] ?? '';
    return existsSync(path) ? [] : [{ one, path }];
  });
  if (missing.length > 0) {
    await make(
      missing.map(({ path }) => `${path}.partial`),
      missing.map(({ one }) => one),
    );
    for (const { path } of missing) renameSync(`${path}.partial`, path);
  }
  return places;
}

function readPrint(path: string): Uint32Array {
  return readFingerprint(readFileSync(path)) ?? new Uint32Array();
}

/** Everything else on the machine goes first. */
async function ffmpegRun({ ffmpeg }: PrintParts, args: readonly string[]): Promise<void> {
  const all = ['-n', '15', ffmpeg, '-hide_banner', '-nostdin', '-v', 'error', '-y', ...args];
  const { exitCode, stderr } = await runProcess('nice', all);
  if (exitCode !== 0) throw new Error(`ffmpeg ${args.join(' ')}: ${stderr}`);
}
