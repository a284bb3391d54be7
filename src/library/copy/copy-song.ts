import { randomBytes } from 'node:crypto';
import { copyFile, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { planConversion } from '../../downloads/conversion-plan.ts';
import type { Store } from '../../history/store.ts';
import { factsAt, mustLookAt } from '../../system/file-facts.ts';
import { publishFile, readPlainFile, sha256 } from '../../system/files.ts';
import { carriedPictures, type FileTags } from '../convert/carried-tags.ts';
import { makeFile, type MakeParts } from '../convert/make-file.ts';
import { conversionOf, type ConvertWish } from '../convert/plan.ts';
import { gainTagsOf, withVolume, withoutGain, type LoudnessWish } from './loudness.ts';
import type { Copied, Manifest } from './manifest.ts';
import { albumOfList, pathInCopy, type CopyItem } from './plan.ts';
import type { createSmallCovers } from './small-cover.ts';

export interface CopyWish extends ConvertWish {
  readonly loudness: LoudnessWish;
}

export interface CopyParts {
  readonly make: MakeParts;
  readonly store: Pick<Store, 'sounds'>;
  readonly wish: CopyWish;
  /** The folder of the copy; absolute. */
  readonly target: string;
  readonly manifest: Manifest;
  readonly smallCover: ReturnType<typeof createSmallCovers>;
}

/** What the copy has of an item: `file` undefined where nothing, `isRight` false where it stands elsewhere in its list. */
export interface InCopy {
  readonly file: Copied | undefined;
  readonly isRight: boolean;
}

/** How a file was made: another wish makes another one. */
export function madeText({ format, quality, loudness }: CopyWish): string {
  return [format, quality, ...(loudness === undefined ? [] : [loudness])].join(' ');
}

/** Looks whether an item was copied before. A file that somebody changed since is theirs, and stays. */
export async function lookInCopy(item: CopyItem, { manifest, target, wish }: CopyParts): Promise<InCopy> {
  const file = manifest.files.get(item.key);
  if (file?.made !== madeText(wish)) return { file: undefined, isRight: false };
  const there = await factsAt(join(target, file.path));
  if (there === undefined) return { file: undefined, isRight: false };
  return { file, isRight: file.position === item.position || there.sizeBytes !== file.sizeBytes };
}

/**
 * Makes the file of an item in the copy, or gives one that is there its new place in the playlist. Nothing of anybody else's
 * is written over. Returns its path below the copy.
 * @throws HarmoniError as makeFile does
 */
export async function copySong(
  item: CopyItem,
  before: Copied | undefined,
  parts: CopyParts,
  onProgress: (doneMs: number) => void,
): Promise<string> {
  const work =
    before === undefined ? await make(item, parts, onProgress) : await renumber(item, before, parts);
  return publish(item, work, parts);
}

/** Whether a file of the copy is still the one that HARMONI made. */
export async function isAsMade({ path, sizeBytes, sha256: hash }: Copied, target: string): Promise<boolean> {
  const place = join(target, path);
  if ((await factsAt(place))?.sizeBytes !== sizeBytes) return false;
  const content = hash === undefined ? undefined : await readPlainFile(place);
  return hash === undefined || (content !== undefined && sha256(content) === hash);
}

/** Removes the files that others of HARMONI's took the place of, as they were made and as far as the new ones are there. */
export async function removeFormer({
  manifest,
  target,
}: Pick<CopyParts, 'manifest' | 'target'>): Promise<void> {
  const current = new Set([...manifest.files.values()].map(({ path }) => path));
  for (const former of manifest.former) {
    const { key, path } = former;
    const now = manifest.files.get(key);
    if (now === undefined || current.has(path)) continue;
    if ((await isAsMade(former, target)) && (await isAsMade(now, target)))
      await rm(join(target, path), { force: true });
  }
}

async function make(item: CopyItem, parts: CopyParts, onProgress: (doneMs: number) => void): Promise<string> {
  const { song, list, position } = item;
  const { make: own, wish } = parts;
  const gain = wish.loudness === undefined ? {} : await gainTagsOf(song, wish.format, { ...parts, ...own });
  const isApplied = wish.loudness === 'apply' && Object.keys(gain).length > 0;
  // What is only copied can't be made louder.
  const plan = isApplied ? planConversion(wish.format, 'other', wish.quality) : conversionOf(song, wish).plan;
  const changeTags = async (tags: FileTags): Promise<FileTags> => {
    const properties = isApplied ? withoutGain(tags.properties) : { ...tags.properties, ...gain };
    const { cover } = carriedPictures(tags);
    const small = cover === undefined ? undefined : await parts.smallCover({ ...cover, type: 'FrontCover' });
    return {
      properties:
        list === undefined || position === undefined
          ? properties
          : albumOfList(properties, list.name, position),
      pictures: small === undefined ? [] : [small],
    };
  };
  const extraArgs = isApplied ? withVolume(own.extraArgs, gain) : own.extraArgs;
  return (await makeFile({ song, plan, changeTags, onProgress }, { ...own, extraArgs })).path;
}

/** Only the number in its tags is another one. */
async function renumber(
  { position }: CopyItem,
  before: Copied,
  { make: own, target }: CopyParts,
): Promise<string> {
  const work = join(own.workFolder, `renumber-${randomBytes(6).toString('hex')}`);
  const extension = extname(before.path).slice(1) as Parameters<typeof own.tagger.write>[1]; // as it was made
  await copyFile(join(target, before.path), work);
  await own.tagger.update(
    work,
    extension,
    { properties: { TRACKNUMBER: [String(position ?? '')] } },
    undefined,
  );
  return work;
}

/** Under the first name that is free. The manifest knows it before. */
async function publish(item: CopyItem, work: string, { manifest, target, wish }: CopyParts): Promise<string> {
  const { sizeBytes } = await mustLookAt(work);
  for (let attempt = 1; ; attempt += 1) {
    const path = pathInCopy(item, wish.format, attempt);
    if ((await factsAt(join(target, path))) !== undefined) continue;
    const position = item.position === undefined ? {} : { position: item.position };
    await manifest.add({ key: item.key, path, sizeBytes, made: madeText(wish), ...position });
    if (await publishFile(work, join(target, path))) return path;
  }
}
