import { expect, test } from 'vitest';
import {
  classifyYtDlpError,
  parseErrorLine,
  parseWarningLine,
} from '../../../src/providers/ytdlp/failures.ts';
import { splitLines } from '../../../src/system/split-lines.ts';
import { parseYtDlpLine } from '../../../src/providers/ytdlp/output.ts';
import { hostileText } from '../../helpers/hostile-text.ts';
import fc from '../../helpers/properties.ts';

/** The lines that come out of these pieces. */
function linesOf(pieces: readonly Buffer[], most?: number): string[] {
  const lines: string[] = [];
  const splitter = splitLines((line) => lines.push(line), most === undefined ? {} : { most });
  for (const piece of pieces) splitter.add(piece);
  splitter.end();
  return lines;
}

function divide(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [0, ...cuts.map((cut) => Math.floor(cut * bytes.length)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
const text = fc
  .array(fc.oneof(hostileText, fc.constantFrom('\n', '\r\n', '\r', 'ü', '{"t":"before","id":"x"}')))
  .map((parts) => parts.join('').toWellFormed());

test('however output arrives, its lines are those of the whole text', () => {
  fc.assert(
    fc.property(text, cuts, (whole, where) => {
      const bytes = Buffer.from(whole);
      const expected = whole.replace(/^\ufeff/, '').split(/\r?\n/);
      // The end of the output ends a line like a line feed.
      const last = expected.pop() ?? '';
      if (last !== '') expected.push(last.replace(/\r$/, ''));
      expect(linesOf(divide(bytes, where))).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test('a line without an end is cut, and the next one is whole', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.nat(100), { maxLength: 6 }),
      cuts,
      (most, sizes, where) => {
        const whole = sizes.map((size) => 'abcdefghij'.repeat(10).slice(0, size));
        const lines = linesOf(divide(Buffer.from(whole.map((line) => `${line}\n`).join('')), where), most);
        expect(lines).toEqual(whole.map((line) => line.slice(0, most)));
      },
    ),
    { numRuns: 300 },
  );
});

test('bytes that are no text make no difference to where they are cut', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), cuts, (bytes, where) => {
      const whole = Buffer.from(bytes);
      expect(linesOf(divide(whole, where))).toEqual(linesOf([whole]));
    }),
    { numRuns: 500 },
  );
});

const value = fc.oneof(fc.jsonValue({ maxDepth: 1 }), hostileText, fc.constant('NA'), fc.double());
const ours = fc
  .record(
    {
      t: fc.constantFrom('before', 'p', 'done', 'entry', 'else'),
      id: fc.oneof(fc.constant('aaaaaaaaaaa'), value),
      path: value,
      codec: value,
      duration: value,
      title: value,
      b: value,
      n: value,
      s: value,
      views: value,
      verified: value,
    },
    { requiredKeys: ['t'] },
  )
  .map((line) => JSON.stringify(line));

test('no line of yt-dlp is too odd to be read, and numbers are numbers', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        ours,
        hostileText,
        hostileText.map((rest) => `{"t":${rest}`),
      ),
      (line) => {
        const parsed = parseYtDlpLine(line);
        if (parsed?.type === 'progress' && parsed.fraction !== undefined) {
          expect(parsed.fraction).toBeLessThanOrEqual(1);
          expect(parsed.fraction).toBeGreaterThanOrEqual(0);
        }
        if (parsed?.type === 'done' && parsed.durationMs !== undefined)
          expect(Number.isFinite(parsed.durationMs)).toBe(true);
      },
    ),
    { numRuns: 800 },
  );
});

test('what yt-dlp says of a finished video is read as it was said, whatever its title', () => {
  fc.assert(
    fc.property(hostileText, hostileText, fc.nat(100_000), (title, path, duration) => {
      fc.pre(title !== 'NA');
      const line = JSON.stringify({ t: 'done', id: 'aaaaaaaaaaa', path, codec: 'opus', duration, title });
      expect(parseYtDlpLine(line)).toMatchObject({ path, title, durationMs: duration * 1000 });
    }),
    { numRuns: 400 },
  );
});

test('every error has a sentence of its own on one line, and its video where it is named', () => {
  const id = fc.stringMatching(/^[\w-]{11}$/);
  fc.assert(
    fc.property(id, hostileText, (video, words) => {
      for (const line of [words, `ERROR: ${words}`, `WARNING: [youtube] ${video}: ${words}`]) {
        parseErrorLine(line);
        parseWarningLine(line);
      }
      const { message, code } = classifyYtDlpError(words, { title: 'YouTube', noun: 'video' });
      expect(code).not.toBe('');
      expect(message.trim()).not.toBe('');
      const oneLine = words.replaceAll(/[\r\n\u2028\u2029]/g, ' ');
      expect(parseErrorLine(`ERROR: [youtube] ${video}: ${oneLine}`)).toMatchObject({
        id: video,
        text: oneLine,
      });
    }),
    { numRuns: 500 },
  );
});
