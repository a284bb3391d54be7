import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keepInTrash, trashOf } from '../../src/system/trash.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const nowMs = Date.UTC(2026, 10, 21, 12);

function library(text = 'a song'): { root: string; path: string } {
  const root = tempFolder();
  const path = join(root, 'List', 'Song.opus');
  mkdirSync(join(root, 'List'));
  writeFileSync(path, text);
  return { root, path };
}

test('a file is kept under its day and its path, and stays where it is', async () => {
  const { root, path } = library();
  const kept = await keepInTrash(path, { library: root, nowMs });
  expect(kept).toBe(join(root, '.harmoni', 'trash', '2026-11-21', 'List', 'Song.opus'));
  expect(statSync(path).ino).toBe(statSync(kept ?? '').ino);
});

test('a second one of the name gets a number and the first stays', async () => {
  const { root, path } = library('first');
  const first = await keepInTrash(path, { library: root, nowMs });
  rmSync(path);
  writeFileSync(path, 'second');
  const second = await keepInTrash(path, { library: root, nowMs });
  expect(second).toBe(join(trashOf(root), '2026-11-21', 'List', 'Song (2).opus'));
  expect(readFileSync(first ?? '', 'utf8')).toBe('first');
});

test('a file that is gone is no failure', async () => {
  const { root } = library();
  expect(await keepInTrash(join(root, 'List', 'Other.opus'), { library: root, nowMs })).toBeUndefined();
});

test('on another disk it is a whole copy', async () => {
  const { root, path } = library('whole');
  // Memory, where there is such a disk; elsewhere this is the same as the first test.
  const dir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'harmoni-trash-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  symlinkSync(dir, join(root, '.harmoni'));
  const kept = await keepInTrash(path, { library: root, nowMs });
  expect(readFileSync(kept ?? '', 'utf8')).toBe('whole');
});
