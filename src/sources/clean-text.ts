/** Between the items of a list that reached us as a list (JSON), where a comma may be part of a name. */
export const listMark = '\u001f';

const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
const controls = /\p{Cc}/gu;

/** Text from a file as one line: line breaks become spaces, other control characters go, the rest is data. */
export function cleanText(text: string): string {
  return text.replaceAll(listMark, '; ').replace(breaks, ' ').replace(controls, '').toWellFormed().trim();
}

/** Text from a file, short enough for a message. */
export function briefText(text: string): string {
  const clean = cleanText(text);
  return clean.length > 80 ? `${clean.slice(0, 79).trimEnd()}…` : clean;
}
