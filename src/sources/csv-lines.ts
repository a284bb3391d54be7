import { HarmoniError } from '../errors.ts';
import { longestRow } from './limits.ts';

export interface Lines {
  /** Without their LF or CRLF. */
  readonly lines: readonly string[];
  /** The file ended before this line did: it may have been cut off. */
  readonly cut: boolean;
}

/** Cuts text into lines, as many at a time as are there. */
export async function* splitLines(text: AsyncIterable<string>, fileName: string): AsyncGenerator<Lines> {
  let rest = '';
  let row = 0;
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    row += lines.length;
    if (rest.length > longestRow || lines.some((line) => line.length > longestRow)) {
      throw new HarmoniError(
        'source-too-large',
        `${fileName} has a row of more than 1 MiB, near line ${row + 1}.`,
        {
          fix: "Export the playlist again. This file is damaged or isn't a list of songs.",
        },
      );
    }
    yield { lines: lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line)), cut: false };
  }
  if (rest !== '') yield { lines: [rest], cut: true };
}

/** Whether the quotes of a line do not pair, so that the line opens or closes a cell of several lines. */
function isOdd(line: string): boolean {
  let odd = false;
  for (let at = line.indexOf('"'); at !== -1; at = line.indexOf('"', at + 1)) odd = !odd;
  return odd;
}

/**
 * Puts the lines of a cell with line breaks together again. A quote that is never closed would swallow the rest of the
 * file: as soon as a line is a whole row by itself, or the open row gets too long, the first line is given up as broken
 * (it comes out alone) and the others are read anew.
 */
export function createRowJoiner(isWholeRow: (text: string) => boolean) {
  let open: string[] = [];
  let length = 0;

  function giveUp(...more: readonly string[]): readonly string[] {
    const [first = '', ...rest] = open;
    open = [];
    // All of `rest` have paired quotes: only the last of `more` can open a row again.
    return [first, ...rest.filter((line) => line.trim() !== ''), ...more.flatMap(take)];
  }

  function take(line: string): readonly string[] {
    if (open.length === 0) {
      if (!isOdd(line)) return line.trim() === '' ? [] : [line];
      open = [line];
      length = line.length;
      return [];
    }
    if (isOdd(line)) {
      const joined = [...open, line].join('\n');
      if (!isWholeRow(joined)) return giveUp(line);
      open = [];
      return [joined];
    }
    length += line.length + 1;
    if (length > longestRow || isWholeRow(line)) return giveUp(line);
    open.push(line);
    return [];
  }

  return { take, end: () => (open.length === 0 ? [] : giveUp()) };
}
