import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openConfigMenu, type ConfigMenuParts } from '../../src/menus/config.ts';
import { back } from '../../src/ui/prompter.ts';
import { createTestClock } from '../helpers/clock.ts';
import { settingParts } from '../helpers/setting-parts.ts';
import {
  createScriptedPrompter,
  type ScriptedAnswer,
  type ScriptedPrompter,
} from '../helpers/scripted-prompter.ts';

let folder = '';
const path = () => join(folder, 'config.json');
const stored = (): unknown => JSON.parse(readFileSync(path(), 'utf8'));
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'harmoni-menu-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Opens the menu for a person who answers so, and then goes back. */
async function visit(answers: ScriptedAnswer[], env: Record<string, string> = {}) {
  const prompter = createScriptedPrompter([...answers, { select: back }]);
  await openConfigMenu(partsFor(prompter, env));
  prompter.finish();
  return prompter;
}

function partsFor(prompter: ScriptedPrompter, env: Record<string, string> = {}): ConfigMenuParts {
  const parts = settingParts(folder, path(), env);
  return {
    configStore: parts.configStore,
    get config() {
      return parts.config;
    },
    tools: parts.tools,
    env,
    prompter,
    clock: createTestClock({ startMs: Date.UTC(2025, 0, 31) }),
  };
}
const update = { select: 'Change a setting' };

it('updates one setting after the other, each with the question of its kind', async () => {
  const { asked, said } = await visit([
    update,
    { select: 'audio_format: mp3' },
    { select: 'flac' },
    { select: 'enable_metadata_embedding: true' },
    { select: 'No' },
    { select: 'retry_attempts: 3' },
    { input: '7' },
    { select: 'output_dir: music' },
    { input: 'my music' },
    { select: 'audio_quality: high' },
    { select: 'Another value' },
    { input: '160' },
    { select: back },
  ]);
  expect(stored()).toEqual({
    config_version: 2,
    audio_format: 'flac',
    enable_metadata_embedding: false,
    retry_attempts: 7,
    output_dir: 'my music',
    audio_quality: 160,
  });
  expect(asked).toContain('retry_attempts (a whole number from 0 to 10):');
  expect(said).toContain('Saved: audio_quality is 160.');
});

it('offers the ways to file songs by name, and one of your own', async () => {
  const setting = (value: string) => ({ select: `file_name_template: ${value}` });
  await visit([update, setting('{list}/{artist} - {track}'), { select: 'Artist / Album' }, { select: back }]);
  expect(stored()).toMatchObject({ file_name_template: '{albumArtist}/{album}/{number} - {track}' });
  await visit([
    update,
    setting('{albumArtist}/{album}/{number} - {track}'),
    { select: 'Your own template' },
    { input: '{year}/{track}' },
    setting('{year}/{track}'),
    { select: back },
    { select: back },
  ]);
  expect(stored()).toMatchObject({ file_name_template: '{year}/{track}' });
});

it('going back from a question changes nothing and shows the settings again', async () => {
  await visit([update, { select: 'retry_attempts: 3' }, { input: back }, { select: back }]);
  expect(existsSync(path())).toBe(false);
});

it('does not let a wrong value through', async () => {
  const answers = [update, { select: 'retry_attempts: 3' }, { input: '99' }];
  await expect(visit(answers)).resolves.toMatchObject({
    said: [
      expect.stringContaining(
        'retry_attempts is "99", but it must be a whole number from 0 to 10.',
      ) as unknown,
      expect.anything() as unknown,
    ],
  });
});

it('opens with a wrong setting in the file, tells it and mends it', async () => {
  writeFileSync(path(), '{"retry_attempts": 99}');
  const { said } = await visit([
    { select: 'Check settings' },
    update,
    { select: 'retry_attempts: 3' },
    { input: '5' },
    { select: back },
    { select: 'Check settings' },
  ]);
  expect(said[0]).toBe('retry_attempts is 99, but it must be a whole number from 0 to 10 (line 1).');
  expect(said.at(-1)).toBe(`All settings in ${path()} are valid.`);
});

it('says what is wrong with a broken file and stays open; reset moves it away', async () => {
  writeFileSync(path(), '{broken');
  const { said } = await visit([
    { select: 'View settings' },
    { select: 'Reset to defaults' },
    { confirm: true },
  ]);
  expect(said[0]).toContain("isn't valid JSON at line 1, column 2.");
  expect(said.at(-1)).toBe(`Your old settings: ${path()}.2025-01-31-000000.bak`);
});

it('shows all settings in groups', async () => {
  const { said } = await visit([{ select: 'View settings' }]);
  expect(said).toEqual(expect.arrayContaining(['Music', 'Downloads', 'Sources', 'Tags', 'Tools', 'Spotify']));
});

it('shows what a profile changes before it is stored', async () => {
  const profiles = { select: 'Profiles' };
  const { said } = await visit([profiles, { select: 'minimal' }, { confirm: true }, { select: back }]);
  expect(said).toContain('  max_concurrent_downloads: 3 → 1');
  expect(stored()).toMatchObject({ max_concurrent_downloads: 1, retry_attempts: 0 });
  const again = await visit([profiles, { select: 'minimal (in use)' }, { select: back }]);
  expect(again.said).toEqual(["You're already using minimal."]);
});

it("shows no password that a profile's setting replaces", async () => {
  const before = { proxy: 'http://me:hidden@proxy.example:1', profiles: { home: { proxy: '' } } };
  writeFileSync(path(), JSON.stringify(before));
  const { said } = await visit([
    { select: 'Profiles' },
    { select: 'home' },
    { confirm: false },
    { select: back },
  ]);
  expect(said.join('\n')).toContain('proxy: http://***@proxy.example:1 → (empty)');
  expect(said.join('\n')).not.toContain('hidden');
});

it('saves, uses and deletes profiles of your own', async () => {
  const [profiles, save] = [{ select: 'Profiles' }, { select: 'Save your settings as a profile' }];
  const name = { input: 'On the go' };
  await visit([profiles, { select: 'minimal' }, { confirm: true }, save, name, { select: back }]);
  const again = await visit([
    profiles,
    { select: 'advanced' },
    { confirm: true },
    { select: 'On the go' },
    { confirm: true },
    save,
    name,
    { confirm: false },
    { select: back },
  ]);
  expect(again.said).toContain('The profile is now On the go.');
  expect(stored()).toMatchObject({ max_concurrent_downloads: 1 });
  const remove: ScriptedAnswer[] = [
    { select: 'Delete a profile' },
    { select: 'On the go' },
    { confirm: true },
  ];
  const last = await visit([profiles, ...remove, { select: back }]);
  expect(stored()).not.toHaveProperty('profiles');
  // With the last one goes the item.
  expect(last.shown.at(-2)?.map((choice) => choice.name)).not.toContain('Delete a profile');
});

it('saves next to what is edited by hand while a question is open', async () => {
  writeFileSync(path(), '{"config_version": 2, "retry_attempts": 3}');
  const prompter = createScriptedPrompter([
    update,
    { select: 'audio_format: mp3' },
    { select: 'flac' },
    { select: back },
    { select: back },
  ]);
  const edited: typeof prompter = {
    ...prompter,
    async select(question) {
      const answer = await prompter.select(question);
      // The question was on the screen, and the answer isn't saved yet.
      if (question.message === 'audio_format:') {
        writeFileSync(path(), '{"config_version": 2, "retry_attempts": 9, "mine": [1]}');
      }
      return answer;
    },
  };
  await openConfigMenu(partsFor(edited));
  prompter.finish();
  expect(stored()).toEqual({ config_version: 2, retry_attempts: 9, mine: [1], audio_format: 'flac' });
});

it('writes nothing over a file that was broken by hand meanwhile, and tells its line', async () => {
  const broken = '{\n  "retry_attempts": 9,\n}';
  const prompter = createScriptedPrompter([
    update,
    { select: 'audio_format: mp3' },
    { select: 'flac' },
    { select: back },
  ]);
  const edited: typeof prompter = {
    ...prompter,
    async select(question) {
      const answer = await prompter.select(question);
      if (question.message === 'audio_format:') writeFileSync(path(), broken);
      return answer;
    },
  };
  await openConfigMenu(partsFor(edited));
  expect(prompter.said[0]).toContain("isn't valid JSON at line 3, column 1: there's a comma");
  expect(readFileSync(path(), 'utf8')).toBe(broken);
});

it('tells when the environment stands above a setting', async () => {
  const answers: ScriptedAnswer[] = [
    update,
    { select: 'output_dir: music' },
    { input: 'other' },
    { select: back },
  ];
  const { said } = await visit(answers, { HARMONI_OUTPUT_DIR: '/m' });
  expect(said.at(-1)).toBe('HARMONI_OUTPUT_DIR is set and overrides it.');
});

it('ends the view with what differs, which is all that a small screen shows', async () => {
  writeFileSync(path(), JSON.stringify({ audio_format: 'flac' }));
  const { said } = await visit([{ select: 'View settings' }], { HARMONI_YTDLP: '/opt/yt-dlp' });
  const lines = said.filter((line) => line !== '').map((line) => line.trim().replaceAll(/ +/g, ' '));
  expect(lines.slice(lines.indexOf("What you've changed") + 1)).toEqual([
    'audio_format flac (default: mp3)',
    'ytdlp_path (empty) (overridden by HARMONI_YTDLP)',
  ]);
  const { said: plain } = await visit([
    { select: 'Reset to defaults' },
    { confirm: true },
    { select: 'View settings' },
  ]);
  expect(plain.filter((line) => line !== '').at(-1)).toBe("You haven't changed any settings.");
});

it('keeps what is for tests and rare cases behind one item', async () => {
  const { said } = await visit([
    update,
    { select: 'Advanced settings' },
    { select: 'spotify_max_retries: 5' },
    { input: '2' },
    { select: back },
    { select: back },
  ]);
  expect(said).toContain('Saved: spotify_max_retries is 2.');
  expect(stored()).toMatchObject({ spotify_max_retries: 2 });
  const again = await visit([update, { select: 'spotify_max_retries: 2' }]);
  expect(again.said[0]).toMatch(/There is no "spotify_max_retries: 2" among: .* \| Advanced settings$/);
});

it('shows a proxy without its password, and Enter keeps it', async () => {
  writeFileSync(path(), JSON.stringify({ config_version: 2, proxy: 'http://me:TOPSECRET@proxy:1' }));
  const { said, asked } = await visit([
    update,
    { select: 'proxy: http://***@proxy:1' },
    { input: '' },
    { select: back },
    { select: 'View settings' },
  ]);
  expect(asked).toContain('proxy (Enter keeps it):');
  expect(said.join()).not.toContain('TOPSECRET');
  expect(stored()).toMatchObject({ proxy: 'http://me:TOPSECRET@proxy:1' });
});

it('lets no provider through that there is not', async () => {
  const prompter = await visit([
    update,
    { select: 'providers: ["youtube","soundcloud"]' },
    { input: 'SoundCloud, youtube' },
    { select: back },
  ]);
  expect(prompter.said).toContain('Saved: providers is ["soundcloud","youtube"].');
  const { said } = await visit([
    update,
    { select: 'providers: ["soundcloud","youtube"]' },
    { input: 'nonsense' },
  ]);
  expect(said[0]).toContain('It takes youtube, soundcloud.');
});
