import { valuesIn } from '../../../src/ear/align.ts';
import { chains } from './chains.ts';
import { fitOf, type Fit, type Group } from './fits.ts';
import { chainPrints, clipPlaces, clipPrints, wholePrint, type PrintParts } from './prints.ts';
import type { Song } from './songs.ts';

/** A song with all fingerprints that are compared. */
export interface Printed {
  readonly song: Song;
  /** Of its clips by name; the first one is the usual one. */
  readonly clips: ReadonlyMap<string, readonly Uint32Array[]>;
  readonly whole: Uint32Array;
  /** Of its excerpt, as each of the chains makes it. */
  readonly made: ReadonlyMap<string, Uint32Array>;
}

export const usualClip = '30 s';
const fades = 'afade=t=in:d=2,afade=t=out:st=28:d=2';
/** Chains that other songs go through as well: what is worn away may look like anything. */
const worn = [
  'Opus 50k',
  'heavy remaster: 8 dB more bass, strongly compressed',
  'reverb',
  'telephone: 8 kHz, 300 to 3,400 Hz, mu-law',
  'pink noise, 20 dB below',
];

/** Makes all fingerprints that aren't there yet, two songs at a time. */
export async function printAll(
  songs: readonly Song[],
  parts: PrintParts,
  say: (line: string) => void,
): Promise<readonly Printed[]> {
  const printed: Printed[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < songs.length; index = next++) {
      const [song, other] = [songs[index], songs[(index + 1) % songs.length]];
      if (song === undefined || other === undefined) return;
      printed[index] = await printOf(song, other, parts);
      say(`${index + 1} of ${songs.length}: ${song.name}`);
    }
  };
  await Promise.all([work(), work()]);
  return printed;
}

async function printOf(song: Song, other: Song, parts: PrintParts): Promise<Printed> {
  const [at, elsewhere] = clipPlaces(song);
  const usual = await clipPrints(song, at, parts);
  const clips = new Map([
    [usualClip, usual],
    ['30 s from another place', await clipPrints(song, elsewhere, parts)],
    ['30 s with fades of 2 s', await clipPrints(song, at, parts, fades)],
    // A value depends on nothing but its 2.6 seconds, so a part of the fingerprint is that of a part of the clip.
    ...[20, 15, 10, 8].map(
      (seconds) => [`${seconds} s of it`, usual.map((print) => middle(print, seconds))] as const,
    ),
  ]);
  const prints = await chainPrints(chains, song, other, parts);
  const made = new Map(chains.map(({ name }, index) => [name, prints[index] ?? new Uint32Array()]));
  return { song, clips, whole: await wholePrint(song, parts), made };
}

/** The values of so many seconds. */
function middle(print: Uint32Array, seconds: number): Uint32Array {
  const count = valuesIn(seconds * 1000);
  const from = Math.max(0, Math.floor((print.length - count) / 2));
  return print.subarray(from, from + count);
}

/** Each clip with its own song, for each chain. */
export function compareOwn(all: readonly Printed[]): readonly Group[] {
  return chains.map(({ name }) => ({
    name,
    fits: all.map(({ song, clips, made }) => fitOf(get(clips, usualClip), get(made, name), song.name)),
  }));
}

/** Other clips with their own songs, as ordinary encoders make them. */
export function compareClips(all: readonly Printed[]): readonly Group[] {
  const ordinary = chains.filter(({ kind }) => kind === 'ordinary');
  return clipNames(all).map((clip) => ({
    name: clip,
    fits: all.flatMap(({ song, clips, made }) =>
      ordinary.map(({ name }) => fitOf(get(clips, clip), get(made, name), song.name)),
    ),
  }));
}

/** Each clip with every other song: with the whole of it, and with its excerpt after rough chains. */
export function compareOthers(all: readonly Printed[]): readonly Group[] {
  const pairs = (clip: string, songOf: (printed: Printed) => Uint32Array): Fit[] =>
    all.flatMap((one) =>
      all
        .filter((other) => other !== one)
        .map((other) => fitOf(get(one.clips, clip), songOf(other), `${one.song.name} in ${other.song.name}`)),
    );
  return [
    ...clipNames(all).map((clip) => ({
      name: `${clip}, in whole songs`,
      fits: pairs(clip, ({ whole }) => whole),
    })),
    ...worn.map((name) => ({
      name: `${usualClip}, in excerpts after: ${name}`,
      fits: pairs(usualClip, ({ made }) => get(made, name)),
    })),
  ];
}

function clipNames(all: readonly Printed[]): readonly string[] {
  return [...(all[0]?.clips.keys() ?? [])];
}

function get<T>(prints: ReadonlyMap<string, T>, name: string): T {
  const print = prints.get(name);
  if (print === undefined) throw new Error(`There is no fingerprint of ${name}.`);
  return print;
}
