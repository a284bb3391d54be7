import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runConfigCommand } from '../../src/commands/config.ts';
import type { ConfigVerb } from '../../src/commands/config-verbs.ts';
import { openConfig } from '../../src/config/store.ts';
import { createOutput } from '../../src/ui/output.ts';
import { createTheme } from '../../src/ui/theme.ts';
import { createTestClock } from '../helpers/clock.ts';
import { settingParts } from '../helpers/setting-parts.ts';
import { createScriptedPrompter, type ScriptedAnswer } from '../helpers/scripted-prompter.ts';

let folder = '';
const path = () => join(folder, 'config.json');
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'harmoni-config-'))));
afterEach(() => rmSync(folder, { recursive: true }));

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly document: unknown;
}

async function run(
  verb: ConfigVerb,
  args: string[] = [],
  options: { json?: boolean; yes?: boolean; answers?: ScriptedAnswer[]; env?: Record<string, string> } = {},
): Promise<Run> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const json = options.json === true;
  const prompter = createScriptedPrompter(options.answers ?? []);
  const parts = {
    configStore: openConfig(path()),
    get config() {
      return settingParts(folder, path(), options.env).config;
    },
    tools: settingParts(folder, path(), options.env).tools,
    prompter,
    output: createOutput({ stdout, stderr }, createTheme({ colour: false, unicode: true }), json),
    clock: createTestClock({ startMs: Date.UTC(2025, 0, 31) }),
    env: options.env ?? {},
    paths: {
      config: path(),
      data: '/d',
      log: '/d/logs/app.log',
      trash: '/d/trash',
      get output() {
        openConfig(path()).load();
        return '/m';
      },
    },
  };
  const code = await runConfigCommand(parts, verb, args, options.yes === true);
  prompter.finish();
  const text = String(stdout.read() ?? '');
  const document: unknown = json ? JSON.parse(text) : undefined;
  return { code, stdout: text, stderr: String(stderr.read() ?? ''), document };
}

it('set stores a value and get gives it back, alone on its line', async () => {
  expect((await run('set', ['audio_quality', '192'])).stdout).toBe('audio_quality is now 192 (was high).\n');
  expect((await run('set', ['audio_quality', '192'])).stdout).toBe('audio_quality is now 192.\n');
  expect((await run('get', ['audio_quality'])).stdout).toBe('192\n');
  expect((await run('get', ['audio_quality'], { json: true })).document).toEqual({
    key: 'audio_quality',
    value: 192,
  });
});

it('show names every setting, what it is for, what is not the default, and what the environment says', async () => {
  writeFileSync(path(), '{"audio_format": "flac"}');
  const { stdout } = await run('show', [], { env: { HARMONI_OUTPUT_DIR: '/m' } });
  expect(stdout).toMatch(
    /^Music\n {2}output_dir +music {2}\(overridden by HARMONI_OUTPUT_DIR\)\n {6}The folder for your music library\./,
  );
  expect(stdout).toMatch(/audio_format +flac {2}\(default: mp3\)/);
  const { document, stderr } = await run('show', [], { json: true });
  expect(document).toMatchObject({ config: { audio_format: 'flac', retry_attempts: 3 }, unknownKeys: [] });
  expect(stderr).toContain('audio_format');
});

it('validate lists everything and ends with 2', async () => {
  writeFileSync(path(), '{"retry_attempts": true, "audioformat": "mp3"}');
  const { code, stdout } = await run('validate');
  expect(code).toBe(2);
  expect(stdout).toContain('retry_attempts is true, but it must be a whole number from 0 to 10 (line 1).\n');
  expect(stdout).toContain(
    '"audioformat" (line 1) isn\'t a setting, so it\'s ignored. Did you mean audio_format?\n',
  );
  expect((await run('validate', [], { json: true })).document).toMatchObject({ ok: false });
});

it('validate is content with the defaults', async () => {
  expect(await run('validate')).toMatchObject({ code: 0, stdout: `All settings in ${path()} are valid.\n` });
});

it('profile lists the profiles, then switches', async () => {
  expect((await run('profile', ['light'])).code).toBe(0);
  expect((await run('profile')).stdout).toContain('light (in use): ');
  expect((await run('profile', [], { json: true })).document).toMatchObject({ active: 'light' });
  await expect(run('profile', ['fast'])).rejects.toMatchObject({ code: 'usage' });
});

it('a profile of your own is saved, used, replaced and deleted', async () => {
  await run('set', ['audio_format', 'flac']);
  expect((await run('profile', ['save', 'hi-fi'])).stdout).toContain('as the profile hi-fi.\n');
  await run('set', ['audio_format', 'm4a']);
  expect((await run('profile')).stdout).toContain('hi-fi: audio_format flac.\n');
  expect((await run('profile', ['hi-fi'])).stdout).toBe('The profile is now hi-fi: audio_format flac.\n');
  expect((await run('get', ['audio_format'])).stdout).toBe('flac\n');
  expect((await run('profile', ['list'], { json: true })).document).toMatchObject({
    active: 'hi-fi',
    profiles: [{ name: 'hi-fi', own: true }, { name: 'light', own: false }, {}, {}],
  });
  await run('set', ['retry_attempts', '7']);
  expect((await run('profile', ['save', 'hi-fi'], { answers: [{ confirm: false }] })).code).toBe(130);
  await run('profile', ['save', 'hi-fi'], { yes: true });
  await run('set', ['retry_attempts', '1']);
  await run('profile', ['hi-fi']);
  expect((await run('get', ['retry_attempts'])).stdout).toBe('7\n');
  expect((await run('profile', ['delete', 'hi-fi'], { answers: [{ confirm: true }] })).code).toBe(0);
  await expect(run('profile', ['hi-fi'])).rejects.toMatchObject({ code: 'usage' });
  expect(readFileSync(path(), 'utf8')).not.toContain('profiles');
});

it('a profile takes no name that means something else', async () => {
  for (const name of ['light', 'Save', '-x', '', 'a'.repeat(41), '__proto__']) {
    await expect(run('profile', ['save', name]), name).rejects.toMatchObject({ code: 'usage' });
  }
  await expect(run('profile', ['delete', 'light'])).rejects.toMatchObject({ code: 'usage' });
  await expect(run('profile', ['delete'])).rejects.toThrow('Usage: harmoni config profile');
});

it('reset asks first, keeps a copy, and --yes agrees', async () => {
  writeFileSync(path(), '{"retry_attempts": 9}');
  expect((await run('reset', [], { answers: [{ confirm: false }] })).code).toBe(130);
  expect(readFileSync(path(), 'utf8')).toBe('{"retry_attempts": 9}');
  const { document } = await run('reset', [], { yes: true, json: true });
  expect(document).toEqual({ copy: `${path()}.2025-01-31-000000.bak` });
  expect(readdirSync(folder).sort()).toEqual(['config.json', 'config.json.2025-01-31-000000.bak']);
});

it('path says where everything is, also when the file is missing', async () => {
  expect((await run('path')).stdout).toBe(
    `config   ${path()}\ndata     /d\nlibrary  /m\nlog      /d/logs/app.log\n`,
  );
  const { document } = await run('path', [], { json: true });
  expect(document).toEqual({ path: path(), data: '/d', library: '/m', log: '/d/logs/app.log' });
});

it('path works with a broken file, which it has to name', async () => {
  writeFileSync(path(), '{"audio_format": 7}');
  const { code, document } = await run('path', [], { json: true });
  expect(code).toBe(0);
  expect(document).toMatchObject({ path: path(), data: '/d', library: null });
});

it('a missing or surplus argument is a usage error that shows how it goes', async () => {
  await expect(run('set', ['audio_format'])).rejects.toThrow('Usage: harmoni config set KEY VALUE');
  await expect(run('set', ['output_dir', 'my', 'music'])).rejects.toMatchObject({ code: 'usage' });
  await expect(run('get', ['retry_atempts'])).rejects.toThrow('Did you mean retry_attempts?');
});

it('a way to sign in that there is not is refused, and named by validate', async () => {
  await expect(run('set', ['spotify_sign_in_method', 'phone'])).rejects.toMatchObject({
    message:
      'spotify_sign_in_method can\'t be "phone". It takes pkce, pairing, authorization-code, token-swap, device.',
  });
  writeFileSync(path(), '{"spotify_sign_in_method": "phone"}');
  expect((await run('validate')).code).toBe(2);
});
