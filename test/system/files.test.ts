import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asFileError } from '../../src/system/file-errors.ts';
import {
  exists,
  linkOrCopy,
  listNames,
  publishFile,
  removeFolder,
  writeFileAtomic,
} from '../../src/system/files.ts';
import { folderFault, makeFolder, makeFolderSync } from '../../src/system/make-folder.ts';
import { sayLeftOut } from '../helpers/left-out.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

describe('writing a whole file or nothing', () => {
  test('makes the folder, replaces the old file and leaves no neighbour', async () => {
    const folder = join(tempFolder(), 'deep', 'er');
    const path = join(folder, 'file.json');
    await writeFileAtomic(path, 'old');
    await writeFileAtomic(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['file.json']);
  });

  test('gives a secret file to its owner alone, also where it was open to all', async () => {
    const path = join(tempFolder(), 'tokens.json');
    writeFileSync(path, 'old');
    chmodSync(path, 0o644);
    await writeFileAtomic(path, '{}', 0o600);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('leaves the old file and no half one when it cannot be replaced', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'name', 'full'), { recursive: true });
    await expect(writeFileAtomic(join(folder, 'name'), 'data')).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['name']);
  });

  test("says that a folder below a file can't be written", async () => {
    const file = join(tempFolder(), 'file');
    writeFileSync(file, '');
    await expect(writeFileAtomic(join(file, 'sub', 'x'), '')).rejects.toMatchObject({
      code: 'output-not-writable',
    });
  });

  test('ten writers at once leave one of the ten', async () => {
    const path = join(tempFolder(), 'file');
    const texts = Array.from({ length: 10 }, (_, n) => String(n).repeat(10_000));
    await Promise.all(texts.map((text) => writeFileAtomic(path, text)));
    expect(texts).toContain(readFileSync(path, 'utf8'));
  });
});

describe('publishing', () => {
  test('gives the work file its name, in a folder that is made for it', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'work'), 'sound');
    expect(await publishFile(join(folder, 'work'), join(folder, 'list', 'Song.mp3'))).toBe(true);
    expect(readdirSync(folder)).toEqual(['list']);
    expect(readFileSync(join(folder, 'list', 'Song.mp3'), 'utf8')).toBe('sound');
  });

  test('never replaces another file', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'work'), 'new');
    writeFileSync(join(folder, 'Song.mp3'), 'precious');
    expect(await publishFile(join(folder, 'work'), join(folder, 'Song.mp3'))).toBe(false);
    expect(readFileSync(join(folder, 'Song.mp3'), 'utf8')).toBe('precious');
    expect(await exists(join(folder, 'work'))).toBe(true);
  });

  test('gives one of two that want one name at once a no', async () => {
    const folder = tempFolder();
    const works = ['a', 'b'].map((name) => join(folder, name));
    for (const work of works) writeFileSync(work, work);
    const published = await Promise.all(works.map((work) => publishFile(work, join(folder, 'Song.mp3'))));
    expect(published.toSorted()).toEqual([false, true]);
  });
});

describe('putting a file into a second folder', () => {
  test('by a hard link costs no space', async () => {
    const folder = tempFolder();
    const [from, to] = [join(folder, 'a.mp3'), join(folder, 'list', 'a.mp3')];
    writeFileSync(from, 'sound');
    expect(await linkOrCopy(from, to, 'link', folder)).toBe(true);
    expect(statSync(to).ino).toBe(statSync(from).ino);
  });

  test('by a copy makes a file of its own and leaves nothing in the work folder', async () => {
    const folder = tempFolder();
    const [from, to, work] = [join(folder, 'a.mp3'), join(folder, 'list', 'a.mp3'), join(folder, 'work')];
    mkdirSync(work);
    writeFileSync(from, 'sound');
    expect(await linkOrCopy(from, to, 'copy', work)).toBe(true);
    expect(readFileSync(to, 'utf8')).toBe('sound');
    expect(statSync(to).ino).not.toBe(statSync(from).ino);
    expect(readdirSync(work)).toEqual([]);
  });

  test.each(['link', 'copy'] as const)('by %s never replaces another file', async (how) => {
    const folder = tempFolder();
    const [from, to] = [join(folder, 'a.mp3'), join(folder, 'b.mp3')];
    writeFileSync(from, 'sound');
    writeFileSync(to, 'precious');
    expect(await linkOrCopy(from, to, how, folder)).toBe(false);
    expect(readFileSync(to, 'utf8')).toBe('precious');
    expect(readdirSync(folder).toSorted()).toEqual(['a.mp3', 'b.mp3']);
  });
});

test('a folder that is removed again and again is made, and files are published in it', async () => {
  const folder = join(tempFolder(), 'list');
  const remover = spawn(process.execPath, [
    '-e',
    `const pause = new Int32Array(new SharedArrayBuffer(4));
    for (;; Atomics.wait(pause, 0, 0, 2)) try { require('node:fs').rmdirSync(${JSON.stringify(folder)}) } catch {}`,
  ]);
  try {
    const from = join(tempFolder(), 'song');
    for (let round = 0; round < 300; round += 1) {
      writeFileSync(from, 'sound');
      expect(await publishFile(from, join(folder, 'song'))).toBe(true);
      rmSync(join(folder, 'song'));
      await writeFileAtomic(join(folder, 'list'), 'songs');
      rmSync(join(folder, 'list'));
    }
  } finally {
    remover.kill('SIGKILL');
  }
});

test('removing a work folder takes its parent along only when that is empty', async () => {
  const folder = tempFolder();
  for (const name of ['one', 'two']) mkdirSync(join(folder, '.work', name), { recursive: true });
  writeFileSync(join(folder, '.work', 'one', 'x'), '');
  await removeFolder(join(folder, '.work', 'one'));
  expect(await listNames(join(folder, '.work'))).toEqual(['two']);
  await removeFolder(join(folder, '.work', 'two'));
  expect(await listNames(folder)).toEqual([]);
});

test('a folder that is not there has no names', async () => {
  expect(await listNames(join(tempFolder(), 'nothing'))).toEqual([]);
});

test('a dangling link counts as a taken name', async () => {
  const folder = tempFolder();
  symlinkSync('nowhere', join(folder, 'link'));
  expect(await exists(join(folder, 'link'))).toBe(true);
});

test.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EACCES', 'output-not-writable'],
  ['EROFS', 'output-not-writable'],
  ['ENOTDIR', 'output-not-writable'],
])('%s is told as %s', (code, told) => {
  expect(asFileError(Object.assign(new Error(code), { code }), '/music')).toMatchObject({ code: told });
});

test('an error that it does not know is handed on as it is', () => {
  const error = new Error('other');
  expect(asFileError(error, '/music')).toBe(error);
});

describe('making a folder', () => {
  test('makes those above it, and takes one that is there', async () => {
    const [one, two] = [join(tempFolder(), 'a', 'b'), join(tempFolder(), 'a', 'b')];
    for (const path of [one, one]) await makeFolder(path);
    for (const path of [two, two]) makeFolderSync(path);
    expect([one, two].map((path) => statSync(path).isDirectory())).toEqual([true, true]);
  });

  // /proc answers ENOENT as an automounter does whose share is away; Node's recursive mkdir never ends there.
  const hasProc = process.platform === 'linux';
  if (!hasProc) sayLeftOut('folders in a place that answers ENOENT', 'only Linux has /proc');
  test.skipIf(!hasProc)('ends where a folder that is there says ENOENT', async () => {
    await expect(makeFolder('/proc/harmoni/music')).rejects.toMatchObject({ code: 'ENOENT' });
    expect(() => makeFolderSync('/proc/harmoni/data')).toThrow(/ENOENT/);
  });

  test('tells why one cannot be made, before it is', () => {
    const file = join(tempFolder(), 'song.mp3');
    writeFileSync(file, '');
    expect(folderFault(join(tempFolder(), 'new', 'er'))).toBeUndefined();
    expect(folderFault(join(file, 'music'))).toBe(`${file} is a file, not a folder.`);
  });
});
