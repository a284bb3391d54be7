import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'fast-plist';
import { expect, test } from 'vitest';
import { systemdCalendars } from '../../src/automation/cron-fields.ts';
import { recipeKinds, recipeOf, type RecipeFacts } from '../../src/automation/recipes.ts';
import { recipeHere } from '../../src/views/recipe.ts';
import { sayLeftOut } from '../helpers/left-out.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const hard = `/home/o'neil/50% & "more" $HOME`;
const facts: RecipeFacts = {
  cron: '30 3 * * *',
  words: 'daily at 03:30',
  program: [`${hard}/start.sh`],
  env: { HARMONI_DATA_DIR: `${hard}/data` },
  log: `${hard}/sync.log`,
  timeZone: 'Europe/Berlin',
  isWsl: false,
};
const textsOf = (kind: (typeof recipeKinds)[number], more: Partial<RecipeFacts> = {}): readonly string[] =>
  recipeOf(kind, { ...facts, ...more }).files.map(({ text }) => text);

const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

test.each([
  ['30 3 * * *', ['*-*-* 03:30:00']],
  ['*/20 */6 * * *', ['*-*-* 00,06,12,18:00,20,40:00']],
  ['0 4 * * 1', ['Mon *-*-* 04:00:00']],
  ['0 4 * * fri-7', ['Sun,Fri,Sat *-*-* 04:00:00']],
  ['0 4 1,15 jan-mar *', ['*-01,02,03-01,15 04:00:00']],
  ['0 4 13 * 5', ['*-*-13 04:00:00', 'Fri *-*-* 04:00:00']],
])('"%s" is what systemd calls %j', (cron, calendars) => {
  expect(systemdCalendars(cron)).toEqual(calendars);
  if (!has('systemd-analyze')) sayLeftOut('systemd reads its calendars', 'there is no systemd-analyze');
  else for (const one of calendars) execFileSync('systemd-analyze', ['calendar', one]);
});

test('systemd takes its units as they are, whatever the paths are called', () => {
  const [service = '', timer = ''] = textsOf('systemd');
  // It refuses quotes in the path of a program, and replaces variables only in what follows it.
  expect(service).toContain(
    String.raw`ExecStart=/bin/sh -c "exec \"$$@\"" sh "/home/o'neil/50%% & \"more\" $$HOME/start.sh" sync --yes`,
  );
  expect(service).toContain(
    String.raw`Environment="HARMONI_DATA_DIR=/home/o'neil/50%% & \"more\" $HOME/data"`,
  );
  if (!has('systemd-analyze')) {
    sayLeftOut('systemd reads its units', 'there is no systemd-analyze');
    return;
  }
  const folder = tempFolder();
  const program = join(folder, 'start 100% $HOME.sh');
  writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
  const [real = ''] = textsOf('systemd', { program: [program] });
  writeFileSync(join(folder, 'harmoni-sync.service'), real);
  writeFileSync(join(folder, 'harmoni-sync.timer'), timer);
  writeFileSync(join(folder, 'harmoni-quotes.service'), service);
  const units = ['harmoni-sync.service', 'harmoni-quotes.service', 'harmoni-sync.timer'];
  const { status, stderr } = spawnSync(
    'systemd-analyze',
    ['verify', '--man=no', ...units.map((name) => join(folder, name))],
    { encoding: 'utf8', env: { ...process.env, SYSTEMD_LOG_LEVEL: 'warning' } },
  );
  expect({ status, about: stderr.split('\n').filter((line) => line.includes('harmoni')) }).toEqual({
    status: 0,
    about: [],
  });
});

test('the line for crontab runs the program where a shell reads it', () => {
  const folder = tempFolder();
  const program = join(folder, `it's "50%".sh`);
  writeFileSync(program, '#!/bin/sh\necho "$HARMONI_DATA_DIR|$*"\n', { mode: 0o755 });
  const log = join(folder, 'the log');
  const [line = ''] = textsOf('cron', { program: [program], log });
  const [, when, command = ''] = /^((?:\S+ ){5})(.*)$/.exec(line) ?? [];
  expect(when).toBe('30 3 * * * ');
  // cron takes the backslash away before the shell sees it.
  execFileSync('/bin/sh', ['-c', command.replaceAll(String.raw`\%`, '%')]);
  expect(execFileSync('cat', [log], { encoding: 'utf8' })).toBe(`${hard}/data|sync --yes\n`);
});

test('a backslash before % does not keep cron from seeing that it is meant as it is', () => {
  const [line] = textsOf('cron', { env: {}, program: [String.raw`/a\%b/start.sh`], log: '/log' });
  // To cron, a backslash is one for the next sign, whatever that is.
  expect(line).toContain(String.raw`'/a\''\%b/start.sh' sync`);
});

test('the property list for launchd has the paths', () => {
  const [text = ''] = textsOf('launchd');
  expect(parse(text)).toMatchObject({
    Label: 'harmoni.watch',
    ProgramArguments: [`${hard}/start.sh`, 'watch'],
    EnvironmentVariables: { HARMONI_DATA_DIR: `${hard}/data` },
    KeepAlive: { SuccessfulExit: false },
  });
});

test('the task of Windows names the program, in its Linux too', () => {
  const program = ['C:\\Program Files\\nodejs\\node.exe', 'C:\\harmoni.cjs'];
  expect(textsOf('windows', { program })[0]).toContain(
    String.raw`-Execute 'C:\Program Files\nodejs\node.exe' -Argument '"C:\harmoni.cjs" watch'`,
  );
  const env = { HARMONI_DATA_DIR: '/my data' };
  expect(textsOf('windows', { isWsl: true, env, program: ["/o'neil/start.sh"] })[0]).toContain(
    `-Execute 'wsl.exe' -Argument '-e "env" "HARMONI_DATA_DIR=/my data" "/o''neil/start.sh" watch'`,
  );
});

test('no sign in a path ends a quote in the task of Windows', () => {
  // PowerShell takes a typesetter's quotes for its own.
  expect(textsOf('windows', { program: ['node.exe', 'C:\\Bob’;calc;‘\\x'] })[0]).toContain(
    String.raw`-Argument '"C:\Bob’’;calc;‘‘\x" watch'`,
  );
  expect(textsOf('windows', { program: ['node.exe', '/a"b/', 'C:\\c\\', '/\\"'] })[0]).toContain(
    String.raw`-Argument '"/a\"b/" "C:\c\\" "/\\\"" watch'`,
  );
});

test('a path with a line break, which could begin another line of a crontab or a unit, has no recipe', () => {
  const config = { sync_schedule: '' };
  const env = { HARMONI_DATA_DIR: '/a\n* * * * * id' };
  for (const kind of recipeKinds.filter((one) => one !== 'docker'))
    expect(() => recipeHere({ config, env, paths: { log: '/x/app.log' } }, kind), kind).toThrow(
      "A path with a line break or another control character can't be in a schedule.",
    );
});

test('Docker gets the schedule and the time zone, and every recipe says how to install it', () => {
  expect(textsOf('docker')).toEqual(["HARMONI_SYNC_SCHEDULE='daily at 03:30'\nTZ=Europe/Berlin"]);
  for (const kind of recipeKinds) expect(recipeOf(kind, facts).how, kind).toMatch(/^(?:Save|Run|Add) /);
});
