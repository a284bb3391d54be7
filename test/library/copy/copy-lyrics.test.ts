import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { copyLyrics } from '../../../src/library/copy/copy-lyrics.ts';
import { removeFormer } from '../../../src/library/copy/copy-song.ts';
import { openManifest, type Manifest } from '../../../src/library/copy/manifest.ts';
import type { CopyItem } from '../../../src/library/copy/plan.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

let library: string;
let target: string;
let manifest: Manifest;
let item: CopyItem;

beforeEach(async () => {
  [library, target] = [tempFolder(), tempFolder()];
  manifest = await openManifest(target);
  const file = { path: join(library, 'One - Song.opus'), sizeBytes: 1, modifiedMs: 0, downloaded: true };
  const facts = { artists: ['One'], genres: [], isrcs: [], hasCover: false };
  item = {
    key: 'Mix\nyoutube:x',
    song: { file, facts, lists: [] },
    list: undefined,
    position: 1,
    parts: ['Mix', '01 One - Song'],
  };
  await copySongAs('Mix/01 One - Song.mp3');
});

async function copySongAs(path: string): Promise<void> {
  write(join(target, path), 'sound');
  await manifest.add({ key: item.key, path, sizeBytes: 5, made: 'mp3' });
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const inLibrary = (): string => join(library, 'One - Song.lrc');
const inCopy = (number = '01'): string => join(target, 'Mix', `${number} One - Song.lrc`);
const text = (path: string): string => readFileSync(path, 'utf8');
const copy = (): Promise<void> => copyLyrics(item, { make: { workFolder: tempFolder() }, manifest, target });

describe('the lyrics of a song', () => {
  test("come along under the name that it has in the copy, and aren't written again", async () => {
    write(inLibrary(), '[00:01.00]La');
    await copy();
    expect(text(inCopy())).toBe('[00:01.00]La');
    const { ino } = statSync(inCopy());
    manifest = await openManifest(target);
    await copy();
    expect(statSync(inCopy()).ino).toBe(ino);
  });

  test('that has none, or that the copy lacks, leave nothing', async () => {
    await copy();
    item = { ...item, key: 'Mix\nyoutube:y' };
    write(inLibrary(), 'La');
    await copy();
    expect(existsSync(inCopy())).toBe(false);
  });

  test('are brought anew when the library has others', async () => {
    write(inLibrary(), 'La');
    await copy();
    write(inLibrary(), 'La la');
    await copy();
    expect(text(inCopy())).toBe('La la');
  });

  test('stay as they are in the copy where the user put or changed them', async () => {
    write(inLibrary(), 'La');
    await copy();
    write(inCopy(), 'my own');
    write(inLibrary(), 'La la');
    await copy();
    expect(text(inCopy())).toBe('my own');
    await copySongAs('Mix/02 One - Song.mp3');
    write(inCopy('02'), 'mine, too');
    await copy();
    expect(text(inCopy('02'))).toBe('mine, too');
  });

  test('follow it to another number, and the former file goes with the former song', async () => {
    write(inLibrary(), 'La');
    await copy();
    await copySongAs('Mix/02 One - Song.mp3');
    await copy();
    await removeFormer({ manifest, target });
    expect([existsSync(inCopy()), text(inCopy('02'))]).toEqual([false, 'La']);
  });

  test('that were edited to the same size stay when their song gets another number', async () => {
    write(inLibrary(), '[00:12.00]La');
    await copy();
    write(inCopy(), '[00:13.50]La');
    await copySongAs('Mix/02 One - Song.mp3');
    await copy();
    await removeFormer({ manifest, target });
    expect([text(inCopy()), text(inCopy('02'))]).toEqual(['[00:13.50]La', '[00:12.00]La']);
  });

  test('go when the library has none anymore, unless they were edited', async () => {
    write(inLibrary(), 'La');
    await copy();
    rmSync(inLibrary());
    await copy();
    expect(existsSync(inCopy())).toBe(false);
    write(inLibrary(), 'La');
    await copy();
    write(inCopy(), 'my own');
    rmSync(inLibrary());
    await copy();
    expect(text(inCopy())).toBe('my own');
  });

  test('go from their former place, too, where the user has some at the new one', async () => {
    write(inLibrary(), 'La');
    await copy();
    await copySongAs('Mix/02 One - Song.mp3');
    write(inCopy('02'), 'my own');
    await copy();
    expect([existsSync(inCopy()), text(inCopy('02'))]).toEqual([false, 'my own']);
  });

  test('are left out where another song has the same name', async () => {
    write(inLibrary(), 'La');
    write(join(target, 'Mix', '01 One - Song.m4a'), 'sound');
    await copy();
    expect(existsSync(inCopy())).toBe(false);
  });

  test('never lead out of the copy, whatever its list of files says', async () => {
    const outside = tempFolder();
    await copySongAs(`../${basename(outside)}/Song.mp3`);
    manifest = await openManifest(target);
    expect(manifest.files.get(item.key)?.path).toBe('Mix/01 One - Song.mp3');
    write(inLibrary(), 'La');
    await copy();
    expect([readdirSync(outside), text(inCopy())]).toEqual([['Song.mp3'], 'La']);
  });

  test('come where a run was killed before they were there', async () => {
    write(inLibrary(), 'La');
    await copy();
    rmSync(inCopy());
    await copy();
    expect(text(inCopy())).toBe('La');
  });

  test('are still known where a run was killed after they were exchanged', async () => {
    write(inLibrary(), 'La');
    await copy();
    for (const path of [inLibrary(), inCopy()]) write(path, 'La la');
    await copy();
    write(inLibrary(), 'La la la');
    await copy();
    expect(text(inCopy())).toBe('La la la');
  });
});
