import { spawn } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { pathsIn } from '../../src/downloads/m3u8.ts';
import { inspect } from '../../src/downloads/inspect.ts';
import { createRandom, testSeed } from '../helpers/random.ts';
import { makeMachine, projectDir, realTools } from '../helpers/world.ts';
import { exists } from '../../src/system/files.ts';
import { contentsOf, makeSong, videoIdOf } from '../library/convert/library.ts';

const random = createRandom(testSeed);
const songs = 12;
const kills = 20;

interface Machine {
  readonly music: string;
  readonly run: (args: readonly string[], killAfterMs?: number) => Promise<number | null>;
}

async function machine(): Promise<Machine> {
  const tools = await realTools();
  const { music, env, folder } = makeMachine(tools, { musicUrl: 'http://127.0.0.1:1', ytdlpArgs: () => [] });
  return {
    music,
    run: (args, killAfterMs) =>
      new Promise((end) => {
        const child = spawn(process.execPath, [join(projectDir, 'src', 'index.ts'), ...args], {
          cwd: folder,
          env,
          stdio: 'ignore',
        });
        const timer =
          killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
        child.once('close', (code) => {
          clearTimeout(timer);
          end(code);
        });
      }),
  };
}

/** Every line of each playlist file leads to a whole song, and every file with a final name is one. */
async function check(music: string): Promise<void> {
  const files = Object.keys(contentsOf(music));
  for (const way of files) {
    const path = join(music, way);
    if (way.endsWith('.m3u8')) {
      const lines = pathsIn(readFileSync(path, 'utf8'));
      expect(lines).toHaveLength(songs);
      for (const line of lines)
        expect(await exists(resolve(dirname(path), line)), `${way}: ${line}`).toBe(true);
    } else if (/\.(?:opus|mp3)$/.test(way)) {
      const { fault, durationMs } = await inspect(path, way.endsWith('opus') ? 'opus' : 'mp3');
      expect({ way, fault, isWhole: durationMs > 900 }).toEqual({ way, fault: undefined, isWhole: true });
    }
  }
  for (let number = 1; number <= songs; number += 1) {
    expect(
      files.some((way) => way.startsWith(`Mix/${number}.`)),
      `song ${number}`,
    ).toBe(true);
  }
}

test(
  `a conversion that is killed ${kills} times leaves every song as before or as after, goes on, and is undone (seed ${testSeed})`,
  { timeout: 600_000 },
  async () => {
    const { music, run } = await machine();
    for (let number = 1; number <= songs; number += 1)
      await makeSong(join(music, 'Mix', `${number}.opus`), number, videoIdOf(number));
    mkdirSync(join(music, 'Other'));
    linkSync(join(music, 'Mix', '1.opus'), join(music, 'Other', '1.opus'));
    const lines = Array.from({ length: songs }, (_one, at) => `Mix/${at + 1}.opus`);
    writeFileSync(join(music, 'all.m3u8'), `#EXTM3U\n${lines.join('\n')}\n`);
    const before = contentsOf(music);
    expect(await run(['library', 'list'])).toBe(0);
    const convert = ['library', 'convert', '--format', 'mp3', '--quality', 'low', '--yes'];
    let undone = 0;
    for (let killed = 0; killed < kills;) {
      // Its start takes half a second, and all songs two or three.
      const code = await run(convert, random.between(400, 2_500));
      await check(music);
      if (code === null) killed += 1;
      else {
        // All is done: the same once more from the beginning.
        expect(code).toBe(0);
        while (Object.keys(contentsOf(music)).some((way) => way.endsWith('.mp3'))) {
          expect(await run(['undo', '--yes'])).toBe(0);
          undone += 1;
          expect(undone).toBeLessThan(10 * kills);
        }
        expect(contentsOf(music)).toEqual(before);
      }
    }
    expect(await run(convert)).toBe(0);
    const after = Object.keys(contentsOf(music));
    expect(after.filter((way) => way.endsWith('.opus'))).toEqual([]);
    expect(after.filter((way) => way.endsWith('.mp3'))).toHaveLength(songs + 1);
    while (Object.keys(contentsOf(music)).some((way) => way.endsWith('.mp3'))) {
      expect(await run(['undo', '--yes'])).toBe(0);
    }
    expect(contentsOf(music)).toEqual(before);
  },
);
