import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { profileInUse } from '../../src/config/own-profiles.ts';
import { openConfig } from '../../src/config/store.ts';
import { profileText } from '../../src/ui/settings-text.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

function fileWith(settings: object): string {
  const path = join(tempFolder(), 'config.json');
  writeFileSync(path, JSON.stringify(settings, null, 2));
  return path;
}

test('a saved profile has no secret, no account and no program in it', async () => {
  const secrets = {
    spotify_client_id: 'SECRET-id',
    spotify_client_secret: 'SECRET-a',
    proxy: 'http://me:SECRET-b@proxy.example:1',
    cookies_file: '/SECRET-c.txt',
    cookies_from_browser: 'firefox',
    notify_webhook: 'https://hooks.example/SECRET-d',
    ytdlp_extra_args: '--add-header "X: SECRET-e"',
    ytdlp_path: '/SECRET-f/yt-dlp',
  };
  const path = fileWith({ ...secrets, audio_format: 'flac', output_dir: '/usb' });
  const { settings } = await openConfig(path).saveProfile(' usb ');
  expect(JSON.stringify(settings)).not.toMatch(/SECRET|firefox/);
  expect(settings).toMatchObject({ audio_format: 'flac', output_dir: '/usb', retry_attempts: 3 });
  const text = readFileSync(path, 'utf8');
  // Each is still in the file, once.
  for (const secret of Object.values(secrets)) expect(text.split(JSON.stringify(secret))).toHaveLength(2);
});

test('a saved profile takes no proxy and no cookies away that are set later', async () => {
  const store = openConfig(fileWith({ audio_format: 'flac' }));
  await store.saveProfile('usb');
  await store.set('proxy', 'http://me:secret@proxy.example:1');
  await store.set('cookies_from_browser', 'firefox');
  await store.profile('usb');
  expect(store.load()).toMatchObject({
    proxy: 'http://me:secret@proxy.example:1',
    cookies_from_browser: 'firefox',
  });
});

test('a profile that is switched to leaves alone what it does not set', async () => {
  const store = openConfig(
    fileWith({
      proxy: 'http://a:b@c:1',
      mine: 1,
      profiles: { usb: { audio_format: 'm4a', retry_attempts: 0 } },
    }),
  );
  expect(profileInUse(store.load(), store.read().profiles)).toBeUndefined();
  await store.profile('usb');
  const { config, profiles, stored } = store.read();
  expect(config).toMatchObject({ audio_format: 'm4a', retry_attempts: 0, proxy: 'http://a:b@c:1' });
  expect(stored['mine']).toBe(1);
  expect(profileInUse(config, profiles)).toBe('usb');
});

test('of several profiles that fit, the one that says most is in use', async () => {
  const small = { audio_format: 'mp3' } as const;
  const store = openConfig(fileWith({ profiles: { small } }));
  expect(profileInUse(store.load(), store.read().profiles)).toBe('small');
  await store.profile('light');
  expect(profileInUse(store.load(), store.read().profiles)).toBe('light');
  expect([profileText(small), profileText({})]).toEqual(['audio_format mp3.', 'The defaults.']);
});

test('what is wrong in a profile is told with its line, and stops nothing', async () => {
  const store = openConfig(
    fileWith({
      profiles: {
        usb: { audio_format: 'mp4', output_dir: '/usb', colour: 1, spotify_client_secret: 'x' },
        odd: 7,
        empty: {},
      },
    }),
  );
  const { notes, profiles } = store.read();
  expect(notes.map(({ line, message }) => [line, message])).toEqual([
    [4, expect.stringMatching(/^In the profile "usb": audio_format is "mp4", but it must be best,/)],
    [6, 'In the profile "usb": "colour" isn\'t a setting.'],
    [7, 'In the profile "usb": spotify_client_secret may hold a secret, which doesn\'t belong in a profile.'],
    [9, 'The profile "odd" must contain settings in { }.'],
  ]);
  expect(profiles).toEqual({ usb: { output_dir: '/usb' }, odd: {}, empty: {} });
  expect(profileInUse(store.load(), profiles)).toBeUndefined();
  expect(openConfig(fileWith({ profiles: [1] })).read().notes).toHaveLength(1);
});

test('profiles survive a reset and a change of settings', async () => {
  const profiles = { usb: { output_dir: '/usb' } };
  const path = fileWith({ retry_attempts: 1, profiles });
  const store = openConfig(path);
  await store.set('audio_format', 'flac');
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ profiles, audio_format: 'flac' });
  await store.reset(new Date(0));
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ config_version: 2, profiles });
});

test('a key that the file has twice is told with its lines', () => {
  const path = fileWith({});
  writeFileSync(path, '{"retry_attempts": 1,\n"audio_format": "mp3",\n"retry_attempts": 2}');
  expect(openConfig(path).read()).toMatchObject({
    config: { retry_attempts: 2 },
    notes: [{ message: 'retry_attempts is in the file more than once (lines 1, 3). The last one counts.' }],
  });
});
