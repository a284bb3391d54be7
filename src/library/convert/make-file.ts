import { randomBytes } from 'node:crypto';
import { copyFile, rm } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { ConversionPlan } from '../../downloads/conversion-plan.ts';
import { runFfmpeg } from '../../downloads/ffmpeg.ts';
import { faultOf, inspect, type Inspected } from '../../downloads/inspect.ts';
import { remux } from '../../downloads/remux.ts';
import type { Tagger } from '../../downloads/tag.ts';
import { HarmoniError } from '../../errors.ts';
import { mustLookAt } from '../../system/file-facts.ts';
import type { LibrarySong } from '../songs.ts';
import { carriedPictures, carriedProperties, lostTag, type FileTags } from './carried-tags.ts';

export interface MakeParts {
  readonly ffmpegPath: () => Promise<string>;
  /** The user's own output arguments. */
  readonly extraArgs: readonly string[];
  /** ffmpeg is ended when it prints nothing for so long. */
  readonly silenceMs: number;
  readonly signal: AbortSignal;
  readonly tagger: Tagger;
  /** On the disk of what is made. */
  readonly workFolder: string;
}

/** What is made of a song. */
export interface Order {
  readonly song: LibrarySong;
  readonly plan: ConversionPlan;
  /** Changes what is written into the new file; the tags are those of the old one. */
  readonly changeTags?: (tags: FileTags) => Promise<FileTags>;
  /** Milliseconds of sound that are done. */
  readonly onProgress?: (doneMs: number) => void;
}

/** A new file in the work folder, whole and checked. */
export interface Made {
  readonly path: string;
  readonly found: Inspected;
}

/**
 * Makes a file of another format from a song, as a download does it, with all of its tags and pictures. The song isn't
 * touched. What is wrong with the new file, or isn't in it, is a failure, and then there is no new file.
 * @throws HarmoniError verify-failed, tag-failed, convert-failed, convert-stalled, disk-full, ffmpeg-missing, file-gone; the
 * signal's reason
 */
export async function makeFile(order: Order, parts: MakeParts): Promise<Made> {
  const { song, plan, changeTags } = order;
  const { tagger, workFolder, signal } = parts;
  signal.throwIfAborted();
  const work = join(workFolder, `convert-${randomBytes(6).toString('hex')}`);
  try {
    const old = await readTags(tagger, song);
    const tags = changeTags === undefined ? old : await changeTags(old);
    await convert(order, work, parts);
    const fields = { properties: carriedProperties(tags, plan.extension) };
    const { cover, others } = carriedPictures(tags);
    await tagger.write(work, plan.extension, fields, cover, others);
    const found = await inspect(work, plan.extension).catch((cause: unknown) => {
      throw notRight("It can't be read.", cause);
    });
    const { durationMs } = song.file;
    const expected = { extension: plan.extension, durationMs, fields, cover: cover !== undefined };
    const fault = faultOf(found, expected) ?? (await missingIn(work, plan.extension, tags, tagger));
    if (fault !== undefined) throw notRight(fault);
    return { path: work, found };
  } catch (error) {
    await rm(work, { force: true });
    throw error;
  }
}

async function convert({ song, plan, onProgress }: Order, to: string, parts: MakeParts): Promise<void> {
  const { path: from } = song.file;
  // A plain file may be moved there, and is written to afterwards: the song's own must be neither.
  const copy = plan.codec === 'copy' ? `${to}.source` : undefined;
  try {
    if (copy !== undefined) {
      await mustLookAt(from);
      await copyFile(from, copy);
      if (await remux(copy, to, plan)) return;
    }
    await runFfmpeg(
      { from: copy ?? from, to, plan },
      {
        ...parts,
        ffmpegPath: await parts.ffmpegPath(),
        extraArgs: copy === undefined ? parts.extraArgs : [],
        ...(onProgress === undefined ? {} : { onProgress }),
      },
    );
  } finally {
    if (copy !== undefined) await rm(copy, { force: true });
  }
}

async function readAll(tagger: Tagger, path: string, extension: string): Promise<FileTags> {
  return { ...(await tagger.read(path)), pictures: await tagger.readPictures(path, extension) };
}

/** M4A has it as a number that TagLib doesn't tell. */
function withAdvisory(tags: FileTags, { isExplicit }: LibrarySong['facts']): FileTags {
  if (isExplicit !== true || tags.properties['EXPLICIT'] !== undefined) return tags;
  return { ...tags, properties: { ITUNESADVISORY: ['1'], ...tags.properties } };
}

/** TagLib reads no WebM and no bare AAC: of those the index knows the tags that matter. */
async function readTags(tagger: Tagger, { file, facts }: LibrarySong): Promise<FileTags> {
  const extension = extname(file.path).slice(1).toLowerCase();
  if (extension !== 'webm' && extension !== 'aac')
    return withAdvisory(await readAll(tagger, file.path, extension), facts);
  const { title = basename(file.path, extname(file.path)), artist, album, date, isrcs } = facts;
  const known = { TITLE: [title], ARTIST: [artist], ALBUM: [album], DATE: [date], ISRC: isrcs };
  const properties = Object.fromEntries(
    Object.entries(known).map(([name, values]) => [name, values.filter((value) => value !== undefined)]),
  );
  return { properties, pictures: [] };
}

async function missingIn(
  path: string,
  extension: string,
  tags: FileTags,
  tagger: Tagger,
): Promise<string | undefined> {
  const found = await readAll(tagger, path, extension);
  const lost = lostTag(carriedProperties(tags, extension), found.properties);
  if (lost !== undefined) return `Its tag "${lost}" wasn't saved.`;
  return found.pictures.length < tags.pictures.length ? "Its pictures weren't all saved." : undefined;
}

function notRight(fault: string, cause?: unknown): HarmoniError {
  return new HarmoniError('verify-failed', `The converted file isn't right. ${fault}`, {
    fix: 'The song is as it was. Choose another format, or run harmoni doctor to check ffmpeg.',
    ...(cause === undefined ? {} : { cause }),
  });
}
