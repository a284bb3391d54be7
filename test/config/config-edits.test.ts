import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openConfig } from '../../src/config/store.ts';
import { editLines } from '../../src/views/config-edits.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

function openStore(text?: string) {
  const path = join(tempFolder(), 'config.json');
  const put = (to: string): void => writeFileSync(path, to);
  if (text !== undefined) put(text);
  const store = openConfig(path);
  return { path, put, store, told: () => editLines(store).map((line) => line.text) };
}

test('an edit by hand is told once, with the new values', () => {
  const { put, told } = openStore();
  expect(told()).toEqual([]);
  put('{"audio_format": "flac", "spotify_client_secret": "SECRET", "cookies_file": ""}');
  expect(told()).toEqual([
    'config.json was edited: audio_format is now flac, spotify_client_secret is now (set).',
  ]);
  expect(told()).toEqual([]);
  put('{}');
  expect(told()).toEqual([
    'config.json was edited: audio_format is now mp3, spotify_client_secret is now empty.',
  ]);
});

test('an edit that changes no setting is no news', () => {
  const { put, told } = openStore('{"retry_attempts": 3}');
  told();
  put('{ "mine": 1 }');
  expect(told()).toEqual([]);
});

test('a wrong edit is told with its line and what to do, until it is right again', () => {
  const { path, put, told } = openStore('{}');
  expect(told()).toEqual([]);
  put('{\n  "audio_format": "flac",\n  "retry_attempts": 99\n}');
  expect(told()).toEqual([
    `${path}: retry_attempts is 99, but it must be a whole number from 0 to 10 (line 3).`,
    'Fix: Change it in Config → Change a setting, or start over with Config → Reset to defaults.',
  ]);
  put('{\n  "audio_format": "flac",\n}');
  expect(told()[0]).toContain("isn't valid JSON at line 3, column 1: there's a comma");
  put('{"audio_format": "flac"}');
  expect(told()).toEqual([`${path} is valid again.`]);
});

test('a file that is wrong from the start is told at the first look', () => {
  expect(openStore('{').told()).toHaveLength(2);
});

test('what was saved here is no news', async () => {
  const { store, told } = openStore();
  told();
  await store.set('audio_format', 'flac');
  await store.saveProfile('mine');
  expect(told()).toEqual([]);
});

test('an edit in the moment of saving survives, and so does what is saved', async () => {
  const { path, put, store } = openStore('{"retry_attempts": 1}');
  const saved = [store.set('audio_format', 'flac'), store.set('sleep_between', 7), store.profile('light')];
  put('{"retry_delay": 9, "trash_days": 5}');
  await Promise.all(saved);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
    audio_format: 'flac',
    trash_days: 5,
    // The last to be saved was the profile.
    sleep_between: 3,
    retry_delay: 3,
  });
});
