import { openAsBlob } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { IAudioMetadata } from 'music-metadata';
import { HarmoniError } from '../errors.ts';
import { minutes } from '../tracks/length-text.ts';
import type { ConversionPlan } from './conversion-plan.ts';
import { mostInMemory, withBuffer, withFile } from '../formats/in-memory.ts';
import { soundStart } from '../formats/mp3-frames.ts';
import type { SoundLength } from '../formats/measured-sound.ts';
import { pageEnd } from '../formats/ogg-page.ts';
import { bufferedFile, measureSound, soundFault, type SoundFile } from '../formats/sound-length.ts';
import type { SongFacts } from '../tracks/song-facts.ts';
import { ownTags } from './examine-file.ts';
import { factsOfTags } from './facts-of-tags.ts';
import type { TagFields } from './tag-fields.ts';

/** How much sound is in a file. */
export interface MeasuredLength {
  /** Of the sound that is there, whatever the header says. */
  readonly durationMs: number;
  /** What is wrong with its sound, as the end of a sentence. */
  readonly fault: string | undefined;
}

/** What an independent reader (music-metadata) finds in a file. */
export interface Inspected extends MeasuredLength {
  readonly bitrateKbps: number | undefined;
  readonly sampleRateHz: number | undefined;
  readonly format: string;
  /** All that they say. */
  readonly facts: SongFacts;
}

/** Reads a file back. @throws HarmoniError verify-failed when it is no audio file */
export async function inspect(path: string, extension: ConversionPlan['extension']): Promise<Inspected> {
  return readable(async () => {
    const { size } = await stat(path);
    const { parsed, sound, hasCover } = await readerOf(extension, size)(path, size, extension);
    const { format } = parsed;
    const durationMs = sound?.presentMs ?? (format.duration ?? 0) * 1000;
    // For Opus, music-metadata works it out from the part that it was given.
    const said = format.codec === 'Opus' ? undefined : format.bitrate;
    const bitsPerSecond = said ?? (durationMs > 0 ? (8000 * size) / durationMs : undefined);
    return {
      durationMs: Math.round(durationMs),
      fault: sound === undefined ? undefined : soundFault(sound),
      bitrateKbps: bitsPerSecond === undefined ? undefined : Math.round(bitsPerSecond / 1000),
      sampleRateHz: format.sampleRate,
      format: `${format.container ?? ''} ${format.codec ?? ''}`.trim(),
      facts: factsOfTags(parsed, ownTags(parsed.native, durationMs), hasCover),
    };
  });
}

/** How much sound is in a file, by its structure alone where that tells. @throws as `inspect` does */
export async function measureLength(
  path: string,
  extension: ConversionPlan['extension'],
): Promise<MeasuredLength> {
  const sound = await readable(async () => {
    const { size } = await stat(path);
    // Every frame of an MP3 is counted.
    return extension === 'mp3' && size <= mostInMemory
      ? withFile(path, (file) => measureSound(bufferedFile(file), extension, true))
      : withPieces(path, size, (read) => measureSound({ size, read }, extension, false));
  });
  if (sound === undefined) return inspect(path, extension);
  return { durationMs: Math.round(sound.presentMs), fault: soundFault(sound) };
}

async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw new HarmoniError('verify-failed', "The downloaded file can't be read.", { cause });
  }
}

interface Read {
  readonly parsed: IAudioMetadata;
  readonly sound: SoundLength | undefined;
  /** Where music-metadata was not asked. */
  readonly hasCover?: boolean;
}

type Reader = (path: string, size: number, extension: string) => Promise<Read>;

function readerOf(extension: string, size: number): Reader {
  if (size > mostInMemory) return readInPieces;
  return extension === 'opus' || extension === 'ogg' ? readOgg : readAtOnce;
}

/** The tags and the last page of an Ogg file are all that there is to see. */
async function readOgg(path: string, size: number, extension: string): Promise<Read> {
  const { parseBuffer } = await import('music-metadata');
  return withPieces(path, size, async (read) => {
    const head = await readOggHead(read, size);
    const sound = await measureSound({ size, read }, extension, false);
    // Its way of reading base64 would cost more than all the rest (12.1.0).
    const options = { duration: sound === undefined, skipCovers: true };
    const parsed = await parseBuffer(head, { size, mimeType: 'audio/ogg' }, options);
    return { parsed, sound, hasCover: head.includes('METADATA_BLOCK_PICTURE=') };
  });
}

/** Enough for tags alone, then for most covers. If neither is enough, the whole file is read. */
const oggHeadBytes = [32 * 1024, 2 ** 20];

/** The pages of the tags, up to one with sound; the whole file where none comes. */
async function readOggHead(read: SoundFile['read'], size: number): Promise<Buffer> {
  for (const most of oggHeadBytes) {
    const head = await read(0, most);
    const end = oggHeadEnd(head);
    if (end !== undefined) return head.subarray(0, end);
  }
  return read(0, size);
}

/** Where the first page with sound ends; undefined where it isn't there whole. */
function oggHeadEnd(head: Buffer): number | undefined {
  for (let at = 0; ;) {
    const end = pageEnd(head, at);
    if (end === undefined || head.readBigInt64LE(at + 6) > 0n) return end;
    at = end;
  }
}

async function readAtOnce(path: string, size: number, extension: string): Promise<Read> {
  const { parseBuffer } = await import('music-metadata');
  return withFile(path, async (file) => {
    const sound = await measureSound(bufferedFile(file), extension, true);
    // For the length of some formats music-metadata reads to the end, page by page.
    const options = { duration: sound === undefined, skipCovers: false };
    return { parsed: await parseBuffer(file, { size, mimeType: mimeTypeOf(file) }, options), sound };
  });
}

async function readInPieces(path: string, size: number, extension: string): Promise<Read> {
  const { parseBlob } = await import('music-metadata');
  return withPieces(path, size, async (read) => {
    const sound = await measureSound({ size, read }, extension, false);
    const type = mimeTypeOf(await read(0, mostOfTag));
    const parsed = await parseBlob(await openAsBlob(path, { type }), { duration: true, skipCovers: false });
    return { parsed, sound };
  });
}

/** What is read of most files: the head with its cover, and the end. */
const usualPieces = 1.5 * 2 ** 20;

/** @param use the pieces are only valid until it has returned */
async function withPieces<T>(
  path: string,
  size: number,
  use: (read: SoundFile['read']) => Promise<T>,
): Promise<T> {
  const handle = await open(path);
  try {
    return await withBuffer(usualPieces, (memory) => {
      let used = 0;
      return use(async (at, length) => {
        const wanted = Math.max(0, Math.min(length, size - at));
        const fits = used + wanted <= memory.length;
        const piece = fits ? memory.subarray(used, used + wanted) : Buffer.allocUnsafe(wanted);
        if (fits) used += wanted;
        const { bytesRead } = await handle.read(piece, 0, wanted, at);
        return piece.subarray(0, bytesRead);
      });
    });
  } finally {
    await handle.close();
  }
}

/** An ID3 tag with a cover of the largest size, and the first bytes after it. */
const mostOfTag = 12 * 2 ** 20;

/**
 * The type of what follows an ID3v2 tag, '' for all else. Without it music-metadata 12.1.0 guesses by the first 4100
 * bytes, and an MP3 whose tag ends just inside of them is no audio to it.
 */
function mimeTypeOf(file: Buffer): string {
  const end = soundStart(file);
  const isFrame = file[end] === 0xff && ((file[end + 1] ?? 0) & 0xe0) === 0xe0;
  return end > 0 && isFrame && ((file[end + 1] ?? 0) & 0x06) !== 0 ? 'audio/mpeg' : '';
}

/** What each extension must look like to music-metadata: container, then codec. */
const expectedFormats: Readonly<Record<ConversionPlan['extension'], RegExp>> = {
  mp3: /^MPEG MPEG 1 Layer 3|^MPEG MPEG.*Layer 3/,
  m4a: /^(M4A|isom|mp42|MP42|M4V)?.*(MPEG-4\/AAC|AAC|ALAC)/,
  opus: /^Ogg Opus/,
  flac: /^FLAC/,
  ogg: /^Ogg Vorbis/,
  wav: /^WAVE PCM/,
};

/** How far the length of a song may be off, at most: encoders add, containers round, YouTube gives whole seconds. */
export const lengthToleranceMs = 2_000;
/** Of short ones as much would be half of them. */
const leastToleranceMs = 1_000;
const lengthTolerance = 0.05;

/** What is wrong with a file's sound, as a sentence, or undefined. Pure. @param wantedMs as its source gives it, if it does */
export function lengthFaultOf(found: MeasuredLength, wantedMs: number | undefined): string | undefined {
  if (found.durationMs === 0) return 'It has no audio.';
  if (found.fault !== undefined) return `It's incomplete: ${found.fault}.`;
  if (wantedMs === undefined) return undefined;
  const allowed = Math.min(lengthToleranceMs, Math.max(leastToleranceMs, wantedMs * lengthTolerance));
  return Math.abs(found.durationMs - wantedMs) > allowed
    ? `It's ${minutes(found.durationMs)} long instead of ${minutes(wantedMs)}.`
    : undefined;
}

/** What is wrong with a finished file, or undefined. Pure. */
export function faultOf(
  found: Inspected,
  expected: {
    readonly extension: ConversionPlan['extension'];
    /** As YouTube gave it; undefined when it did not. */
    readonly durationMs: number | undefined;
    readonly fields: TagFields | undefined;
    readonly cover: boolean;
  },
): string | undefined {
  if (!expectedFormats[expected.extension].test(found.format)) {
    return `It should be ${expected.extension}, but is ${found.format === '' ? 'not audio' : found.format}.`;
  }
  const lengthFault = lengthFaultOf(found, expected.durationMs);
  if (lengthFault !== undefined) return lengthFault;
  for (const name of ['title', 'artist', 'album'] as const) {
    const wanted = expected.fields?.properties[name.toUpperCase()]?.[0];
    if (wanted !== undefined && found.facts[name]?.trim() !== wanted.trim())
      return `Its tag "${name}" wasn't saved.`;
  }
  return expected.cover && !found.facts.hasCover ? "Its cover wasn't saved." : undefined;
}
