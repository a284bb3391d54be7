/** What a spreadsheet would take for a formula, also in the wide letters of East Asian fonts. */
const formula = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const plainNumber = /^[+-]?\d+(?:\.\d+)?$/;

/**
 * A row of a CSV (RFC 4180) with its line break. A text that a spreadsheet would run as a formula ("=1+1", "-Rocks") gets
 * an apostrophe in front, which `withoutGuard` takes away again. Pure.
 */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map((text) => quoted(guarded(text))).join(',')}\r\n`;
}

function guarded(text: string): string {
  return formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}

/** The text of a cell that `csvRow` wrote. Pure. */
export function withoutGuard(text: string): string {
  return text.startsWith("'") && formula.test(text) ? text.slice(1) : text;
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
