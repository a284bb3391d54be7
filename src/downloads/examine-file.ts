import { openAsBlob } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { IAudioMetadata } from 'music-metadata';
import { soundKindOf, type SoundKind } from '../formats/sound-kind.ts';
import type { SoundLength } from '../formats/measured-sound.ts';
import { measureSound, soundFault, soundStartIn } from '../formats/sound-length.ts';
import type { IndexedFile } from '../history/file-index.ts';
import { fileNameKeys, tagKeys, trackKeys } from '../tracks/identity.ts';
import { readProofTag, type Heard } from '../tracks/heard.ts';
import { isrcCode } from '../tracks/isrc.ts';
import { mediaText, parseMedia, type Media } from '../tracks/media.ts';
import { keyOfOwnId } from '../tracks/own-id.ts';
import type { SongFacts } from '../tracks/song-facts.ts';
import { factsOfTags } from './facts-of-tags.ts';

/** What a file of the library is, and the keys by which its track is found. */
export interface Examined {
  readonly file: IndexedFile;
  readonly keys: readonly string[];
  readonly facts: SongFacts;
}

/**
 * Reads a file's tags and looks whether it is whole: by its size, its header, and how much sound is there. A file without
 * tags is known by its name.
 * @param before what was known of it, or of what stood there, with its keys
 */
export async function examineFile(
  path: string,
  stamp: Pick<IndexedFile, 'sizeBytes' | 'modifiedMs'>,
  before: (Pick<IndexedFile, 'downloaded'> & { readonly keys: readonly string[] }) | undefined,
): Promise<Examined> {
  const extension = extname(path);
  const { kind, sound, hasOggCover } = await soundOf(path, stamp.sizeBytes);
  const parsed = await parse(path, kind);
  const { bitrate, duration } = parsed?.format ?? {};
  const durationMs = sound?.promisedMs ?? (duration === undefined ? sound?.presentMs : duration * 1000);
  const own = ownTags(parsed?.native ?? {}, durationMs);
  const hasOwnTag = own.media !== undefined;
  const isEmpty = stamp.sizeBytes === 0;
  const fault = faultOf(parsed, sound, { isEmpty, extension, hasOwnTag, isKnownKind: kind !== undefined });
  // Only HARMONI writes its own tag. A broken file without it that lies where HARMONI put one is the rest of that.
  const isRest = !hasOwnTag && fault !== undefined && before?.downloaded === true;
  return {
    file: {
      path,
      ...stamp,
      format: extension.slice(1).toLowerCase(),
      downloaded: hasOwnTag || isRest,
      ...(bitrate === undefined ? {} : { bitrateKbps: Math.round(bitrate / 1000) }),
      ...(durationMs === undefined ? {} : { durationMs: Math.round(durationMs) }),
      ...(own.media === undefined ? {} : { media: own.media }),
      ...(own.trackMs === undefined ? {} : { trackMs: own.trackMs }),
      ...(fault === undefined ? {} : { fault }),
    },
    keys: [...keysOf(basename(path, extension), parsed?.common, own), ...(isRest ? before.keys : [])],
    facts:
      parsed === undefined
        ? { artists: [], genres: [], isrcs: [], hasCover: false }
        : factsOfTags(parsed, own, hasOggCover),
  };
}

/** The tags, by the name of the file, and where that misleads by what it is. */
async function parse(path: string, kind: SoundKind | undefined): Promise<IAudioMetadata | undefined> {
  const { parseBlob, parseFile } = await import('music-metadata');
  // Of Ogg files its way of reading base64 would cost more than all the rest (12.1.0).
  const options = { skipCovers: isOgg(kind) };
  const byName = await parseFile(path, options).catch(() => undefined);
  if (kind === undefined || (byName?.format.duration ?? 0) > 0) return byName;
  const blob = await openAsBlob(path, { type: kind.mimeType }).catch(() => undefined);
  const byKind = blob && (await parseBlob(blob, options).catch(() => undefined));
  return byKind ?? byName;
}

interface Sound {
  readonly kind?: SoundKind | undefined;
  readonly sound?: SoundLength | undefined;
  /** Undefined where the tags say it. */
  readonly hasOggCover?: boolean | undefined;
}

const isOgg = (kind: SoundKind | undefined): boolean => kind?.format === 'ogg';

/** Where a frame of MPEG audio is looked for. */
const headBytes = 64 * 1024;

async function soundOf(path: string, size: number): Promise<Sound> {
  const handle = await open(path).catch(() => undefined);
  if (handle === undefined) return {};
  let kind: SoundKind | undefined;
  try {
    const readDisk = async (at: number, length: number): Promise<Buffer> => {
      const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - at)));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
      return buffer.subarray(0, bytesRead);
    };
    // Most of what is asked for stands in the first part, and much of it is asked for more than once.
    const first = await readDisk(0, headBytes);
    const read = async (at: number, length: number): Promise<Buffer> =>
      Math.min(at + length, size) <= first.length ? first.subarray(at, at + length) : readDisk(at, length);
    // An ID3 tag may stand in front of all of them.
    const start = await soundStartIn({ size, read });
    kind = soundKindOf(await read(start, headBytes));
    const file = { size: size - start, read: (at: number, length: number) => read(start + at, length) };
    const hasOggCover = isOgg(kind) ? /METADATA_BLOCK_PICTURE=/i.test(first.toString('latin1')) : undefined;
    return { kind, hasOggCover, sound: await measureSound(file, kind?.format ?? '', false) };
  } catch {
    return { kind };
  } finally {
    await handle.close();
  }
}

/** Formats whose length every whole file tells. */
const measured = /^\.(?:mp3|m4a|opus|ogg|flac|wav)$/i;

function faultOf(
  parsed: IAudioMetadata | undefined,
  sound: SoundLength | undefined,
  file: { isEmpty: boolean; extension: string; hasOwnTag: boolean; isKnownKind: boolean },
): string | undefined {
  if (file.isEmpty) return 'it is empty';
  // The user's own may be of a kind that HARMONI cannot measure, nor read: players can.
  const isUnmeasured = sound === undefined && file.isKnownKind && !file.hasOwnTag;
  if (isUnmeasured) return undefined;
  if (parsed === undefined && sound === undefined) return "it can't be read";
  if (sound === undefined) {
    const hasLength = (parsed?.format.duration ?? 0) > 0;
    return measured.test(file.extension) && !hasLength ? 'it has no audio' : undefined;
  }
  // A stream that somebody recorded may never have had an end; what HARMONI makes has one.
  return soundFault(sound) ?? (sound.hasEnd === false && file.hasOwnTag ? 'the end is missing' : undefined);
}

function keysOf(
  stem: string,
  common: IAudioMetadata['common'] | undefined,
  own: ReturnType<typeof ownTags>,
): readonly string[] {
  const { title, artist, artists = [], isrc = [] } = common ?? {};
  return [
    ...(own.spotifyUri === undefined ? [] : [`uri:${own.spotifyUri}`]),
    ...isrc.map((code) => `isrc:${isrcCode(code)}`),
    ...(title === undefined || artist === undefined ? fileNameKeys(stem) : tagKeys(artist, title)),
    ...(title === undefined ? [] : trackKeys({ artists, artist: artist ?? '', track: title })),
    ...(own.media === undefined ? [] : [mediaText(own.media)]),
    ...(own.songKey === undefined ? [] : [own.songKey]),
  ];
}

const videoIds = /^[\w-]{11}$/;

/** HARMONI's own tags, whatever the format wraps their names in. @param durationMs of the file */
export function ownTags(
  native: Readonly<Record<string, readonly { id: string; value: unknown }[]>>,
  durationMs?: number,
): {
  spotifyUri: string | undefined;
  media: Media | undefined;
  /** Of the track, where the file's length differs. */
  trackMs: number | undefined;
  /** Of the song that it was downloaded for. */
  songKey: string | undefined;
  /** What it was heard to be. */
  heard: Heard | undefined;
} {
  const find = (name: string): string | undefined => {
    const tag = Object.values(native)
      .flat()
      .find(({ id }) => id.toUpperCase().endsWith(name));
    return typeof tag?.value === 'string' && tag.value !== '' ? tag.value : undefined;
  };
  const videoId = find('YOUTUBE_ID') ?? '';
  const other = parseMedia(find('HARMONI_MEDIA') ?? '');
  const trackMs = Number(find('TRACK_DURATION_MS'));
  return {
    spotifyUri: find('SPOTIFY_URI'),
    songKey: keyOfOwnId(find('HARMONI_ID') ?? ''),
    heard: readProofTag(find('HARMONI_PROOF') ?? '', durationMs),
    // Other programs have a tag of the first name, too; what is in it may be anything.
    media: videoIds.test(videoId) ? { provider: 'youtube', id: videoId } : other,
    trackMs: Number.isSafeInteger(trackMs) && trackMs > 0 ? trackMs : undefined,
  };
}
