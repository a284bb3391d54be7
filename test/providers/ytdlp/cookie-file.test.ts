import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { runYtDlp } from '../../../src/providers/ytdlp/process.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { realTools } from '../../helpers/world.ts';

afterEach(() => vi.unstubAllEnvs());

const text = '# Netscape HTTP Cookie File\n.youtube.com\tTRUE\t/\tTRUE\t0\tNAME\tVALUE\n';

function cookieFile(): { path: string; temp: string } {
  const folder = tempFolder();
  const temp = join(folder, 'temp');
  mkdirSync(temp);
  vi.stubEnv('TMPDIR', temp);
  const path = join(folder, 'my cookies.txt');
  writeFileSync(path, text);
  utimesSync(path, 1_000, 1_000);
  return { path, temp };
}

async function run(program: string, args: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  const { signal } = new AbortController();
  const add = (line: string): void => void lines.push(line);
  await runYtDlp(program, args, { signal, silenceMs: 30_000, onLine: add, onErrorLine: add });
  return lines;
}

test.each([
  ['as a word of its own', (path: string) => ['--cookies', path, '-4']],
  ['joined', (path: string) => [`--cookies=${path}`, '-4']],
])(
  'a cookie file (%s) is read by yt-dlp, and what it writes back does not reach it',
  async (_how, argsOf) => {
    const script = join(tempFolder(), 'yt-dlp');
    const { path, temp } = cookieFile();
    writeFileSync(script, '#!/bin/sh\ncat "$2"; echo "$3"; echo changed >"$2"; cat "$2"\n');
    chmodSync(script, 0o755);
    expect(await run(script, argsOf(path))).toEqual([...text.trim().split('\n'), '-4', 'changed']);
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(readdirSync(temp)).toEqual([]);
  },
);

test('the real yt-dlp leaves it as it is, also where it may not write', async () => {
  const { path, temp } = cookieFile();
  const { ytDlp } = await realTools();
  const args = ['--ignore-config', '--proxy', 'http://127.0.0.1:9', '--extractor-retries', '0'];
  const lines = await run(ytDlp, [
    ...args,
    '--cookies',
    path,
    '--',
    'https://www.youtube.com/watch?v=aaaaaaaaaaa',
  ]);
  expect(lines.join('\n')).toMatch(/^ERROR: \[youtube\]/m);
  expect(lines.join('\n')).not.toMatch(/Traceback|Netscape/);
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(statSync(path).mtimeMs).toBe(1_000_000);
  expect(readdirSync(temp)).toEqual([]);
});

test('four yt-dlps that start and end at the same time do not disturb each other', async () => {
  const { path } = cookieFile();
  const { ytDlp } = await realTools();
  const args = [
    '--ignore-config',
    '--proxy',
    'http://127.0.0.1:9',
    '--extractor-retries',
    '0',
    '--cookies',
    path,
  ];
  const all = await Promise.all(
    Array.from({ length: 4 }, () =>
      run(ytDlp, [...args, '--', 'https://www.youtube.com/watch?v=aaaaaaaaaaa']),
    ),
  );
  for (const lines of all) expect(lines.join('\n')).not.toMatch(/Traceback|Netscape/);
  expect(readFileSync(path, 'utf8')).toBe(text);
});
