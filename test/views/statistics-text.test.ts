import { expect, test } from 'vitest';
import { countLibrary } from '../../src/library/statistics.ts';
import { drawingFor } from '../../src/ui/bars.ts';
import { displayWidth } from '../../src/ui/safe-text.ts';
import { allLines, longTime, overviewLines, percent } from '../../src/views/statistics-text.ts';
import { countedSong, sampleLibrary } from './sample-library.ts';

const blocks = drawingFor({ LANG: 'C.UTF-8' });
const found = sampleLibrary(500);

test('the overview fits on a screen of 80x24, with the hint and the prompt below it', () => {
  const lines = overviewLines(found, blocks, 80);
  expect(lines.length).toBeLessThanOrEqual(22);
  expect(Math.max(...lines.map(({ text }) => displayWidth(text)))).toBeLessThan(80);
  expect(lines.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^Formats {34}Decades$/));
});

test('what was heard is told in a line, which fits on that screen, too', () => {
  const heard = { proven: 1_204, doubtful: 0, different: 2, unchecked: 31 };
  const lines = overviewLines({ ...found, heard }, blocks, 80).map(({ text }) => text);
  expect(lines).toContain('By ear: 1,204 proven, 2 different, 31 not checked');
  expect(lines.length).toBeLessThanOrEqual(22);
  expect(overviewLines({ ...found, heard }, blocks, 80, 3).length + 8).toBeLessThanOrEqual(24);
  expect(overviewLines(found, blocks, 80).some(({ text }) => text.includes('proven'))).toBe(false);
});

test('the short one leaves room for a menu of eight lines', () => {
  expect(overviewLines(found, blocks, 80, 3).length + 8).toBeLessThanOrEqual(24);
});

test('on a narrow screen there is one column', () => {
  const lines = overviewLines(found, blocks, 60).map(({ text }) => text);
  expect(Math.max(...lines.slice(3).map(displayWidth))).toBeLessThanOrEqual(38);
  expect(lines).toContain('Decades');
});

test('without UTF-8 the bars and all else of ours are ASCII', () => {
  const plain = countLibrary([countedSong({ artists: ['A'.repeat(30)], track: 'T' })], [], []);
  const text = [
    ...overviewLines(plain, drawingFor({ LANG: 'C' }), 80),
    ...allLines(plain, drawingFor({ LANG: 'C' })),
  ]
    .map((line) => line.text)
    .join('\n');
  // The theme has ASCII for the middle dot.
  expect(text.replaceAll('·', '')).toMatch(/^[\x20-\x7e\n]+$/);
  expect(text).toContain('#########');
});

test('all of it tells what is missing of each playlist, and why songs failed', () => {
  const text = allLines(found, blocks)
    .map((line) => line.text)
    .join('\n');
  expect(text).toMatch(/Road Trip .* 86\/90 {2}1 missing, 3 waiting/);
  expect(text).toContain('61 songs: Nothing on YouTube is like this song.');
  expect(text).toMatch(/Sunday Morning .* 120\/120$/m);
});

test('names from outside stay one line', () => {
  const odd = countLibrary([countedSong({ artists: ['A\nB\u001b[31m'], track: 'T' })], [], []);
  expect(overviewLines(odd, blocks, 80).some(({ text }) => /[\n\u001b]/.test(text))).toBe(false);
});

test.each([
  [0, '0 s'],
  [18_400, '18 s'],
  [59 * 60_000, '59 min'],
  [80 * 60_000, '1 h 20 min'],
  [86_400_000, '1 day'],
  [14 * 86_400_000 + 11 * 3_600_000, '14 days 11 h'],
])('%s ms is %s', (ms, text) => {
  expect(longTime(ms)).toBe(text);
});

test.each([
  [0, 10, '0 %'],
  [1, 1_000, '1 %'],
  [999, 1_000, '99 %'],
  [10, 10, '100 %'],
  [0, 0, '0 %'],
])('%s of %s is %s', (part, whole, text) => {
  expect(percent(part, whole)).toBe(text);
});
