import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { locateFfmpeg, locateYtDlp, splitPath } from '../../src/doctor/tools.ts';
import { realTools } from '../helpers/world.ts';
import { createToolBox } from './tool-box.ts';

const containing = (text: string): unknown => expect.stringContaining(text);

test('the variable goes over config.json, and config.json over PATH', async () => {
  await using box = await createToolBox();
  await box.ytDlp('bin/yt-dlp', '2026.10.26');
  const configPath = await box.ytDlp('configured', '2026.01.01');
  const envPath = await box.ytDlp('in the variable', '2026.02.02');
  expect(await locateYtDlp({ ...box.places, configPath, envPath })).toMatchObject({
    origin: 'environment',
    path: envPath,
    version: '2026.02.02',
  });
  expect(await locateYtDlp({ ...box.places, configPath })).toMatchObject({ origin: 'config' });
  expect(await locateYtDlp({ ...box.places, envPath: '' })).toMatchObject({ origin: 'path' });
});

test('an explicit name without a folder is looked up on PATH', async () => {
  await using box = await createToolBox();
  const path = await box.ytDlp('bin/yt-dlp-nightly', '2026.11.01.232815');
  expect(await locateYtDlp({ ...box.places, configPath: 'yt-dlp-nightly' })).toMatchObject({ path });
});

test('an explicit path that does not run is an error that names the setting, never passed over', async () => {
  await using box = await createToolBox();
  await box.ytDlp('bin/yt-dlp', '2026.10.26');
  await expect(locateYtDlp({ ...box.places, configPath: '/nowhere/yt-dlp' })).rejects.toMatchObject({
    code: 'ytdlp-missing',
    message: "/nowhere/yt-dlp isn't a working yt-dlp.",
    fix: containing('ytdlp_path in config.json'),
  });
  await expect(locateFfmpeg({ ...box.places, envPath: box.folder })).rejects.toMatchObject({
    code: 'ffmpeg-missing',
    fix: containing('HARMONI_FFMPEG'),
  });
});

test("HARMONI's own yt-dlp is used where it is newer than PATH's", async () => {
  await using box = await createToolBox();
  await box.ytDlp('bin/yt-dlp', '2023.03.04');
  await box.ytDlp('tools/yt-dlp', '2026.10.26');
  expect(await locateYtDlp(box.places)).toMatchObject({ origin: 'own', version: '2026.10.26' });
  await box.ytDlp('bin/yt-dlp', '2026.10.26.1');
  expect(await locateYtDlp(box.places)).toMatchObject({ origin: 'path' });
});

test('what does not run or is something else is passed over', async () => {
  await using box = await createToolBox();
  await box.script('first/yt-dlp', 'echo 2026.10.26; exit 1');
  await box.script('second/yt-dlp', 'echo something else');
  await writeFile(join(box.folder, 'bin', 'yt-dlp'), 'not executable');
  const path = await box.ytDlp('third/yt-dlp', '2026.10.26');
  const pathDirs = ['nowhere', 'first', 'second', 'bin', 'third'].map((name) => join(box.folder, name));
  expect(await locateYtDlp({ ...box.places, pathDirs })).toMatchObject({ path, origin: 'path' });
  expect(await locateYtDlp({ ...box.places, pathDirs: pathDirs.slice(0, 4) })).toBeUndefined();
});

test('a program is asked once, until its file changes or a fresh answer is wanted', async () => {
  await using box = await createToolBox();
  const path = await box.ytDlp('bin/yt-dlp', '2026.10.26');
  for (const options of [{}, {}, { fresh: true }]) await locateYtDlp(box.places, options);
  expect(await box.log()).toEqual(Array(2).fill('yt-dlp --ignore-config --version'));
  await utimes(path, 1, 1);
  await locateYtDlp(box.places);
  expect(await box.log()).toHaveLength(3);
});

test('a broken cache is no failure', async () => {
  await using box = await createToolBox();
  await box.ytDlp('bin/yt-dlp', '2026.10.26');
  await writeFile(join(box.toolsDir, 'versions.json'), '{"half');
  expect(await locateYtDlp(box.places)).toMatchObject({ version: '2026.10.26' });
  expect(await locateYtDlp({ ...box.places, toolsDir: join(box.bin, 'yt-dlp') })).toBeDefined();
});

test('ffmpeg tells its version and which encoders it lacks', async () => {
  await using box = await createToolBox();
  await box.ffmpeg('bin/ffmpeg', ['libmp3lame', 'libopus', 'flac', 'aac_at']);
  expect(await locateFfmpeg(box.places)).toMatchObject({
    version: '7.1.5-0+deb13u1',
    lacks: ['libvorbis', 'aac'],
  });
  await box.ffmpeg('tools/ffmpeg');
  expect(await locateFfmpeg(box.places)).toMatchObject({ origin: 'own', lacks: [] });
});

test('one that makes no fingerprints gives way to a copy that does', async () => {
  await using box = await createToolBox();
  await box.ffmpeg('bin/ffmpeg', undefined, []);
  expect(await locateFfmpeg(box.places)).toMatchObject({ origin: 'path', lacks: ['chromaprint'] });
  await box.ffmpeg('tools/ffmpeg');
  expect(await locateFfmpeg(box.places)).toMatchObject({ origin: 'own', lacks: [] });
});

test('the real ffmpeg is understood', async () => {
  await using box = await createToolBox();
  const { ffmpeg } = await realTools();
  expect(await locateFfmpeg({ ...box.places, envPath: ffmpeg })).toMatchObject({ path: ffmpeg, lacks: [] });
});

test('a probe that is cancelled ends with the reason and caches nothing', async () => {
  await using box = await createToolBox();
  const stop = new AbortController();
  await box.script('bin/yt-dlp', 'exec sleep 60');
  const locating = locateYtDlp(box.places, { signal: stop.signal });
  setImmediate(() => stop.abort(new Error('enough')));
  await expect(locating).rejects.toThrow('enough');
});

test('relative folders of PATH are left out', () => {
  expect(splitPath('/usr/bin:.::bin:/bin')).toEqual(['/usr/bin', '/bin']);
  expect(splitPath(undefined)).toEqual([]);
});
