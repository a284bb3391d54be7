import { existsSync } from 'node:fs';
import { mkdir, realpath, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createHouse, standInNpm, told } from './house.ts';
import { startNodePublishers } from './node-set-up.ts';

const oldNode = 'echo v20.20.2';
const awkwardArgs = ['download', 'a b', "it's", '"quoted"', '*', '$HOME', '', '--', '-x', '椎名林檎'];

describe('the program that is started', () => {
  test('gets every argument as it was given', async () => {
    await using house = await createHouse();
    expect(told(await house.start({ args: awkwardArgs })).args).toEqual(awkwardArgs);
  });

  test('gets by with little memory', async () => {
    await using house = await createHouse();
    const usual = told(await house.start());
    expect([usual.flags, usual.arenas]).toEqual([['--max-semi-space-size=4'], '2']);
    expect(told(await house.start({ env: { MALLOC_ARENA_MAX: '8' } })).arenas).toBe('8');
  });

  test('has stdout for itself: the set-up speaks on stderr', async () => {
    await using house = await createHouse();
    const first = await house.start();
    expect(first.stdout.trim().split('\n')).toHaveLength(1);
    expect(first.stderr).toContain('Setting up HARMONI:');
    expect(first.stderr).toContain(`tools: ${house.root}/data/tools`);
  });

  test('works in the folder where the user is', async () => {
    await using house = await createHouse();
    expect(told(await house.start({ cwd: house.folder })).cwd).toBe(await realpath(house.folder));
  });

  test('works where the user was when npm start brought it into the project', async () => {
    await using house = await createHouse();
    const env = { npm_package_json: join(house.root, 'package.json'), INIT_CWD: house.folder };
    expect(told(await house.start({ cwd: house.root, env })).cwd).toBe(await realpath(house.folder));
  });

  test('is found through symbolic links, relative ones too', async () => {
    await using house = await createHouse();
    await mkdir(join(house.folder, 'links'));
    await symlink('../the project/start.sh', join(house.folder, 'links', 'one'));
    await symlink(join(house.folder, 'links', 'one'), join(house.folder, 'harmoni'));
    expect(told(await house.start({ script: 'harmoni' })).args).toEqual([]);
    expect(existsSync(join(house.root, 'data', 'tools', 'ready'))).toBe(true);
  });

  test('names itself in remedies as it was called', async () => {
    await using house = await createHouse();
    const named = async (start: Parameters<typeof house.start>[0]) =>
      told(await house.start({ cwd: house.root, ...start })).program;
    expect(await named({ script: './start.sh' })).toBe('./start.sh');
    expect(await named({ script: 'start.sh' })).toBe('bash start.sh');
    expect(await named({ script: './start.sh', env: { npm_lifecycle_event: 'start' } })).toBe('npm start --');
    expect(await named({ script: './start.sh', env: { HARMONI_PROGRAM: 'elsewhere' } })).toBe('elsewhere');
    await symlink(join(house.root, 'start.sh'), join(house.folder, 'harmoni'));
    expect(await named({ script: join(house.folder, 'harmoni') })).toBeUndefined();
  });

  test.each(['./start.sh', 'start.sh', '../the project/start.sh'])('is found as %s', async (script) => {
    await using house = await createHouse();
    expect(told(await house.start({ cwd: house.root, script })).cwd).toBe(await realpath(house.root));
  });

  test('keeps its tools where HARMONI_DATA_DIR says, counted from where the user is', async () => {
    await using house = await createHouse();
    const start = await house.start({ env: { HARMONI_DATA_DIR: 'elsewhere' } });
    expect(told(start).dataDir).toBe(join(house.folder, 'elsewhere'));
    expect(existsSync(join(house.folder, 'elsewhere', 'tools', 'ready'))).toBe(true);
    expect(existsSync(join(house.root, 'data'))).toBe(false);
  });
});

describe('the second start', () => {
  test('runs no other program: no npm, no network, not even cat', async () => {
    await using house = await createHouse();
    const first = told(await house.start());
    const second = await house.start({ path: '/nowhere' });
    expect(told(second)).toEqual(first);
    expect(second.stderr).toBe('');
  });

  test('sets up again when the Node that was chosen is gone', async () => {
    await using house = await createHouse();
    await house.start();
    await house.without('node');
    const publishers = await startNodePublishers();
    await house.with('curl', 'wget', 'python3');
    expect(told(await house.start({ env: publishers.env })).node).toBe(process.execPath);
  });

  test('installs the packages again when package-lock.json is newer, and nothing else', async () => {
    await using house = await createHouse();
    await house.start();
    await house.age('node_modules/.package-lock.json');
    const start = await house.start();
    expect(start.stderr).toContain('packages ...');
    expect((await house.log()).filter((line) => line.startsWith('npm ci'))).toHaveLength(2);
    expect((await house.start()).stderr).toBe('');
  });
});

describe('Node', () => {
  test('is the first on PATH that is new enough', async () => {
    await using house = await createHouse();
    const older = join(house.folder, 'older');
    await mkdir(older);
    await house.program('old-node', oldNode);
    await symlink(join(house.bin, 'old-node'), join(older, 'node'));
    expect(told(await house.start({ path: `${older}:${house.bin}` })).node).toBe(process.execPath);
    expect(existsSync(join(house.root, 'data', 'tools', 'node'))).toBe(false);
  });

  test('is asked for in one sentence where it cannot be had', async () => {
    await using house = await createHouse();
    await house.without('node', 'npm');
    const start = await house.start();
    expect(start).toMatchObject({ code: 1, stdout: '' });
    const lines = start.stderr.trim().split('\n');
    expect(lines).toContain("  Node can't be downloaded without curl, wget or Python 3.");
    expect(lines.at(-1)).toMatch(/^HARMONI needs Node 24\.15 or newer\. Install/);
  });
});

describe('a set-up that fails', () => {
  test.each([
    ['npm error code ENOTFOUND', "the package registry can't be reached."],
    ['npm error code ENOSPC', 'the disk is full.'],
    ['npm error code EACCES', "a folder can't be written."],
    ['npm error what else there is', 'npm error what else there is'],
  ])('says what "%s" means, and the next start goes on', async (message, sentence) => {
    await using house = await createHouse();
    await house.program('npm', `echo "${message}" >&2; exit 1`);
    const start = await house.start();
    expect(start).toMatchObject({ code: 1, stdout: '' });
    expect(start.stderr).toContain(`The npm packages couldn't be installed: ${sentence}`);
    await house.program('npm', standInNpm);
    expect(told(await house.start()).args).toEqual([]);
  });

  test("says which folder can't be written", async () => {
    await using house = await createHouse();
    await house.write('data', 'a file in the place of the folder');
    const start = await house.start();
    expect(start).toMatchObject({ code: 1, stdout: '' });
    expect(start.stderr).toMatch(/data\/tools can't be written\. Make the folder writable/);
  });

  test.each([
    ['SIGKILL', null, ''],
    ['SIGINT', 130, 'Setup interrupted. The next start continues from here.'],
  ] as const)('because of %s is repaired by the next start', async (signal, code, sentence) => {
    await using house = await createHouse();
    await house.program('npm', 'mkdir -p node_modules/half; exec sleep 60');
    const first = house.begin();
    await first.says('packages ...');
    first.kill(signal);
    const end = await first.end;
    expect(end.code).toBe(code);
    expect(end.stderr).toContain(sentence);
    await house.program('npm', standInNpm);
    const second = await house.start();
    expect(second.stderr).toContain('packages ...');
    expect(told(second).args).toEqual([]);
  });
});

test('a set-up that ignores SIGINT, as under nohup or in the background of a script, goes on', async () => {
  await using house = await createHouse();
  const script = await house.write('in-background.sh', `trap '' INT\nexec bash "\${0%/*}/start.sh"`);
  const gate = join(house.folder, 'gate');
  await house.program('npm', `while [ ! -e "$GATE" ]; do sleep 0.05; done\n${standInNpm}`);
  const start = house.begin({ script, env: { GATE: gate } });
  await start.says('packages ...');
  start.kill('SIGINT');
  await mkdir(gate);
  expect(told(await start.end).args).toEqual([]);
});

describe('two starts at once', () => {
  test.each(['flock', 'perl'])('set up once, by %s', async (tool) => {
    await using house = await createHouse();
    await house.without(...['flock', 'perl'].filter((name) => name !== tool));
    const gate = join(house.folder, 'gate');
    await house.program('npm', `while [ ! -e "$GATE" ]; do sleep 0.05; done\n${standInNpm}`);
    const first = house.begin({ env: { GATE: gate } });
    await first.says('packages ...');
    const second = house.begin({ env: { GATE: gate } });
    await second.says('Another start is setting up HARMONI');
    await mkdir(gate);
    for (const start of [await first.end, await second.end]) expect(told(start).args).toEqual([]);
    expect(await house.log()).toHaveLength(1);
  });
});

describe('the developer', () => {
  test('gets the packages of the tests with the first test, and vitest gets the arguments', async () => {
    await using house = await createHouse();
    await house.start();
    const start = await house.start({ args: ['test', 'some file', '-t', 'a name'] });
    const { args, cwd } = told(start);
    expect(start.code).toBe(3);
    expect(args[0]).toBe('run');
    expect(args.slice(-3)).toEqual(['some file', '-t', 'a name']);
    expect(cwd).toBe(await realpath(house.root));
    expect((await house.log()).map((line) => line.split(' ')[2])).toEqual(['--omit=dev', '--include=dev']);
  });

  test('is told what is missing for some tests, once', async () => {
    await using house = await createHouse();
    const first = await house.start({ args: ['test'] });
    expect(first.stderr).toContain("The tests that need tmux are left out: it isn't installed.");
    expect((await house.start({ args: ['test'] })).stderr).toBe('');
  });

  test('gets these tools by apt-get as root, each for itself', async () => {
    await using house = await createHouse();
    await house.without('id');
    await house.program('id', 'echo 0');
    await house.program('apt-get', 'echo "apt-get $*" >>"$LOG"; case $* in *tmux) exit 1 ;; esac');
    const start = await house.start({ args: ['test'] });
    expect(start.stderr).toContain('The tests that need tmux are left out');
    expect((await house.log()).at(-1)).toMatch(/^apt-get install .*chromium$/);
  });

  test('keeps these packages when a plain start installs anew', async () => {
    await using house = await createHouse();
    await house.start({ args: ['test'] });
    await house.age('node_modules/.package-lock.json');
    await house.start();
    expect((await house.log()).at(-1)).toContain('--include=dev');
  });

  test('runs any command with the right Node by dev', async () => {
    await using house = await createHouse();
    await house.program('node', oldNode);
    await house.with('curl', 'wget', 'python3');
    const { env } = await startNodePublishers();
    const start = await house.start({ args: ['dev', 'node', '-p', 'process.version'], env });
    expect(start.stdout.trim()).toBe(process.version);
  });
});
