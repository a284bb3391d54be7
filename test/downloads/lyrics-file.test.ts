import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  isOwnText,
  linkLyrics,
  putLyrics,
  readOwnLyrics,
  trashSong,
  withMark,
  type LyricsFileParts,
} from '../../src/downloads/lyrics-file.ts';
import { createChanges, type Changes } from '../../src/history/changes.ts';
import { openStore, type Store } from '../../src/history/store.ts';
import { createTestClock } from '../helpers/clock.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const text = '[ar:Band]\n[00:01.00] Één\n[00:02.00] 二\n';
const clock = createTestClock();
let library: string;
let store: Store;
let changes: Changes;
let parts: LyricsFileParts & { readonly store: Store };
let told: string[];

beforeEach(() => {
  library = tempFolder();
  store = openStore(tempFolder(), clock);
  changes = createChanges(store, { kind: 'download', title: 'Test', library });
  told = [];
  const log = { write: (_level: string, message: string) => void told.push(message) };
  parts = { store, changes, clock, log, workFolder: join(library, '.harmoni', 'work') };
});
afterEach(() => store.close());

const at = (name: string): string => join(library, name);
const steps = (): readonly string[] =>
  store.journal
    .steps(changes.id() ?? 0)
    .map(({ kind, path, state }) => `${kind} ${path.slice(library.length + 1)} ${state}`);

test('HARMONI knows its own lyrics again, unless somebody changed them', () => {
  const own = withMark(text);
  expect(isOwnText(own)).toBe(true);
  expect(isOwnText(withMark(''))).toBe(true);
  for (const other of [
    text,
    own.replace('Één', 'Eén'),
    `${own}[00:03.00] More\n`,
    own.replaceAll('\n', '\r\n'),
    `\n${own}`,
  ])
    expect(isOwnText(other)).toBe(false);
});

test('lyrics are UTF-8 with LF and no BOM, in the journal, once', async () => {
  expect(await putLyrics(parts, at('Mix/A.mp3'), text)).toBe(true);
  const bytes = readFileSync(at('Mix/A.lrc'));
  expect(bytes.equals(Buffer.from(withMark(text)))).toBe(true);
  expect(bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))).toBe(false);
  expect(await putLyrics(parts, at('Mix/A.mp3'), text)).toBe(false);
  expect(steps()).toEqual(['lyrics Mix/A.lrc done']);
});

test('newer lyrics take the place of those that HARMONI wrote, which go to the trash', async () => {
  await putLyrics(parts, at('A.mp3'), text);
  expect(await putLyrics(parts, at('A.mp3'), '[00:05.00] New\n')).toBe(true);
  expect(readFileSync(at('A.lrc'), 'utf8')).toContain('New');
  expect(readFileSync(at('.harmoni/trash/2026-11-21/A.lrc'), 'utf8')).toBe(withMark(text));
});

test.each([
  ['of their own', 'mine'],
  ['that they corrected', withMark(text).replace('二', '三')],
])('a user keeps lyrics %s', async (_name, theirs) => {
  writeFileSync(at('A.lrc'), theirs);
  writeFileSync(at('A.mp3'), 'song');
  expect(await putLyrics(parts, at('A.mp3'), text)).toBe(false);
  await linkLyrics(parts, at('A.mp3'), at('B.mp3'), 'link');
  await trashSong(parts, at('A.mp3'));
  expect(readFileSync(at('A.lrc'), 'utf8')).toBe(theirs);
  expect(existsSync(at('B.lrc'))).toBe(false);
  expect(existsSync(at('A.mp3'))).toBe(false);
});

test.each(['link', 'copy'] as const)('lyrics go with their song to another list: %s', async (how) => {
  await putLyrics(parts, at('One/A.mp3'), text);
  mkdirSync(parts.workFolder, { recursive: true });
  await linkLyrics(parts, at('One/A.mp3'), at('Two/A (2).mp3'), how);
  const [one, two] = ['One/A.lrc', 'Two/A (2).lrc'].map((name) => statSync(at(name)));
  expect(one?.ino === two?.ino).toBe(how === 'link');
  expect(await readOwnLyrics(at('Two/A (2).lrc'))).toBe(withMark(text));
});

test('lyrics go to the trash with their song, but not while another song of the name is there', async () => {
  for (const name of ['A.mp3', 'A.opus']) writeFileSync(at(name), 'song');
  await putLyrics(parts, at('A.mp3'), text);
  await trashSong(parts, at('A.mp3'));
  expect(existsSync(at('A.lrc'))).toBe(true);
  await trashSong(parts, at('A.opus'));
  expect(existsSync(at('A.lrc'))).toBe(false);
  expect(steps()).toEqual(['lyrics A.lrc done', 'trash A.mp3 done', 'trash A.lrc done', 'trash A.opus done']);
});

test('lyrics that cannot be written are told in the log, and are no failure', async () => {
  writeFileSync(at('Mix'), 'a file where the folder should be');
  expect(await putLyrics(parts, at('Mix/A.mp3'), text)).toBe(false);
  expect(told).toEqual(["Couldn't write lyrics."]);
  await changes.end();
  expect(steps()).toEqual([]);
});
