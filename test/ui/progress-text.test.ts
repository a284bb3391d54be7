import { describe, expect, it } from 'vitest';
import type { ProgressView } from '../../src/ui/progress.ts';
import { countsText, durationText, progressLines } from '../../src/ui/progress-text.ts';
import { displayWidth } from '../../src/ui/safe-text.ts';
import { createTheme } from '../../src/ui/theme.ts';

const view: ProgressView = {
  title: 'Road trip',
  done: 12,
  total: 40,
  failed: 1,
  etaMs: 190_000,
  notice: 'YouTube asks for a pause: continuing in 42 s.',
  lines: [
    { label: 'Queen - Bohemian Rhapsody', stage: 'downloading', fraction: 0.456, bytesPerSecond: 1_230_000 },
    { label: '椎名林檎 - 丸の内サディスティック', stage: 'converting', fraction: 1 },
    { label: 'فيروز - نسم علينا الهوا', stage: 'searching' },
  ],
  queue: '34 waiting to convert, 210 to look up',
};
const draw = (columns: number, unicode: boolean) =>
  '\n' +
  progressLines(view, { columns, rows: 20 }, createTheme({ colour: false, unicode }))
    .map((line) => `|${line.text}`)
    .join('\n') +
  '\n';

describe('progressLines', () => {
  it('at 80 columns', () => {
    expect(draw(80, true)).toMatchInlineSnapshot(`
      "
      |Road trip  █████████░░░░░░░░░░░░░░░░░░░░░  12 of 40, 1 failed, about 3 min left
      |  Queen - Bohemian Rhapsody                        downloading   45 %   1.2 MB/s
      |  椎名林檎 - 丸の内サディスティック                converting   100 %
      |  ⁨فيروز - نسم علينا الهوا⁩                        searching
      |  34 waiting to convert, 210 to look up
      |! YouTube asks for a pause: continuing in 42 s.
      |  Ctrl+C stops
      "
    `);
  });
  it('at 80 columns in ASCII', () => {
    expect(draw(80, false)).toMatchInlineSnapshot(`
      "
      |Road trip  #########.....................  12 of 40, 1 failed, about 3 min left
      |  Queen - Bohemian Rhapsody                        downloading   45 %   1.2 MB/s
      |  椎名林檎 - 丸の内サディスティック                converting   100 %
      |  ⁨فيروز - نسم علينا الهوا⁩                        searching
      |  34 waiting to convert, 210 to look up
      |! YouTube asks for a pause: continuing in 42 s.
      |  Ctrl+C stops
      "
    `);
  });
  it('at 40 columns', () => {
    expect(draw(40, true)).toMatchInlineSnapshot(`
      "
      |Road trip  ██░░░░░░░  12 of 40, 1 failed
      |  Queen - Bohemian Rhapsody         45 %
      |  椎名林檎 - 丸の内サディスティ…   100 %
      |  ⁨فيروز - نسم علينا الهوا⁩    searching
      |  34 waiting to convert, 210 to look up
      |! YouTube asks for a pause: continuing…
      |  Ctrl+C stops
      "
    `);
  });

  it('never takes more lines than it is given, and says what it leaves out', () => {
    const many = {
      ...view,
      lines: Array.from({ length: 30 }, () => view.lines[0] ?? { label: '', stage: '' }),
    };
    const lines = progressLines(
      many,
      { columns: 80, rows: 8 },
      createTheme({ colour: false, unicode: true }),
    );
    expect(lines).toHaveLength(8);
    expect(lines[4]?.text).toBe('  and 27 more');
    expect(lines[5]?.text).toBe('  34 waiting to convert, 210 to look up');
    expect(lines[7]?.text).toBe('  Ctrl+C stops');
  });

  it('never is wider than the terminal', () => {
    const theme = createTheme({ colour: false, unicode: true });
    for (const columns of [10, 20, 39, 79, 200]) {
      const lines = progressLines({ ...view, title: 'A list '.repeat(30) }, { columns, rows: 20 }, theme);
      expect(Math.max(...lines.map((line) => displayWidth(line.text)))).toBeLessThanOrEqual(columns);
    }
  });

  it('counts only what is done where nobody knows how much there is, and nothing where nothing goes on', () => {
    const scan: ProgressView = {
      title: 'Scanning your library',
      done: 0,
      total: 0,
      failed: 0,
      lines: [],
    };
    const theme = createTheme({ colour: false, unicode: true });
    const first = (done: number, more: Partial<ProgressView> = {}) =>
      progressLines({ ...scan, ...more, done }, { columns: 80, rows: 5 }, theme)[0]?.text;
    expect(first(0)).toBe('Scanning your library  …');
    expect(first(120)).toBe('Scanning your library  120');
    expect(first(0, { isIdle: true })).toBe('Scanning your library');
  });

  it('says in a line how far it is', () => {
    expect(countsText(view)).toBe('12 of 40, 1 failed, about 3 min left');
    expect(countsText({ done: 1, total: 2, failed: 0 })).toBe('1 of 2');
    expect(countsText({ ...view, toReview: 2 })).toBe('12 of 40, 1 failed, 2 to review, about 3 min left');
  });

  it('stands an empty job', () => {
    const empty: ProgressView = { title: '', done: 0, total: 0, failed: 0, lines: [] };
    expect(
      progressLines(empty, { columns: 80, rows: 1 }, createTheme({ colour: false, unicode: true })),
    ).toHaveLength(1);
  });
});

it.each([
  [400, '0 s'],
  [59_000, '59 s'],
  [61_000, '1 min'],
  [3_600_000, '1 h'],
  [4_800_000, '1 h 20 min'],
])('says %i ms as %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
