import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { looksOld } from '../../src/config/config-file.ts';
import { asOfToday, isOfBefore, withVersion } from '../../src/config/config-version.ts';
import { openConfig } from '../../src/config/store.ts';
import { sayLeftOut } from '../helpers/left-out.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

function fileWith(stored: unknown): string {
  const path = join(tempFolder(), 'config.json');
  writeFileSync(path, typeof stored === 'string' ? stored : JSON.stringify(stored));
  return path;
}
const storedIn = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

describe('settings', () => {
  test.each([
    [{}, false],
    [{ audio_format: 'mp3' }, false],
    [{ file_name_template: '{artist} - {track}' }, true],
    [{ file_name_template: '{list}/{track}' }, true],
    [{ file_name_template: 7 }, false],
    [{ file_name_template: 'artist-album' }, false],
    [{ config_version: 2, file_name_template: '{track}' }, false],
    [{ config_version: 3, file_name_template: '{track}' }, false],
  ])('%j are of HARMONI 2.0: %s', (stored, expected) => {
    expect(isOfBefore(stored)).toBe(expected);
    const today = withVersion(stored);
    expect(isOfBefore(today)).toBe(false);
    expect(asOfToday(today)).toEqual(today);
    expect(withVersion(today)).toEqual(today);
  });
});

test.each([
  [{ primary_input_source: 'csv', primary_csv_file: '' }, undefined],
  [{ primary_csv_file: 'my.csv' }, ['my.csv']],
  [{ primary_input_source: 'json', primary_csv_file: 'my.csv' }, ['data/tracks.json']],
  [{ primary_input_source: 'json', tracks_file: 't.json' }, ['t.json']],
  [{ primary_csv_file: 'my.csv', pending_lists: ['liked'] }, ['liked']],
  [{ primary_csv_file: 7 }, undefined],
])('what all pending was with %j is taken over', (stored, expected) => {
  const path = fileWith({ config_version: 2, ...stored });
  const { config, problems, unknownKeys } = openConfig(path).read();
  expect(config.pending_lists).toEqual(expected ?? []);
  expect([problems, unknownKeys]).toEqual([[], []]);
});

test('what was taken over is saved with the next change', async () => {
  const path = fileWith({ config_version: 2, primary_csv_file: 'my.csv' });
  await openConfig(path).set('retry_attempts', '1');
  expect(storedIn(path)).toEqual({ config_version: 2, pending_lists: ['my.csv'], retry_attempts: 1 });
});

describe('a config.json of HARMONI 2.0', () => {
  const before = { audio_format: 'flac', file_name_template: '{artist}/{track}', mine: 1 };
  const today = {
    config_version: 2,
    audio_format: 'flac',
    file_name_template: '{list}/{artist}/{track}',
    mine: 1,
  };

  test('means what it meant, also before it is saved', () => {
    const { config, unknownKeys } = openConfig(fileWith(before)).read();
    expect(config.file_name_template).toBe('{list}/{artist}/{track}');
    expect(unknownKeys).toEqual([{ key: 'mine', line: 1 }]);
  });

  test('is saved as one of today once, and what changed is said', async () => {
    const path = fileWith(before);
    expect(looksOld(path)).toBe(true);
    expect(await openConfig(path).renew()).toBe(
      `file_name_template in ${path} was {artist}/{track} and is now {list}/{artist}/{track}. It still means a folder per playlist.`,
    );
    expect(storedIn(path)).toEqual(today);
    expect(looksOld(path)).toBe(false);
    expect(await openConfig(path).renew()).toBeUndefined();
  });

  test('that names the list keeps its template, and is told where playlist files go', async () => {
    const path = fileWith({ file_name_template: '{list}/{track}' });
    expect(await openConfig(path).renew()).toMatch(
      /is still \{list\}\/\{track\}\. New playlist files go next to/,
    );
    expect(storedIn(path)).toEqual({ config_version: 2, file_name_template: '{list}/{track}' });
    expect(await openConfig(path).renew()).toBeUndefined();
  });

  test.each([{ file_name_template: '{bad}/{track}' }, { file_name_template: '' }, { file_name_template: 7 }])(
    'with %j is left for the message about it',
    async (stored) => {
      const path = fileWith(JSON.stringify(stored));
      expect(await openConfig(path).renew()).toBeUndefined();
      expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(stored);
    },
  );

  test.each([null, 'x', {}])('is one also where its version is %j', async (version) => {
    const path = fileWith(JSON.stringify({ config_version: version, file_name_template: '{track}' }));
    expect(await openConfig(path).renew()).toContain('{list}/{track}');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      config_version: 2,
      file_name_template: '{list}/{track}',
    });
  });

  test('without a template is left alone', async () => {
    const path = fileWith({ audio_format: 'flac' });
    expect(looksOld(path)).toBe(false);
    expect(await openConfig(path).renew()).toBeUndefined();
    expect(storedIn(path)).toEqual({ audio_format: 'flac' });
    expect(openConfig(path).load().file_name_template).toBe('{list}/{artist} - {track}');
  });

  test('keeps its layout when another setting is the first to be saved', async () => {
    const path = fileWith(before);
    await openConfig(path).set('audio_format', 'mp3');
    expect(storedIn(path)).toEqual({ ...today, audio_format: 'mp3' });
    const other = fileWith(before);
    await openConfig(other).profile('light');
    expect(storedIn(other)).toMatchObject(today);
  });

  test('takes a new template as it is', async () => {
    const path = fileWith(before);
    await openConfig(path).set('file_name_template', '{artist} - {track}');
    expect(storedIn(path)).toEqual({ ...today, file_name_template: '{artist} - {track}' });
    expect(openConfig(path).load().file_name_template).toBe('{artist} - {track}');
  });

  test('that is reset has the defaults of today', async () => {
    const path = fileWith(before);
    await openConfig(path).reset(new Date(0));
    expect(storedIn(path)).toEqual({ config_version: 2, mine: 1 });
  });

  test('that is broken, or a folder, is left to whoever needs the settings', async () => {
    const path = join(tempFolder(), 'config.json');
    mkdirSync(path);
    expect(looksOld(path)).toBe(false);
    const broken = fileWith('{"file_name_template": "{track}",}');
    expect(await openConfig(broken).renew()).toBeUndefined();
    expect(readFileSync(broken, 'utf8')).toContain(',}');
  });

  const isRoot = process.getuid?.() === 0;
  if (isRoot) sayLeftOut('a config.json in a folder that is read only', 'root may write everywhere');
  test.skipIf(isRoot)('in a folder that is read only is used all the same', async () => {
    const folder = join(tempFolder(), 'fixed');
    mkdirSync(folder);
    const path = join(folder, 'config.json');
    writeFileSync(path, JSON.stringify(before));
    for (const each of [path, folder]) chmodSync(each, 0o555);
    expect(await openConfig(path).renew()).toMatch(/HARMONI can't write the file/);
    expect(readdirSync(folder)).toEqual(['config.json']);
    expect(openConfig(path).load().file_name_template).toBe('{list}/{artist}/{track}');
    chmodSync(folder, 0o755);
  });
});

test.each([
  ['folder-per-playlist', '{list}/{artist} - {track}'],
  [' artist-album ', '{albumArtist}/{album}/{number} - {track}'],
  ['one-folder', '{artist} - {track}'],
  ['{album}/{track}', '{album}/{track}'],
])('config set file_name_template takes %s', async (typed, template) => {
  const path = fileWith({});
  expect(await openConfig(path).set('file_name_template', typed)).toMatchObject({
    key: 'file_name_template',
    value: template,
  });
});

test('a template may be named in config.json, too', () => {
  for (const version of [{}, { config_version: 2 }]) {
    const path = fileWith({ ...version, file_name_template: 'artist-album' });
    expect(openConfig(path).load().file_name_template).toBe('{albumArtist}/{album}/{number} - {track}');
  }
});
