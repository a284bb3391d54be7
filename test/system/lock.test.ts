import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { beginInstance, tryLock } from '../../src/system/lock.ts';
import { startProgram } from '../helpers/child-program.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const program = (name: string, ...args: string[]) =>
  startProgram(new URL(`programs/${name}.ts`, import.meta.url), args);

describe('a lock', () => {
  test('is held by one, and free after its release', () => {
    const path = join(tempFolder(), 'a.lock');
    const first = tryLock(path);
    expect(tryLock(path)).toBeUndefined();
    first?.release();
    const second = tryLock(path);
    expect(second).toBeDefined();
    second?.release();
  });

  test('of another process holds, and is free when that one releases it', async () => {
    const path = join(tempFolder(), 'a.lock');
    const other = program('hold-lock', path);
    expect(await other.line()).toBe('held');
    expect(tryLock(path)).toBeUndefined();
    other.write('release');
    expect(await other.line()).toBe('released');
    const mine = tryLock(path);
    expect(mine).toBeDefined();
    mine?.release();
  });

  test('of another process is free when that one is killed', async () => {
    const path = join(tempFolder(), 'a.lock');
    const other = program('hold-lock', path);
    await other.line();
    await other.kill('SIGKILL');
    const mine = tryLock(path);
    expect(mine).toBeDefined();
    mine?.release();
  });

  test('keeps another process away', async () => {
    const path = join(tempFolder(), 'a.lock');
    const mine = tryLock(path);
    expect(await program('hold-lock', path).line()).toBe('taken by another');
    mine?.release();
  });

  test('that cannot be made is told, not taken for a held one', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(() => tryLock(join(folder, 'file', 'a.lock'))).toThrow(
      expect.objectContaining({ code: 'output-not-writable' }) as Error, // a matcher stands for the error
    );
    writeFileSync(
      join(folder, 'b.lock'),
      'this is not a lock of ours, but a text of somebody else'.repeat(40),
    );
    expect(() => tryLock(join(folder, 'b.lock'))).toThrow(
      expect.objectContaining({ code: 'store-broken' }) as Error, // a matcher stands for the error
    );
  });
});

describe('the sign of life', () => {
  test('of two HARMONIs is seen by each, until one ends', () => {
    const folder = join(tempFolder(), 'running');
    const [a, b] = [beginInstance(folder), beginInstance(folder)];
    expect([a.isAlive(b.id), b.isAlive(a.id), a.isAlive(a.id)]).toEqual([true, true, true]);
    b.end();
    expect(a.isAlive(b.id)).toBe(false);
    a.end();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('ends with the process that is killed, and its file is swept up', async () => {
    const folder = tempFolder();
    const other = program('show-alive', folder);
    const id = await other.line();
    const mine = beginInstance(folder);
    expect(mine.isAlive(id)).toBe(true);
    await other.kill('SIGKILL');
    expect(mine.isAlive(id)).toBe(false);
    expect(existsSync(join(folder, `${id}.lock`))).toBe(false);
    mine.end();
  });

  test('that was left by a dead one is swept up at the next start', async () => {
    const folder = tempFolder();
    const other = program('show-alive', folder);
    const id = await other.line();
    await other.kill('SIGKILL');
    const mine = beginInstance(folder);
    expect(readdirSync(folder).toSorted()).toEqual([`${mine.id}.json`, `${mine.id}.lock`]);
    expect(mine.isAlive(id)).toBe(false);
    mine.end();
  });

  test('of one that nobody knows is none', () => {
    const mine = beginInstance(tempFolder());
    expect(mine.isAlive('0123456789abcdef')).toBe(false);
    mine.end();
  });

  test('that cannot be asked for counts as life', () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'strange.lock'));
    const mine = beginInstance(folder);
    expect(mine.isAlive('strange')).toBe(true);
    mine.end();
  });

  test('of eight that begin at once is eight', async () => {
    const folder = tempFolder();
    const others = Array.from({ length: 4 }, () => program('show-alive', folder));
    const ids = await Promise.all(others.map((other) => other.line()));
    const mine = Array.from({ length: 4 }, () => beginInstance(folder));
    expect(ids.every((id) => mine.every((instance) => instance.isAlive(id)))).toBe(true);
    for (const instance of mine) instance.end();
  });
});
