import { cleanText, listMark } from './clean-text.ts';

/**
 * What stands between two artists of one cell. Exportify's two programs and their years differ
 * (exportify.net: "," without a space until September 2025, then ";"; exportify.app: ", " with "\," inside a name):
 * any = ";" where there is one, else each comma · comma = a comma without a space, as ", " is part of a name ·
 * semicolon = commas are always part of a name · whole = the cell is one artist.
 */
export type ArtistStyle = 'any' | 'comma' | 'semicolon' | 'whole';

const escapedComma = /\\,/g;
// Neither is the comma of a number that begins a name: "10,000 Maniacs".
const anyComma = /(?<!\\),(?!(?<=(?:^|,\s?)\d{1,3},)\d{3}(?!\d))/;
const tightComma = /(?<!\\),(?!\s)(?!(?<=(?:^|,\s?)\d{1,3},)\d{3}(?!\d))/;

/** The artists of one cell, in order, each once. `count` is how many there are, where another column tells. */
export function splitArtists(text: string, style: ArtistStyle, count?: number): readonly string[] {
  const names = divide(text, style, count).map((name) => cleanText(name.replace(escapedComma, ',')));
  return [...new Set(names)].filter((name) => name !== '' && name !== 'undefined');
}

function divide(text: string, style: ArtistStyle, count?: number): readonly string[] {
  if (text.includes(listMark)) return text.split(listMark);
  if (style === 'whole' || count === 1) return [text];
  if (text.includes(';')) return text.split(';');
  if (style === 'semicolon') return [text];
  return text.split(style === 'comma' || hasTightComma(text) ? tightComma : anyComma);
}

function hasTightComma(text: string): boolean {
  return tightComma.test(text);
}

/**
 * The style that a cell gives away for the whole file: a program writes all its cells alike, so one ";" says that
 * the comma of "Tyler, The Creator" elsewhere in the file is part of the name. Undefined when it tells nothing.
 */
export function styleOf(text: string): 'comma' | 'semicolon' | undefined {
  if (text.includes(';')) return 'semicolon';
  return hasTightComma(text) ? 'comma' : undefined;
}
