import { cleanText, listMark } from './clean-text.ts';

/**
 * What stands between two artists of one cell. Exportify's two programs and their years differ
 * (exportify.net: "," without a space until September 2025, then ";"; exportify.app: ", " with "\," inside a name):
 * any = ";" where there is one, else each comma · comma = a comma without a space, as ", " is part of a name ·
 * comma-space = each comma, as ";" is part of a name · semicolon = commas are always part of a name · semicolon-tight = so
 * is "; " · whole = the cell is one artist.
 */
export type ArtistStyle = 'any' | 'comma' | 'comma-space' | 'semicolon' | 'semicolon-tight' | 'whole';

const escapedComma = /\\,/g;
// Neither is the comma of a number that begins a name: "10,000 Maniacs".
const anyComma = /(?<!\\),(?!(?<=(?:^|,\s?)\d{1,3},)\d{3}(?!\d))/;
const tightComma = /(?<!\\),(?!\s)(?!(?<=(?:^|,\s?)\d{1,3},)\d{3}(?!\d))/;
const tightSemicolon = /;(?!\s+[^\s;])/;

/** The artists of one cell, in order, each once. `count` is how many there are, where another column tells. */
export function splitArtists(text: string, style: ArtistStyle, count?: number): readonly string[] {
  const pieces = count === undefined ? divide(text, style) : divideInto(count, text, style);
  const names = pieces.map((name) => cleanText(name.replace(escapedComma, ',')));
  return [...new Set(names)].filter((name) => name !== '' && name !== 'undefined');
}

function divide(text: string, style: ArtistStyle): readonly string[] {
  if (text.includes(listMark)) return text.split(listMark);
  switch (style) {
    case 'whole':
      return [text];
    case 'semicolon':
      // Where it is written without a space, "; " is part of a name.
      return text.split(tightSemicolon.test(text) ? tightSemicolon : ';');
    case 'semicolon-tight':
      return text.split(tightSemicolon);
    case 'comma':
      return text.split(tightComma);
    case 'comma-space':
      return text.split(anyComma);
    case 'any':
      if (text.includes(';')) return divide(text, 'semicolon');
      return divide(text, tightComma.test(text) ? 'comma' : 'comma-space');
  }
}

/** The first way that gives so many, the file's own before the others. */
function divideInto(count: number, text: string, style: ArtistStyle): readonly string[] {
  if (text.includes(listMark)) return divide(text, style);
  const ways = (['whole', style, 'comma', 'comma-space'] as const).map((way) => divide(text, way));
  ways.push(joined(divide(text, 'comma-space'), count), divide(text, 'semicolon'));
  return ways.find((names) => names.length === count) ?? divide(text, style);
}

/** "The Creator" is the end of a name: "Tyler, The Creator". */
function joined(names: readonly string[], count: number): readonly string[] {
  const whole: string[] = [];
  let tooMany = names.length - count;
  for (const name of names) {
    const before = whole.pop();
    if (before !== undefined && tooMany > 0 && /^\s*(?:the|and|&)\s/i.test(name)) {
      whole.push(`${before},${name}`);
      tooMany -= 1;
    } else whole.push(...(before === undefined ? [] : [before]), name);
  }
  return whole;
}

/** Finds the style of a file, whose program writes all its cells alike, by a vote of those that could be several artists. */
export interface ArtistVote {
  /** A cell of which nothing else tells how many artists it names. Each text counts once. */
  add(text: string): void;
  style(): ArtistStyle;
}

/** @param program whose file it is, by its columns */
export function createArtistVote(program: 'exportify.net' | 'exportify.app' | undefined): ArtistVote {
  const seen = new Set<string>();
  const votes = { semicolon: 0, 'semicolon-space': 0, comma: 0, 'comma-space': 0 };
  const markOf = (text: string): keyof typeof votes | undefined => {
    if (text.includes(';')) return tightSemicolon.test(text) ? 'semicolon' : 'semicolon-space';
    if (tightComma.test(text)) return 'comma';
    return anyComma.test(text) ? 'comma-space' : undefined;
  };
  return {
    add(text) {
      const mark = seen.has(text) ? undefined : markOf(text);
      seen.add(text);
      if (mark !== undefined) votes[mark] += 1;
    },
    style() {
      const { semicolon, comma, 'semicolon-space': spacedSemicolon, 'comma-space': spacedComma } = votes;
      if (program === 'exportify.app') return comma > spacedComma ? 'comma' : 'comma-space';
      // Hardly a name has a mark without a space, so these tell more than the others.
      if (semicolon > 0 && semicolon >= comma) {
        return program === 'exportify.net' ? 'semicolon-tight' : 'semicolon';
      }
      if (program === 'exportify.net' || comma > 0) return 'comma';
      return spacedSemicolon > 0 && spacedSemicolon >= spacedComma ? 'semicolon' : 'comma-space';
    },
  };
}
