import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { access, readFile, rename, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { ToneStore } from '../../src/demo/tones.ts';

const run = promisify(execFile);

export type SoundCodec = 'aac' | 'mp3' | 'opus';

/** A part of a file that is a segment of an HLS playlist; all of them one after the other are the file. */
export interface SoundSegment {
  /** In bytes; `end` is the first one that is not part of it. */
  readonly start: number;
  readonly end: number;
  readonly seconds: number;
}

/** A sound as SoundCloud streams it: fragmented MP4, Ogg or mp3. */
export interface Sound {
  readonly path: string;
  readonly sizeBytes: number;
  /** What comes before the first fragment of an MP4, in bytes; 0 for the others. */
  readonly headBytes: number;
  readonly segments: readonly SoundSegment[];
}

interface SoundWish {
  readonly toneHz: number;
  readonly durationMs: number;
  readonly codec: SoundCodec;
}

/** Gives a sine of one pitch and length, made when first asked for. */
export type SoundStore = (wish: SoundWish) => Promise<Sound>;

const segmentSeconds = 10;

const recipes: Readonly<
  Record<SoundCodec, { readonly from: 'aac' | 'opus'; readonly ending: string; readonly args: string[] }>
> = {
  aac: {
    from: 'aac',
    ending: 'fragments.m4a',
    args: [
      ...['-c', 'copy', '-movflags', 'empty_moov+default_base_moof'],
      ...['-frag_duration', `${segmentSeconds * 1_000_000}`, '-f', 'mp4'],
    ],
  },
  opus: { from: 'opus', ending: 'ogg', args: ['-c', 'copy', '-f', 'ogg'] },
  mp3: {
    from: 'opus',
    ending: 'mp3',
    args: ['-c:a', 'libmp3lame', '-b:a', '128k', '-write_xing', '0', '-id3v2_version', '0', '-f', 'mp3'],
  },
};

/** Makes the sounds from the tones that all stand-ins share, and keeps them beside these. */
export function createSoundStore(ffmpegPath: string, tones: ToneStore): SoundStore {
  const made = new Map<string, Promise<Sound>>();
  return (wish) => {
    const name = `${wish.toneHz} ${wish.durationMs} ${wish.codec}`;
    const known = made.get(name);
    if (known) return known;
    const making = makeSound(ffmpegPath, tones, wish);
    made.set(name, making);
    making.catch(() => made.delete(name));
    return making;
  };
}

async function makeSound(ffmpegPath: string, tones: ToneStore, wish: SoundWish): Promise<Sound> {
  const { from, ending, args } = recipes[wish.codec];
  const tone = await tones({ toneHz: wish.toneHz, durationMs: wish.durationMs, codec: from });
  const path = `${tone}.${ending}`;
  if (!(await isThere(path))) {
    const work = `${path}.${randomUUID()}`;
    try {
      await run(ffmpegPath, ['-nostdin', '-v', 'error', '-y', '-i', tone, ...args, work]);
      await rename(work, path);
    } finally {
      await rm(work, { force: true });
    }
  }
  const bytes = await readFile(path);
  return { path, sizeBytes: bytes.length, ...cut(bytes, wish.codec, wish.durationMs / 1000) };
}

/** A grey square as a JPEG: the artwork of every track. */
export async function makePicture(ffmpegPath: string): Promise<Buffer> {
  const args = [
    '-f',
    'lavfi',
    '-i',
    'color=gray:s=100x100',
    '-frames:v',
    '1',
    '-c:v',
    'mjpeg',
    '-f',
    'image2pipe',
  ];
  const { stdout } = await run(ffmpegPath, ['-nostdin', '-v', 'error', ...args, '-'], { encoding: 'buffer' });
  return stdout;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Where the segments of a file begin, each as long as `segmentSeconds` or the rest. Pure. */
function cut(bytes: Buffer, codec: SoundCodec, seconds: number): Pick<Sound, 'headBytes' | 'segments'> {
  const marks = marksOf[codec](bytes);
  const headBytes = codec === 'aac' ? (marks[0] ?? 0) : 0;
  // ffmpeg wrote an MP4's fragments as long as segments already.
  const starts = codec === 'aac' ? marks : spread(marks, Math.ceil(seconds / segmentSeconds));
  const segments = starts.map((start, index) => ({
    start,
    end: starts[index + 1] ?? bytes.length,
    seconds: Math.min(segmentSeconds, Math.max(0.02, seconds - index * segmentSeconds)),
  }));
  return { headBytes, segments };
}

/** `count` of these places, evenly spread, the first one always 0. */
function spread(places: readonly number[], count: number): number[] {
  const chosen = Array.from(
    { length: count },
    (_, index) => places[Math.floor((index * places.length) / count)] ?? 0,
  );
  return [...new Set([0, ...chosen.slice(1)])];
}

/** The places at which a file of this kind may be cut. */
const marksOf: Readonly<Record<SoundCodec, (bytes: Buffer) => number[]>> = {
  // A box of an MP4 begins with its length in bytes and its name.
  aac: (bytes) =>
    chain(bytes, (at) => bytes.readUInt32BE(at)).filter(
      (at) => bytes.toString('latin1', at + 4, at + 8) === 'moof',
    ),
  // An Ogg page: 27 bytes, the number of lacing values last, these values, and as many bytes as their sum.
  opus: (bytes) =>
    chain(bytes, (at) => {
      const lacing = bytes.subarray(at + 27, at + 27 + (bytes[at + 26] ?? 0));
      return 27 + lacing.length + lacing.reduce((sum, value) => sum + value, 0);
    }),
  // 128 kbit/s at 48 kHz: every frame has 384 bytes.
  mp3: (bytes) => chain(bytes, () => 384),
};

/** Where the parts of a file begin that follow each other; a part of no length would be the last one. */
function chain(bytes: Buffer, lengthAt: (at: number) => number): number[] {
  const places: number[] = [];
  let at = 0;
  while (at < bytes.length && at !== places.at(-1)) {
    places.push(at);
    at += lengthAt(at);
  }
  return places;
}
