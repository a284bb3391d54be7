import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTagger } from '../../../src/downloads/tag.ts';
import { createRandom } from '../../helpers/random.ts';
import { makePictures, pictureKinds, pictureOf, type Pictures } from './pictures.ts';
import type { Reader } from './readers.ts';
import { randomSong } from './songs.ts';
import { extensions, makeSounds, type Extension, type Sound } from './sounds.ts';
import { readBy, soundFaults, tryOne, type Trial } from './trial.ts';

export interface TagBench {
  readonly ffmpegPath: string;
  readonly readers: readonly Reader[];
  readonly seed: number;
  /** Songs with texts and covers of random size, in each format. */
  readonly songs: number;
  /** Tag sizes that follow one another byte by byte, in each format. */
  readonly sizes: number;
  readonly mostCoverBytes: number;
  readonly lengthsMs: readonly number[];
  readonly say?: (line: string) => void;
}

export interface TagResult {
  readonly songs: Readonly<Record<string, number>>;
  readonly sizes: Readonly<Record<string, number>>;
  readonly covers: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

/** How many files are looked at before they are removed. */
const atOnce = 50;

/** Tags and reads back; each format begins with its own chances, so that one can be repeated alone. */
export async function runTagBench(bench: TagBench): Promise<TagResult> {
  if (!Number.isInteger(bench.songs) || bench.songs < 1 || !Number.isInteger(bench.seed))
    throw new Error('The bench needs a number of songs and a seed.');
  const folder = mkdtempSync(join(tmpdir(), 'harmoni-tags-'));
  const counts: TagResult & { faults: string[] } = { songs: {}, sizes: {}, covers: {}, faults: [] };
  try {
    const sounds = await makeSounds(bench.ffmpegPath, join(folder, 'sounds'), bench.lengthsMs);
    const pictures = await makePictures(bench.ffmpegPath);
    for (const extension of extensions) {
      const parts = { bench, folder, pictures, counts, extension };
      const own = sounds.filter((sound) => sound.extension === extension);
      await runSongs(parts, own);
      await runSizes(parts, own);
      bench.say?.(`${extension}: ${counts.faults.length} faults so far`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return counts;
}

interface Parts {
  readonly bench: TagBench;
  readonly folder: string;
  readonly pictures: Pictures;
  readonly counts: {
    readonly songs: Record<string, number>;
    readonly sizes: Record<string, number>;
    readonly covers: Record<string, number>;
    readonly faults: string[];
  };
  readonly extension: Extension;
}

async function runSongs(parts: Parts, sounds: readonly Sound[]): Promise<void> {
  const { bench, counts, extension } = parts;
  const random = createRandom(bench.seed);
  await inGroups(parts, bench.songs, true, (number) => {
    const kind = random.pick(pictureKinds);
    const bytes = random.spread(1, bench.mostCoverBytes);
    counts.songs[extension] = (counts.songs[extension] ?? 0) + 1;
    counts.covers[kind] = (counts.covers[kind] ?? 0) + 1;
    return {
      sound: random.pick(sounds),
      track: randomSong(random),
      picture: pictureOf(kind, bytes, parts.pictures, random),
      about: `${extension}, song ${number}, ${kind} of ${bytes} bytes`,
    };
  });
}

/** Texts that grow byte by byte: every size of the tag comes by, and with it every place where the sound can begin. */
async function runSizes(parts: Parts, sounds: readonly Sound[]): Promise<void> {
  const { bench, counts, extension } = parts;
  const [sound] = sounds;
  if (sound === undefined) return;
  await inGroups(parts, bench.sizes, false, (number) => {
    counts.sizes[extension] = (counts.sizes[extension] ?? 0) + 1;
    return {
      sound,
      track: { artists: ['A'], artist: 'A', track: 'T', extra: { FILL: 'x'.repeat(number + 1) } },
      picture: Buffer.alloc(0),
      about: `${extension}, a text of ${number + 1} bytes`,
    };
  });
}

async function inGroups(
  { bench, folder, counts }: Parts,
  count: number,
  probe: boolean,
  make: (number: number) => Parameters<typeof tryOne>[3],
): Promise<void> {
  const tagger = createTagger();
  let group: Trial[] = [];
  for (let number = 0; number < count; number += 1) {
    const put = make(number);
    const { trial, fault } = await tryOne(tagger, folder, String(number), put);
    if (fault !== undefined) counts.faults.push(`HARMONI: ${fault} (${put.about})`);
    group.push(trial);
    if (group.length < atOnce && number < count - 1) continue;
    // A program for every file takes most of the time: sizes are left to the two that read many.
    const readers = bench.readers.filter(({ name }) => probe || name !== 'ffprobe');
    for (const reader of readers) counts.faults.push(...(await readBy(reader, group)));
    if (probe) counts.faults.push(...(await soundFaults(bench.ffmpegPath, group)));
    for (const { path } of group) rmSync(path);
    group = [];
  }
}
