import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { align } from '../../../src/ear/align.ts';
import { judge } from '../../../src/ear/judge.ts';
import { decodeClip, middleOf, retune } from '../../../src/ear/retune.ts';
import { compare, findSpeed, firstLookSeconds, mostRoughly } from '../../../src/ear/speed.ts';
import { coarseGrid } from '../../../src/ear/speed-grid.ts';
import { verdicts, type Verdict } from '../../../src/tracks/heard.ts';
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

const searched = z.object({
  chain: z.string(),
  song: z.string(),
  verdict: z.enum(verdicts),
  found: z
    .object({
      speed: z.number(),
      pitch: z.number(),
      bitError: z.number(),
      speedOff: z.number(),
      pitchOff: z.number(),
    })
    .optional(),
});
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
      const key = ['search 1', ownCode(), chain, printed.song.path];
      const bytes = await cached(parts.folder, key, async () =>
        Buffer.from(JSON.stringify(await searchOne(printed, chain, parts))),
      );
      const one = searched.parse(JSON.parse(bytes.toString()));
      const { found, ...rest } = one;
      results.push(found === undefined ? rest : { ...rest, found });
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
  const alignment = align(clip, print);
  const asItIs = judge([{ by: 'deezer', alignment }], lengths);
  const names = { chain: chain.name, song: song.name };
  if (asItIs.verdict === 'proven') return { ...names, verdict: 'proven' };
  const sound = await clipSound(song, clipPlaces(song)[0], parts);
  const otherSpeed = await findSpeed(sound, print, { ffmpegPath: parts.ffmpeg, signal });
  const { verdict } = judge([{ by: 'deezer', alignment, otherSpeed }], lengths);
  if (otherSpeed === undefined) return { ...names, verdict };
  const { speed, pitch } = otherSpeed;
  const off = (is: number, should = 1): number => Math.abs(is / should - 1);
  const { bitError } = otherSpeed.alignment;
  const found = {
    speed,
    pitch,
    bitError,
    speedOff: off(speed, chain.speed),
    pitchOff: off(pitch, chain.pitch),
  };
  return { ...names, verdict, found };
}

/** The least bit error of other songs at all speeds of the first look, and what the search finds where it looks again. */
export async function searchOthers(
  all: readonly Printed[],
  songs: number,
  parts: PrintParts,
  say: (line: string) => void,
): Promise<{ readonly least: readonly number[]; readonly again: number; readonly found: readonly string[] }> {
  const least: number[] = [];
  const found: string[] = [];
  let again = 0;
  const retuneParts = { ffmpegPath: parts.ffmpeg, signal };
  for (const one of all.slice(0, songs)) {
    const sound = await clipSound(one.song, clipPlaces(one.song)[0], parts);
    const clip = await decodeClip(sound, retuneParts);
    if (clip === undefined) throw new Error(`${one.song.name} can't be decoded.`);
    const retuned = await retune(middleOf(clip, firstLookSeconds), coarseGrid(), retuneParts);
    for (const other of all.filter((each) => each !== one)) {
      const best = Math.min(...compare(retuned, other.whole).map(({ alignment }) => alignment.bitError));
      least.push(best);
      if (best > mostRoughly) continue;
      again += 1;
      const speed = await findSpeed(sound, other.whole, retuneParts);
      if (speed !== undefined) found.push(`${one.song.name} in ${other.song.name}`);
    }
    say(`${one.song.name} in others at other speeds`);
  }
  return { least, again, found };
}

/** Results of another version of the search are no good. */
function ownCode(): string {
  return ['align', 'judge', 'retune', 'speed', 'speed-grid', 'speed-words']
    .map((name) => readFileSync(join(projectDir, 'src', 'ear', `${name}.ts`), 'utf8'))
    .join('');
}
