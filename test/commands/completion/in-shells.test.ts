import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Shell } from '../../../src/commands/completion/line.ts';
import { completionScript } from '../../../src/commands/completion/scripts.ts';
import { openStore } from '../../../src/history/store.ts';
import { createTestClock } from '../../helpers/clock.ts';
import { sayLeftOut } from '../../helpers/left-out.ts';
import { hasTmux, openTmux } from '../../helpers/tmux.ts';
import { projectDir } from '../../helpers/world.ts';

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const [hasZsh, hasFish] = [has('zsh'), has('fish')];
if (!hasZsh) sayLeftOut('completion in zsh', "it isn't installed");
if (!hasFish) sayLeftOut('completion in fish', "it isn't installed");
if (!has('pwsh')) sayLeftOut('completion in PowerShell', "it isn't installed");
else sayLeftOut('completion in PowerShell', 'only its answers are tried');

let folder = '';
const harmoni = () => join(folder, "har'moni");
const env = () => ({
  ...process.env,
  LC_ALL: 'C.UTF-8',
  HARMONI_DATA_DIR: join(folder, 'data'),
  HARMONI_CONFIG: join(folder, 'config.json'),
});
const hostile = () => `It's $(touch ${folder}/RUN) \`touch ${folder}/RUN\` "q"`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'harmoni-completion-'));
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'config.json'), '{"profiles": {"usb stick": {"audio_format": "mp3"}}}');
  writeFileSync(join(folder, 'my songs.csv'), '');
  writeFileSync(harmoni(), `#!/bin/sh\nexec '${process.execPath}' '${projectDir}/src/index.ts' "$@"\n`);
  chmodSync(harmoni(), 0o755);
  const store = openStore(join(folder, 'data'), createTestClock());
  for (const name of ['Evening', 'Rock: the best', hostile(), '椎名林檎 ベスト', '-rf']) {
    store.followed.follow({ library: '/m', origin: name, name, input: name, whenRemoved: 'keep' });
  }
  store.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(shell: Shell, args: readonly string[], script: string): string {
  const { stdout, error } = spawnSync(shell, [...args, script], {
    cwd: folder,
    env: env(),
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  return stdout;
}

/** What bash offers for each line, as it would be inserted. */
function inBash(lines: readonly string[]): readonly (readonly string[])[] {
  const quoted = lines.map((line) => `'${line.replaceAll("'", "'\\''")}'`).join(' ');
  const script = `${completionScript('bash', { run: harmoni() })}
    for line in ${quoted}; do
      COMP_LINE=$line COMP_POINT=\${#line} COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'
      _harmoni_completion harmoni 2>/dev/null
      printf '%s\\n' "\${COMPREPLY[@]}" ----
    done`;
  const answers = run('bash', ['--norc', '-c'], script).split('----\n');
  return answers.slice(0, -1).map((answer) => answer.split('\n').filter((one) => one !== ''));
}

test('bash completes commands, options, values, settings, profiles and playlists', () => {
  const lines = {
    'harmoni dow': ['download'],
    'harmoni library cl': ['cleanup'],
    'harmoni download --form': ['--format'],
    'harmoni download --format=fl': ['flac'],
    'harmoni config set audio_format o': ['opus', 'ogg'],
    'harmoni config get retry_att': ['retry_attempts'],
    'harmoni config profile u': ['usb\\ stick'],
    'harmoni sync Evening Ro': ['Rock:\\ the\\ best'],
    'harmoni sync "Ro': ['Rock: the best'],
    'harmoni unfollow 椎': ['椎名林檎\\ ベスト'],
    'harmoni library list missing:cov': ['cover'],
    'harmoni sync -': expect.not.arrayContaining(['-rf']) as string[],
  };
  expect(inBash(Object.keys(lines))).toEqual(Object.values(lines));
});

test("neither what is typed nor a playlist's name is run", () => {
  const [typed, name] = inBash([`harmoni sync $(touch ${folder}/RUN) E`, 'harmoni sync It']);
  expect(typed).toEqual(['Evening']);
  // bash reads the word that it inserts as the name.
  expect(run('bash', ['-c'], `printf %s ${name?.[0] ?? ''}`)).toBe(hostile());
  expect(existsSync(join(folder, 'RUN'))).toBe(false);
});

test.runIf(hasFish)('fish completes with descriptions, and files where a file may stand', () => {
  const asked = ['harmoni dow', 'harmoni sync It', 'harmoni download my', 'harmoni download --format=fl'];
  const script = [
    completionScript('fish', { run: harmoni() }),
    ...asked.map((line) => `complete -C '${line}'; echo ----`),
  ].join('\n');
  expect(run('fish', ['--no-config', '-c'], script).split('\n----\n').slice(0, -1)).toEqual([
    'download\tdownload songs',
    hostile(),
    'my songs.csv',
    '--format=flac',
  ]);
  expect(existsSync(join(folder, 'RUN'))).toBe(false);
});

test.runIf(hasZsh && hasTmux)('zsh completes at Tab', async () => {
  writeFileSync(join(folder, '.zshrc'), `${completionScript('zsh', { run: harmoni() })}\nPS1='> '\n`);
  const start = `process.chdir('${folder}'); process.execve('${which('zsh')}', ['zsh', '-d'], process.env)`;
  const terminal = openTmux(['-e', start], { columns: 100, rows: 24 }, { ...env(), ZDOTDIR: folder });
  try {
    await terminal.shows(/^> $|^>$/);
    for (const [typed, completed] of [
      ['harmoni sync Ro', /^> harmoni sync Rock:\\ the\\ best/],
      ['harmoni download --format=fl', /^> harmoni download --format=flac/],
      ['harmoni download my', /^> harmoni download my\\ songs\.csv/],
    ] as const) {
      terminal.type(typed);
      terminal.keys('Tab');
      expect(await terminal.shows(completed)).toBeDefined();
      terminal.keys('C-u');
    }
  } finally {
    terminal.end();
  }
});

const which = (program: string): string =>
  spawnSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).stdout.trim();

test('PowerShell gets what it inserts, the name and the text', () => {
  const words = ['=sync', '=Ro'];
  const answer = spawnSync(harmoni(), ['complete', 'powershell', '--', ...words], {
    env: env(),
    encoding: 'utf8',
  });
  expect(answer.stdout).toBe("none\n'Rock: the best'\tRock: the best\t\n");
  const script = completionScript('powershell', { run: "C:\\it's\\harmoni" });
  expect(script).toContain("& 'C:\\it''s\\harmoni' complete powershell '--'");
});

test("a start.sh of something else isn't completed", () => {
  const script = completionScript('bash', { run: '/no/start.sh', startScript: '/no/start.sh' });
  writeFileSync(join(folder, 'start.sh'), '');
  const asked = `${script}\nCOMP_LINE='./start.sh do' COMP_POINT=13\n_harmoni_completion ./start.sh && echo none`;
  expect(run('bash', ['--norc', '-c'], asked)).toBe('none\n');
});

test('an answer loads neither the app, the settings, the store nor the terminal', () => {
  const hooks = join(import.meta.dirname, 'programs/modules-loaded.ts');
  const args = [
    '--import',
    hooks,
    join(projectDir, 'src/index.ts'),
    'complete',
    'bash',
    '--',
    'harmoni sync ',
    '',
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, { env: env(), encoding: 'utf8' });
  expect(stdout).toContain('Evening');
  const loaded = stderr.split('\n').filter((line) => /\/src\/|node_modules/.test(line));
  expect(loaded.length).toBeGreaterThan(20);
  const heavy = /\/src\/(?:app|history\/store|config\/schema)\.ts|node_modules\/(?:zod|undici|@inquirer)/;
  expect(loaded.filter((line) => heavy.test(line))).toEqual([]);
  expect(loaded.length).toBeLessThan(90);
});
