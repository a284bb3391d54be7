import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { profileInUse } from '../../src/config/own-profiles.ts';
import { configSchema } from '../../src/config/schema.ts';
import { openConfig } from '../../src/config/store.ts';

let folder = '';
const path = () => join(folder, 'config.json');
const put = (text: string) => writeFileSync(path(), text);
const text = () => readFileSync(path(), 'utf8');
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'harmoni-config-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('reading', () => {
  it('gives all defaults and writes nothing when there is no file', () => {
    expect(openConfig(path()).load()).toEqual(configSchema.parse({}));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('reads the file again as soon as it says something else, in the same moment and size too', () => {
    const store = openConfig(path());
    const found = (): number => store.load().max_concurrent_downloads;
    const defaults = found();
    put('{"max_concurrent_downloads": 4}');
    expect(found()).toBe(4);
    const { mtime } = statSync(path());
    put('{"max_concurrent_downloads": 5}');
    utimesSync(path(), mtime, mtime);
    expect(found()).toBe(5);
    rmSync(path());
    expect(found()).toBe(defaults);
  });

  it('understands what it says only once', () => {
    put('{"max_concurrent_downloads": 4}');
    const store = openConfig(path());
    expect(store.load()).toBe(store.load());
  });

  it('takes numbers and yes or no in quotes, where the setting wants such', () => {
    put(
      '{"max_concurrent_downloads": "4", "audio_quality": " 192 ", "smart_retry": "true", "ytdlp_extra_args": "8", "retry_attempts": "many"}',
    );
    const { config, problems } = openConfig(path()).read();
    expect(config).toMatchObject({ max_concurrent_downloads: 4, audio_quality: 192 });
    expect(problems.map(({ key }) => key)).toContain('retry_attempts');
    expect(problems.map(({ key }) => key)).not.toContain('max_concurrent_downloads');
  });

  it('loads a file of the first version: its aliases work, its other keys are named and kept', () => {
    put('\uFEFF{"audio_format": "aac", "average_download_time": 20, "outputdir": "x", "sleep_between": 5}');
    const { config, problems, unknownKeys } = openConfig(path()).read();
    expect(config).toMatchObject({ audio_format: 'm4a', sleep_between: 5, output_dir: 'music' });
    expect(problems).toEqual([]);
    expect(unknownKeys).toEqual([
      { key: 'average_download_time', instead: 'HARMONI measures how long downloads take.', line: 1 },
      { key: 'outputdir', meant: 'output_dir', line: 1 },
    ]);
  });

  it('names everything that is wrong at once, and leaves the file alone', () => {
    const broken = '{"retry_attempts": "three", "audio_format": 7, "output_dir": "kept"}';
    put(broken);
    const store = openConfig(path());
    expect(store.read().config).toMatchObject({ retry_attempts: 3, audio_format: 'mp3', output_dir: 'kept' });
    expect(() => store.load()).toThrow(
      `${path()}: retry_attempts is "three", but it must be a whole number from 0 to 10 (line 1). audio_format is 7, but it must be best, mp3,`,
    );
    expect(text()).toBe(broken);
  });

  it.each([
    ['{\n  "a": 1,\n}', "isn't valid JSON at line 3, column 1: there's a comma before the closing bracket."],
    ['[]', 'must contain settings in { }, but contains a list.'],
    ['null', 'but contains nothing (null).'],
    ['"x"', 'but contains a string.'],
  ])('says what is wrong with %j', (content, message) => {
    put(content);
    expect(() => openConfig(path()).read()).toThrow(message);
    expect(() => openConfig(path()).read()).toThrow(expect.objectContaining({ code: 'config-not-json' }));
  });
});

describe('set', () => {
  it('creates the file with that one setting, for the user alone', async () => {
    expect(await openConfig(path()).set('audio_quality', '192')).toMatchObject({
      key: 'audio_quality',
      value: 192,
    });
    expect(text()).toBe('{\n  "config_version": 2,\n  "audio_quality": 192\n}\n');
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  it('keeps order, unknown keys and the mode of the file', async () => {
    put('{"z.old": {"b": 1}, "audio_format": "mp3", "a": null}');
    chmodSync(path(), 0o640);
    await openConfig(path()).set('audio_format', 'flac');
    expect(JSON.stringify(JSON.parse(text()))).toBe(
      '{"config_version":2,"z.old":{"b":1},"audio_format":"flac","a":null}',
    );
    expect(statSync(path()).mode & 0o777).toBe(0o640);
  });

  it('can mend one of several wrong settings', async () => {
    put('{"retry_attempts": 99, "audio_format": 7}');
    await openConfig(path()).set('retry_attempts', 2);
    expect(openConfig(path()).read().problems).toHaveLength(1);
  });

  it('writes nothing when the key or the value is wrong', async () => {
    const store = openConfig(path());
    await expect(store.set('retry_attempts', '99')).rejects.toMatchObject({ code: 'config-invalid' });
    await expect(store.set('retry_atempts', '1')).rejects.toMatchObject({ code: 'usage' });
    expect(existsSync(path())).toBe(false);
  });

  it('never overwrites a file that is not JSON, nor a list', async () => {
    for (const content of ['{"a": 1,}', '[1]']) {
      put(content);
      await expect(openConfig(path()).set('retry_attempts', 1)).rejects.toMatchObject({
        code: 'config-not-json',
      });
      expect(text()).toBe(content);
    }
  });

  it('writes through a symbolic link', async () => {
    const real = join(folder, 'real.json');
    writeFileSync(real, '{}');
    symlinkSync(real, path());
    await openConfig(path()).set('retry_attempts', 1);
    expect(readFileSync(real, 'utf8')).toContain('retry_attempts');
  });

  it("says so when the file can't be written", async () => {
    put('');
    const store = openConfig(join(path(), 'config.json'));
    await expect(store.set('retry_attempts', 1)).rejects.toMatchObject({ code: 'config-not-writable' });
  });
});

describe('profile and reset', () => {
  it('a profile sets all of its settings, and is recognised again', async () => {
    const store = openConfig(path());
    expect(profileInUse(store.load(), {})).toBeUndefined();
    await store.profile('minimal');
    expect(store.load()).toMatchObject({ retry_attempts: 0, enable_metadata_embedding: false });
    await store.profile('light');
    expect(store.load()).toMatchObject({ retry_attempts: 1, enable_metadata_embedding: true });
    expect(profileInUse(store.load(), {})).toBe('light');
  });

  it('reset keeps a dated copy, the unknown keys and the id of the Spotify app', async () => {
    const before = '{"retry_attempts": 9, "spotify_client_id": "abc", "mine": 1}';
    put(before);
    const now = new Date('2025-01-31T12:00:00Z');
    const copy = await openConfig(path()).reset(now);
    expect(copy).toBe(`${path()}.2025-01-31-120000.bak`);
    expect(readFileSync(copy ?? '', 'utf8')).toBe(before);
    expect(JSON.parse(text())).toEqual({ config_version: 2, spotify_client_id: 'abc', mine: 1 });
    expect(await openConfig(path()).reset(now)).toBe(`${path()}.2025-01-31-120000-2.bak`);
  });

  it('reset moves a broken file away', async () => {
    put('{broken');
    const copy = await openConfig(path()).reset(new Date(0));
    expect(readFileSync(copy ?? '', 'utf8')).toBe('{broken');
    expect(existsSync(path())).toBe(false);
    expect(await openConfig(path()).reset(new Date(0))).toBeUndefined();
  });
});
