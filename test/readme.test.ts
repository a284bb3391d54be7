import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const readme = read('readme.md');

/** The rows of the table below a heading, each a list of its cells. */
function tableUnder(heading: string): string[][] {
  const section = readme.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('the readme', () => {
  const code = globSync('src/**/*.ts', { cwd: root })
    .map(read)
    .join('\n')
    // A failure names its provider.
    .replaceAll('{service}', 'YouTube')
    .replaceAll('{noun}', 'video')
    .replaceAll("${title}'s answer", "YouTube's answer");
  const sentences = tableUnder('If something goes wrong')
    .flatMap(([seen = '']) => seen.split(' · '))
    .flatMap((sentence) => sentence.split(' ... '));

  test('has a remedy for more than a handful of sentences', () =>
    expect(sentences.length).toBeGreaterThan(8));
  test.each(sentences)('explains a sentence that HARMONI says: %s', (sentence) => {
    expect(code).toContain(sentence);
  });

  test('names only commands that there are', () => {
    const help = execFileSync(process.execPath, [join(root, 'src/index.ts'), '--help'], { encoding: 'utf8' });
    const known = [...help.matchAll(/^ {2}([a-z][a-z-]+)\b/gm)].map(([, verb]) => verb);
    const named = [...readme.matchAll(/\.\/start\.sh ([a-z][a-z-]+)/g)].map(([, verb]) => verb);
    expect(named).toContain('review');
    // start.sh itself knows test.
    expect(named.filter((verb) => verb !== 'test' && !known.includes(verb))).toEqual([]);
  });

  const links = [...readme.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, path = '']) => path);
  test.each(links)('links to a file that there is: %s', (path) => {
    expect(existsSync(join(root, path))).toBe(true);
  });

  test('names the licence of every package that it brings', () => {
    const lock = z
      .object({
        packages: z.record(
          z.string(),
          z.object({ license: z.string().optional(), dev: z.boolean(), optional: z.boolean() }).partial(),
        ),
      })
      .parse(JSON.parse(read('package-lock.json')));
    const named = tableUnder('Privacy and licences')
      .map(([, licence = '']) => licence)
      .join(', ');
    const brought = Object.entries(lock.packages).filter(([, { dev, optional }]) => !dev && !optional);
    expect(brought.length).toBeGreaterThan(50);
    const unnamed = brought
      // The one package without this field in the lock file says MIT in a file of its own.
      .filter(([path]) => path !== '' && !path.endsWith('/async'))
      .filter(
        ([, { license = 'none' }]) =>
          !license.split(/[()]| OR /).some((one) => one !== '' && named.includes(one)),
      );
    expect(unnamed).toEqual([]);
  });
});
