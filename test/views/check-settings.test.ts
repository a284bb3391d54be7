import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { validationLines } from '../../src/ui/settings-text.ts';
import { checkSettings } from '../../src/views/check-settings.ts';
import { settingParts } from '../helpers/setting-parts.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

async function check(settings: object, env: Record<string, string> = {}, folder = tempFolder()) {
  const path = join(folder, 'config.json');
  writeFileSync(path, JSON.stringify(settings, null, 2));
  const reading = await checkSettings(settingParts(folder, path, env));
  const lines = validationLines(reading, path).map(({ text }) => text.replaceAll(folder, ''));
  return { lines, isRight: reading.problems.length === 0 };
}

test('the defaults are right, with nothing to say', async () => {
  expect(await check({})).toEqual({ lines: ['All settings in /config.json are valid.'], isRight: true });
});

test('keys of the first version are told with what is there today', async () => {
  const { lines } = await check({ auto_cleanup: true, auto_sync_interval: 60, ouput_dir: 'x', mine: 1 });
  expect(lines).toEqual([
    '"auto_cleanup" (line 2) isn\'t a setting, so it\'s ignored. HARMONI removes its work files on its own, and harmoni library cleanup removes the rest.',
    '"auto_sync_interval" (line 3) isn\'t a setting, so it\'s ignored. To sync on a schedule, set sync_schedule, for example to "every hour".',
    '"ouput_dir" (line 4) isn\'t a setting, so it\'s ignored. Did you mean output_dir?',
    '"mine" (line 5) isn\'t a setting, so it\'s ignored.',
    'All settings in /config.json are valid.',
  ]);
});

test('wrong values come with their range, a template with what it may contain', async () => {
  const { lines, isRight } = await check({ max_backups: 101, file_name_template: '{artist}/{titel}' });
  expect(isRight).toBe(false);
  expect(lines[0]).toBe('max_backups is 101, but it must be a whole number from 0 to 100 (line 2).');
  expect(lines[1]).toBe(
    'file_name_template is "{artist}/{titel}", but it can\'t contain {titel} (did you mean {title}?) (line 3).',
  );
});

test('folders that cannot be written, and files and programs that are not there, are named', async () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'taken'), '');
  const { lines, isRight } = await check(
    {
      output_dir: 'taken/music',
      exportify_watch_folder: 'csv',
      tracks_file: 'tracks.json',
      pending_lists: ['liked', 'a.csv', 'https://example.org/x', 'AC/DC - T.N.T.'],
      cookies_file: 'cookies.txt',
      ytdlp_path: 'bin/yt-dlp',
      ffmpeg_path: 'no-such-ffmpeg',
      notify: 'command',
      notify_command: 'no-such-program --now',
    },
    {},
    folder,
  );
  expect(isRight).toBe(false);
  expect(lines.slice(0, -1)).toEqual([
    "output_dir: /taken isn't a folder. Make sure you can write to it, or choose another folder (line 2).",
    "cookies_file: /cookies.txt can't be read (line 11).",
    "ytdlp_path: /bin/yt-dlp isn't a working yt-dlp. Fix ytdlp_path in config.json, or clear it so that HARMONI finds yt-dlp on its own (line 12).",
    "ffmpeg_path: no-such-ffmpeg isn't a working ffmpeg. Fix ffmpeg_path in config.json, or clear it so that HARMONI finds ffmpeg on its own (line 13).",
    "exportify_watch_folder: /csv doesn't exist (line 3).",
    "tracks_file: /tracks.json doesn't exist (line 4).",
    "pending_lists: /a.csv doesn't exist (line 5).",
    "notify: no-such-program (notify_command) can't be found (line 14).",
  ]);
});

test('what only is not there yet stops nothing', async () => {
  const { lines, isRight } = await check({
    output_dir: 'new',
    notify: 'webhook',
    cookies_from_browser: 'firefox',
  });
  expect(isRight).toBe(true);
  expect(lines).toEqual([
    "output_dir: /new doesn't exist yet. HARMONI creates it with the first download (line 2).",
    'notify: Set notify_webhook to be notified (line 3).',
    'All settings in /config.json are valid.',
  ]);
});

test('paths that are there are right', async () => {
  const folder = tempFolder();
  for (const name of ['music', 'csv']) mkdirSync(join(folder, name));
  for (const name of ['cookies.txt', 'tracks.json']) writeFileSync(join(folder, name), '');
  const settings = {
    output_dir: 'music',
    exportify_watch_folder: 'csv',
    cookies_file: 'cookies.txt',
    tracks_file: 'tracks.json',
  };
  expect((await check(settings, {}, folder)).lines).toHaveLength(1);
});

test('a wrong variable of the environment is named', async () => {
  const { lines, isRight } = await check({}, { HARMONI_SYNC_SCHEDULE: 'whenever' });
  expect(isRight).toBe(false);
  expect(lines[0]).toMatch(/^HARMONI_SYNC_SCHEDULE is "whenever", .* Fix or unset HARMONI_SYNC_SCHEDULE\.$/);
});
