import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && path !== 'honest-tests.test.ts')
  .map((path) => ({ path, text: readFileSync(join(import.meta.dirname, path), 'utf8') }));

test('the tests are found', () => {
  expect(files.filter(({ path }) => path.endsWith('.test.ts')).length).toBeGreaterThan(100);
});

test('a file that leaves tests out says why', () => {
  // What these export says so where it is made.
  const sayers = /\bsayLeftOut\(|\b(?:hasTmux|hasChromium|mayMount)\b/;
  const silent = files.filter(({ text }) => /\.(?:skipIf|runIf)\(/.test(text) && !sayers.test(text));
  expect(silent.map(({ path }) => path)).toEqual([]);
});

test('nothing is left out or tried alone by hand', () => {
  const byHand = /\b(?:test|it|describe)\.(?:skip|only|todo)\b|\bcontext\.skip\(\)/;
  expect(files.filter(({ text }) => byHand.test(text)).map(({ path }) => path)).toEqual([]);
});

test('chances come from the seed of the run', () => {
  const seedless = /\bMath\.random\(|from 'fast-check'/;
  // It makes arbitraries alone, and the other hands fast-check out with the seed.
  const excused = ['helpers/hostile-text.ts', 'helpers/properties.ts'];
  const found = files.filter(({ path, text }) => seedless.test(text) && !excused.includes(path));
  expect(found.map(({ path }) => path)).toEqual([]);
});

test('a test that draws lots has the seed in its name', () => {
  const drawing = files.filter(({ path, text }) => path.endsWith('.test.ts') && /\btestSeed\b/.test(text));
  expect(drawing.length).toBeGreaterThan(3);
  expect(drawing.filter(({ text }) => !text.includes('(seed ${testSeed})')).map(({ path }) => path)).toEqual(
    [],
  );
});
