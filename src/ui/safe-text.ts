import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';

/** Spaces that would break a row. */
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
/**
 * What a terminal would obey or hide: C0 and C1 controls, bidi marks, overrides and isolates, zero-width fillers.
 * The joiners U+200C and U+200D stay: Persian and emoji need them.
 */
const controls = /[\p{Cc}\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu;
const rightToLeft =
  /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1E95F}\u{1EE00}-\u{1EEFF}]/u;
const plainAscii = /^[\x20-\x7E]*$/;
/** Vowel signs that take a column of their own in terminals, which the width table counts as none. */
const spacingMarks = /\p{Mc}/gu;

/** Text from outside as one line that a terminal prints and does not obey. Letters of every script stay. */
export function safeText(text: string): string {
  if (plainAscii.test(text)) return text;
  return stripVTControlCharacters(text).replace(breaks, ' ').replace(controls, '').toWellFormed();
}

/** The same for a paragraph: its line breaks stay. */
export function safeLines(text: string): string {
  return text.split(/\r?\n/).map(safeText).join('\n');
}

/** Columns that the text takes in a terminal. Never less than Inquirer counts, so no row is wrapped. */
export function displayWidth(text: string): number {
  if (plainAscii.test(text)) return text.length;
  return stringWidth(text) + (text.match(spacingMarks)?.length ?? 0);
}

let segmenter: Intl.Segmenter | undefined;

/**
 * Safe text in at most so many columns, cut between characters as people see them. Right-to-left text is put
 * into an isolate (two invisible characters, counted), so it does not reorder what stands around it in the row.
 */
export function fit(text: string, columns: number, ellipsis = '…'): string {
  // Nobody sees what lies beyond; a title of a megabyte must not cost a second.
  const safe = safeText(text.slice(0, Math.max(0, columns) * 20 + 100));
  if (!rightToLeft.test(safe)) return cut(safe, columns, ellipsis);
  return columns < 3 ? '' : `\u2068${cut(safe, columns - 2, ellipsis)}\u2069`;
}

function cut(text: string, columns: number, ellipsis: string): string {
  if (displayWidth(text) <= columns) return text;
  const room = columns - displayWidth(ellipsis);
  if (room < 0) return '';
  if (plainAscii.test(text)) return text.slice(0, room).trimEnd() + ellipsis;
  segmenter ??= new Intl.Segmenter();
  let kept = '';
  let width = 0;
  for (const { segment } of segmenter.segment(text)) {
    width += displayWidth(segment);
    if (width > room) break;
    kept += segment;
  }
  return kept.trimEnd() + ellipsis;
}

/** `fit`, and filled up with spaces to exactly so many columns. */
export function fitTo(text: string, columns: number, ellipsis = '…'): string {
  const fitted = fit(text, columns, ellipsis);
  return fitted + ' '.repeat(Math.max(0, columns - displayWidth(fitted)));
}

/**
 * Safe text as a paragraph: broken between words, later lines as far in as the first, or as its text behind "1. " or
 * behind a word in a column of its own ("note   "). Paths stay whole where they fit.
 */
export function paragraph(text: string, columns: number): string {
  return safeLines(text)
    .split('\n')
    .map((line) => {
      const lead = /^ *(?:\d+\. |[a-z]+ {2,})?/.exec(line)?.[0] ?? '';
      const width = Math.max(20, columns - lead.length);
      return lead + wrapAnsi(line.slice(lead.length), width).replaceAll('\n', `\n${' '.repeat(lead.length)}`);
    })
    .join('\n');
}
