import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findCheckoutUpdate } from '../../src/update/update-checkout.ts';

let folder = '';
let clone = '';
const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false'];

function git(where: string, ...args: string[]): string {
  const result = spawnSync('git', ['-C', where, ...author, ...args], { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`git ${args.join(' ')}: ${result.stderr}`);
  return result.stdout.trim();
}

function commit(where: string, text: string): void {
  writeFileSync(join(where, 'program.ts'), text);
  git(where, 'add', 'program.ts');
  git(where, 'commit', '--quiet', '-m', text);
}

/** Somebody else's work, which reaches the repository. */
function publish(text: string): void {
  commit(join(folder, 'author'), text);
  git(join(folder, 'author'), 'push', '--quiet', 'origin', 'main');
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'harmoni update '));
  clone = join(folder, 'clone');
  vi.stubEnv('GIT_CONFIG_GLOBAL', join(folder, 'none'));
  git(folder, 'init', '--quiet', '--bare', '--initial-branch=main', 'origin.git');
  git(folder, 'clone', '--quiet', 'origin.git', 'author');
  git(join(folder, 'author'), 'switch', '--quiet', '-c', 'main');
  publish('one');
  git(folder, 'clone', '--quiet', 'origin.git', 'clone');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const find = () => findCheckoutUpdate(clone, { signal: new AbortController().signal });
const program = () => readFileSync(join(clone, 'program.ts'), 'utf8');

test('new commits are counted first and pulled on a yes', async () => {
  publish('two');
  publish('three');
  const update = await find();
  expect(update).toMatchObject({ news: '2 new commits on origin/main', how: 'git pull --ff-only' });
  expect(program()).toBe('one');
  if (update.news !== undefined) await update.apply();
  expect(program()).toBe('three');
  expect(await find()).toEqual({ news: undefined });
});

test('files of the user that git does not know are no hindrance', async () => {
  writeFileSync(join(clone, 'config.json'), '{}');
  publish('two');
  expect(await find()).toMatchObject({ news: '1 new commit on origin/main' });
});

test('changed files stop it, and stay', async () => {
  publish('two');
  writeFileSync(join(clone, 'program.ts'), 'mine');
  await expect(find()).rejects.toMatchObject({
    code: 'update-not-possible',
    message: 'You changed 1 file in this copy of HARMONI.',
    fix: 'Commit the changes or run git stash, then run harmoni update again.',
  });
  expect(program()).toBe('mine');
});

test('a branch without an upstream stops it', async () => {
  git(clone, 'switch', '--quiet', '-c', 'mine');
  await expect(find()).rejects.toMatchObject({
    message: 'The branch mine has no upstream to update from.',
    fix: 'Run git branch --set-upstream-to=origin/mine, then run harmoni update again.',
  });
});

test('a checkout without a branch stops it', async () => {
  git(clone, 'checkout', '--quiet', '--detach');
  await expect(find()).rejects.toThrow("This copy of HARMONI isn't on a branch.");
});

test('commits on both sides stop it, and nothing is merged', async () => {
  publish('two');
  commit(clone, 'mine');
  await expect(find()).rejects.toThrow('main has its own commits');
  expect(program()).toBe('mine');
});

test("a repository that can't be reached is said with the reason", async () => {
  renameSync(join(folder, 'origin.git'), join(folder, 'gone.git'));
  await expect(find()).rejects.toMatchObject({
    code: 'network-unreachable',
    message: expect.stringContaining('does not appear to be a git repository') as unknown,
  });
});

test('a pull that fails says why and changes nothing', async () => {
  publish('two');
  const update = await find();
  // In the meantime a file of the user's stands where the new one belongs.
  git(join(folder, 'author'), 'mv', 'program.ts', 'other.ts');
  git(join(folder, 'author'), 'commit', '--quiet', '-m', 'moved');
  git(join(folder, 'author'), 'push', '--quiet', 'origin', 'main');
  writeFileSync(join(clone, 'other.ts'), 'mine');
  if (update.news === undefined) throw new Error('no news');
  await expect(update.apply()).rejects.toMatchObject({
    code: 'update-failed',
    message: expect.stringMatching(/^git pull failed: .*overwritten/) as unknown,
  });
  expect(readFileSync(join(clone, 'other.ts'), 'utf8')).toBe('mine');
  expect(program()).toBe('one');
});

test('without git it says so', async () => {
  vi.stubEnv('PATH', folder);
  await expect(find()).rejects.toMatchObject({
    code: 'update-not-possible',
    message: "git isn't installed.",
  });
});

test('a folder that git cannot read says what git says', async () => {
  rmSync(join(clone, '.git', 'HEAD'));
  await expect(find()).rejects.toThrow("git can't read this copy of HARMONI: not a git repository");
});
