import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { displayWidth } from './safe-text.ts';

export type TerminalOutput = NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number };

/** The size of the terminal now; 80x24 where it doesn't say. */
export function screenOf(output: TerminalOutput): { readonly columns: number; readonly rows: number } {
  return { columns: output.columns ?? 80, rows: output.rows ?? 24 };
}

/** What a prompt has drawn: the widths of its lines, and where in it the cursor was left. */
interface Frame {
  readonly widths: readonly number[];
  readonly cursorLine: number;
  readonly cursorColumn: number;
}

/** How Inquirer (core 12) takes its last frame away before it writes the next: line by line, upwards. */
const takingAway = /^(?:\u001b\[\d+B)?(?:\u001b\[2K\u001b\[1A)*\u001b\[2K\u001b\[G/;
/** What stands behind a frame: up from its last line, and to the column of the cursor. */
const placing = /(?:\u001b\[(\d+)A)?\u001b\[(\d+)G$/;

/** Reads a frame out of what was written. */
export function frameOf(written: string): Frame {
  const [, up = '0', column = '1'] = placing.exec(written) ?? [];
  const widths = stripVTControlCharacters(written).split('\n').map(displayWidth);
  return { widths, cursorLine: widths.length - 1 - Number(up), cursorColumn: Number(column) - 1 };
}

/** How many rows lines take in a terminal of so many columns. */
function rowsOf(widths: readonly number[], columns: number): number {
  return widths.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
}

/** How many rows the frame has above its cursor, after the terminal has broken its lines at so many columns. */
export function rowsAbove({ widths, cursorLine, cursorColumn }: Frame, columns: number): number {
  return rowsOf(widths.slice(0, cursorLine), columns) + Math.floor(cursorColumn / columns);
}

/**
 * How many of its first lines have left a screen that was `before` rows high. A terminal that becomes lower drops what
 * is below the cursor first; what is too much then scrolls out above.
 */
export function linesScrolledOut(
  { widths, cursorLine }: Frame,
  before: number,
  columns: number,
  rows: number,
): number {
  const dropped = Math.min(widths.length - 1 - cursorLine, Math.max(0, before - rows));
  const kept = widths.slice(0, widths.length - dropped);
  let lines = 0;
  while (rowsOf(kept.slice(lines), columns) > rows) lines += 1;
  return lines;
}

/** The output of one prompt on its way to the terminal. */
interface FrameOutput {
  readonly output: TerminalOutput;
  /** Takes the frame off a terminal that has another size now; the next one is written in its place. */
  clear(): void;
}

/**
 * Inquirer takes its last frame away by the lines it had. A terminal that becomes narrower breaks them into more, and
 * one that becomes lower scrolls some out and later brings them back, so after a resize there would be remains.
 */
export function watchFrame(terminal: TerminalOutput): FrameOutput {
  let frame: Frame | undefined;
  let rows = terminal.rows ?? 24;
  /** Lines of earlier frames that have scrolled out above. */
  let out: readonly number[] = [];
  let cleared = false;

  const output = new Writable({
    decodeStrings: false,
    write(chunk: unknown, _encoding, written) {
      const text = String(chunk);
      const drawn = text.replace(takingAway, '');
      const [moved, , column] = placing.exec(text) ?? [];
      // Left and right in a line of text move the cursor and draw nothing.
      if (frame !== undefined && moved === text) frame = { ...frame, cursorColumn: Number(column) - 1 };
      else frame = frameOf(drawn);
      terminal.write(cleared ? drawn : text);
      cleared = false;
      written();
    },
  });
  return {
    output: Object.defineProperties(output, {
      columns: { get: () => terminal.columns },
      rows: { get: () => terminal.rows },
    }),
    clear() {
      const before = rows;
      const columns = terminal.columns ?? 80;
      rows = terminal.rows ?? 24;
      if (frame === undefined || cleared) return;
      let up = rowsAbove(frame, columns);
      // A terminal that becomes higher shows again what had scrolled out last.
      const highest = up + Math.max(0, rows - before);
      while (out.length > 0 && up < highest) {
        up = Math.min(highest, up + rowsOf(out.slice(-1), columns));
        out = out.slice(0, -1);
      }
      out = [...out, ...frame.widths.slice(0, linesScrolledOut(frame, before, columns, rows))];
      // From the second column on: what is erased from the very first goes into the history of tmux instead.
      terminal.write(`${up === 0 ? '' : `\u001b[${up}A`}\r\u001b[2K\u001b[C\u001b[J\r`);
      cleared = true;
    },
  };
}
