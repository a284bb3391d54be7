import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { alignClip } from '../../../src/ear/align.ts';
import { judge } from '../../../src/ear/judge.ts';
import { decodeClip, middleOf, retune } from '../../../src/ear/retune.ts';
import { compare, findSpeed, firstLookSeconds, mostRoughly } from '../../../src/ear/speed.ts';
import { coarseGrid } from '../../../src/ear/speed-grid.ts';
import type { Verdict } from '../../../src/tracks/heard.ts';
import { projectDir } from '../../helpers/world.ts';
import { cached } from './cache.ts';
import { chains, type Chain } from './chains.ts';
import type { Printed } from './compare-all.ts';
import { clipPlaces, clipSound, type PrintParts } from './prints.ts';

/** What the search for a song's speed came to. */
export interface Searched {
  readonly chain: string;
  readonly song: string;
  readonly verdict: Verdict;
  /** Undefined where it found nothing. */
  readonly found?: {
    readonly speed: number;
    readonly pitch: number;
    readonly bitError: number;
    /** How far off the right ones. */
    readonly speedOff: number;
    readonly pitchOff: number;
  };
}

const foundSpeed = z.object({ speed: z.number(), pitch: z.number(), bitError: z.number() }).nullable();
const foundInOthers = z.object({ least: z.array(z.number()), again: z.number(), found: z.array(z.string()) });
const { signal } = new AbortController();

/** Searches the speed of the first `songs` after each chain that changes it, as the ear does for what isn't proven. */
export async function searchSpeeds(
  all: readonly Printed[],
  songs: number,
  parts: PrintParts,
  say: (line: string) => void,
): Promise<readonly Searched[]> {
  const results: Searched[] = [];
  for (const printed of all.slice(0, songs)) {
    for (const chain of chains.filter(({ kind }) => kind !== 'ordinary')) {
      results.push(await searchOne(printed, chain, parts));
    }
    say(`speed of ${printed.song.name}`);
  }
  return results;
}

async function searchOne({ song, clips, made }: Printed, chain: Chain, parts: PrintParts): Promise<Searched> {
  const [clip] = clips.values();
  const print = made.get(chain.name);
  if (clip === undefined || print === undefined) throw new Error(`There is no fingerprint of ${chain.name}.`);
  const lengths = { fileMs: 180_000, trackMs: 180_000 };
  const alignment = alignClip(clip, print);
  const names = { chain: chain.name, song: song.name };
  const { verdict } = judge([{ by: 'deezer', alignment }], lengths);
  if (verdict === 'proven' || alignment === undefined) return { ...names, verdict };
  const key = ['search 2', ownCode(), chain.filter, chain.encode, song.path];
  const bytes = await cached(parts.folder, key, async () => {
    const sound = await clipSound(song, clipPlaces(song)[0], parts);
    const {
      speed,
      pitch,
      alignment: fit,
    } = (await findSpeed(sound, print, { ffmpegPath: parts.ffmpeg, signal })) ?? {};
    return Buffer.from(JSON.stringify(fit === undefined ? null : { speed, pitch, bitError: fit.bitError }));
  });
  const found = foundSpeed.parse(JSON.parse(bytes.toString()));
  if (found === null) return { ...names, verdict };
  const { speed, pitch, bitError } = found;
  const otherSpeed = { speed, pitch, alignment: { ...alignment, bitError } };
  const off = (is: number, should = 1): number => Math.abs(is / should - 1);
  return {
    ...names,
    verdict: judge([{ by: 'deezer', alignment, otherSpeed }], lengths).verdict,
    found: { ...found, speedOff: off(speed, chain.speed), pitchOff: off(pitch, chain.pitch) },
  };
}

/** The least bit error of other songs at all speeds of the first look, and what the search finds where it looks again. */
export type SearchedOthers = z.infer<typeof foundInOthers>;

/** Searches the clips of the first `songs` in all the others. */
export async function searchOthers(
  all: readonly Printed[],
  songs: number,
  parts: PrintParts,
  say: (line: string) => void,
): Promise<SearchedOthers> {
  const each: SearchedOthers[] = [];
  for (const one of all.slice(0, songs)) {
    const others = all.filter((other) => other !== one);
    const key = ['others 1', ownCode(), one.song.path, others.map(({ song }) => song.path)];
    const bytes = await cached(parts.folder, key, async () =>
      Buffer.from(JSON.stringify(await searchInOthers(one, others, parts))),
    );
    each.push(foundInOthers.parse(JSON.parse(bytes.toString())));
    say(`${one.song.name} in others at other speeds`);
  }
  return {
    least: each.flatMap(({ least }) => least),
    again: each.reduce((sum, { again }) => sum + again, 0),
    found: each.flatMap(({ found }) => found),
  };
}

async function searchInOthers(
  one: Printed,
  others: readonly Printed[],
  { ffmpeg: ffmpegPath, folder }: PrintParts,
): Promise<SearchedOthers> {
  const parts = { ffmpegPath, signal };
  const sound = await clipSound(one.song, clipPlaces(one.song)[0], { ffmpeg: ffmpegPath, folder });
  const clip = await decodeClip(sound, parts);
  if (clip === undefined) throw new Error(`${one.song.name} can't be decoded.`);
  const retuned = await retune(middleOf(clip, firstLookSeconds), coarseGrid(), parts);
  const least: number[] = [];
  const found: string[] = [];
  let again = 0;
  for (const { song, whole } of others) {
    const best = Math.min(...compare(retuned, whole).map(({ alignment }) => alignment.bitError));
    least.push(best);
    if (best > mostRoughly) continue;
    again += 1;
    if ((await findSpeed(sound, whole, parts)) !== undefined) found.push(`${one.song.name} in ${song.name}`);
  }
  return { least, again, found };
}

/** Results of another version of the search are no good. */
function ownCode(): string {
  return ['align', 'retune', 'speed', 'speed-grid', 'speed-words']
    .map((name) => readFileSync(join(projectDir, 'src', 'ear', `${name}.ts`), 'utf8'))
    .join('');
}
