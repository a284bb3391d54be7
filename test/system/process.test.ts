import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sayLeftOut } from '../helpers/left-out.ts';
import { adopt, childSpawnOptions, endGroup, keepTail, runProcess } from '../../src/system/process.ts';
import { isRunning, startProgram, untilGone } from '../helpers/child-program.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const sh = (script: string, options: Parameters<typeof runProcess>[2] = {}) =>
  runProcess('/bin/sh', ['-c', script], options);

describe('running a program', () => {
  test('any exit code is an answer', async () => {
    expect(await sh('echo out; echo err >&2; exit 7')).toEqual({
      exitCode: 7,
      signal: null,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  test('arguments reach it as they are', async () => {
    const hostile = ['-n', '$(touch x)', '`id`', 'a\'b"c', 'two\nlines', '', '*', '; exit 3'];
    const { stdout } = await runProcess(process.execPath, [
      '-e',
      'console.log(JSON.stringify(process.argv.slice(1)))',
      '--',
      ...hostile,
    ]);
    expect(JSON.parse(stdout)).toEqual(hostile);
  });

  test('the end by a signal is told', async () => {
    expect(await sh('kill -9 $$')).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
  });

  test('stdin is what was given, or empty', async () => {
    expect((await sh('cat', { input: 'words' })).stdout).toBe('words');
    expect((await sh('cat')).stdout).toBe('');
  });

  test('a program that closes its stdin at once is no failure', async () => {
    expect((await sh('exec <&-; exit 0', { input: 'x'.repeat(1_000_000) })).exitCode).toBe(0);
  });

  test('a program that is not there throws', async () => {
    await expect(runProcess('/nowhere/at-all', [])).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('a file that is no program throws', async () => {
    const path = join(tempFolder(), 'file');
    writeFileSync(path, 'x', { mode: 0o644 });
    await expect(runProcess(path, [])).rejects.toMatchObject({ code: 'EACCES' });
  });

  test('of a flood only the end is kept', async () => {
    const { stdout } = await sh('head -c 20000000 /dev/zero; echo end', { maxOutputBytes: 1_000 });
    expect(stdout).toHaveLength(1_000);
    expect(stdout).toMatch(/end\n$/);
  });

  test('time that runs out ends it', async () => {
    expect(await sh('exec sleep 60', { timeoutMs: 50 })).toMatchObject({ exitCode: null, signal: 'SIGTERM' });
  });

  test('a signal that was aborted before keeps it from starting', async () => {
    const file = join(tempFolder(), 'trace');
    const signal = AbortSignal.abort(new Error('before'));
    await expect(sh(`touch ${file}`, { signal })).rejects.toThrow('before');
    expect(() => readFileSync(file)).toThrow();
  });
});

/** Starts a shell that tells the id of the process it starts itself. */
async function startFamily(script: string): Promise<{ child: ReturnType<typeof spawn>; grandchild: number }> {
  const child = spawn('/bin/sh', ['-c', script], {
    ...childSpawnOptions(),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  adopt(child);
  const grandchild = await new Promise<number>((resolve) => {
    child.stdout.once('data', (text: Buffer) => resolve(Number(text.toString())));
  });
  return { child, grandchild };
}

describe('ending a group', () => {
  test('takes along what the child started', async () => {
    const { child, grandchild } = await startFamily('sleep 60 & echo $!; wait');
    await endGroup(child);
    await untilGone(grandchild);
    expect(child.signalCode).toBe('SIGTERM');
  });

  test('takes along what ignores SIGTERM when its parent does not', async () => {
    const { child, grandchild } = await startFamily(
      '(trap "" TERM; exec sleep 60) >/dev/null 2>&1 & echo $!; wait',
    );
    await endGroup(child);
    await untilGone(grandchild);
    expect(isRunning(grandchild)).toBe(false);
  });

  test('is hard after the grace with a child that ignores SIGTERM', async () => {
    const { child, grandchild } = await startFamily(
      'trap "" TERM; sleep 60 & echo $!; while :; do wait; done',
    );
    await endGroup(child, 50);
    await untilGone(grandchild);
    expect(child.signalCode).toBe('SIGKILL');
  });

  test('does not wait for ever for one that left the group and holds the pipe', async () => {
    const { child, grandchild } = await startFamily('setsid sleep 60 & echo $!; wait');
    try {
      await endGroup(child, 50);
      expect(child.signalCode).toBe('SIGTERM');
    } finally {
      // Such a one is nobody's any more.
      process.kill(grandchild, 'SIGKILL');
    }
  });

  test('of a child that is gone is done at once', async () => {
    const { child } = await startFamily('echo 1');
    await endGroup(child);
    await expect(endGroup(child)).resolves.toBeUndefined();
  });

  test('follows an aborted signal, and the reason is thrown', async () => {
    const controller = new AbortController();
    const file = join(tempFolder(), 'pid');
    const reason = new Error('cancelled');
    // Listened for before it is sent: it would end this process.
    process.once('SIGUSR2', () => controller.abort(reason));
    const run = sh(
      `sleep 60 & echo $! > ${file}.new; mv ${file}.new ${file}; kill -USR2 ${process.pid}; wait`,
      {
        signal: controller.signal,
      },
    );
    await expect(run).rejects.toBe(reason);
    await untilGone(Number(readFileSync(file, 'utf8')));
  });
});

describe('when HARMONI ends in a hurry', () => {
  const programOf = (name: string) => new URL(`programs/${name}`, import.meta.url);

  test('its child does not outlive it', async () => {
    const program = startProgram(programOf('adopt-and-exit.ts'), []);
    const pid = Number(await program.line());
    expect(isRunning(pid)).toBe(true);
    program.write('exit');
    expect(await program.ended).toBe(3);
    await untilGone(pid);
  });

  test('by SIGKILL, a child that ignores signals goes too, and what it started, and the watchdog', async () => {
    const program = startProgram(programOf('adopt-family.ts'), []);
    const family = [Number(await program.line()), Number(await program.line())];
    const watchdogs = (await program.line()).split(' ').map(Number);
    expect(watchdogs).toHaveLength(1);
    const all = [...family, ...watchdogs];
    expect(all.map((pid) => isRunning(pid))).toEqual([true, true, true]);
    await program.kill('SIGKILL');
    await Promise.all(all.map(untilGone));
  });

  if (process.platform !== 'linux') sayLeftOut('a child that is just being started', 'it takes a /proc');
  test.runIf(process.platform === 'linux')(
    'by SIGKILL right after it started a child, that one goes too; what may live on does',
    async () => {
      const program = startProgram(programOf('start-without-word.ts'), []);
      const ids = [Number(await program.line()), Number(await program.line())];
      // Whoever of the two speaks first.
      const isMarked = (pid: number): boolean =>
        readFileSync(`/proc/${pid}/environ`, 'utf8').includes('GUARDED_BY_HARMONI=');
      const child = ids.find((pid) => isMarked(pid)) ?? 0;
      const browser = ids.find((pid) => !isMarked(pid)) ?? 0;
      try {
        await program.kill('SIGKILL');
        await untilGone(child);
        expect(isRunning(browser)).toBe(true);
      } finally {
        process.kill(-browser, 'SIGKILL');
      }
    },
  );

  test('a watchdog that was killed is followed by another', async () => {
    const program = startProgram(programOf('adopt-twice.ts'), []);
    const first = Number(await program.line());
    const watchdog = Number(await program.line());
    process.kill(watchdog, 'SIGKILL');
    await untilGone(watchdog);
    program.write('another');
    const second = Number(await program.line());
    await program.kill('SIGKILL');
    await Promise.all([first, second].map(untilGone));
    expect([first, second].map(isRunning)).toEqual([false, false]);
  });
});

test('the tail of a stream is its end, however it came', () => {
  const tail = keepTail(5);
  for (const part of ['ab', 'cdefghijklm', '', 'n', 'op']) tail.add(Buffer.from(part));
  expect(tail.text()).toBe('lmnop');
});
