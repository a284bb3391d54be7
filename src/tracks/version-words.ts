import { isDecoration } from './decoration.ts';
import { neutralKinds, phraseAt, type VersionKind } from './version-table.ts';

/** A word that makes a recording another one, with the text it was read from. */
export interface Version {
  readonly kind: VersionKind;
  /** By whom (remix), which year (remaster), where (live), which number (part); empty where it does not say. */
  readonly detail: string;
  readonly text: string;
}

/** A version phrase among folded words: those from `start` up to, not including, `end`. */
export interface VersionHit extends Version {
  readonly start: number;
  readonly end: number;
}

const year = /^(?:19[0-9]{2}|20[0-4][0-9])$/;
const hourWords = /^(?:hours?|hrs?|h|horas?|stunden?|heures?|час|часа|часов)$/;
const minuteWords = /^(?:min|mins|minutes|minutos|minuten)$/;
const romans: Readonly<Record<string, string>> = {
  i: '1',
  ii: '2',
  iii: '3',
  iv: '4',
  v: '5',
  vi: '6',
  vii: '7',
  viii: '8',
  ix: '9',
  x: '10',
  xi: '11',
  xii: '12',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
};

/** The number that a word is, roman and spelled-out ones too; undefined for other words. */
function numberOf(word: string): string | undefined {
  if (/^\p{N}+$/u.test(word)) return word.replace(/^0+(?=.)/, '');
  return romans[word];
}

export function isYear(word: string): boolean {
  return year.test(word);
}

// The remixer stands before these; words that only describe are no name.
const named: ReadonlySet<VersionKind> = new Set(['remix', 'edit', 'extended', 'rerecorded', 'variant']);
const placeFillers = new Set(
  'at in from on the version recorded session sessions performance and live a'.split(' '),
);
const describing = new Set(
  (
    'official the a and original extended radio club single album full new version short long video hd hq final main ' +
    'instrumental dub vocal studio cd lp x s by from'
  ).split(' '),
);

/** All version phrases among the folded words of one piece of a title (a bracket, a part between dashes). */
export function findVersions(words: readonly string[]): VersionHit[] {
  const hits: VersionHit[] = [];
  for (let index = 0; index < words.length;) {
    const word = words[index] ?? '';
    const next = words[index + 1] ?? '';
    if (isLongTime(word, next)) {
      hits.push(hit('loop', '', words, index, index + 2));
      index += 2;
      continue;
    }
    const found = phraseAt(words, index);
    if (found === undefined) {
      index += 1;
      continue;
    }
    const end = index + found.length;
    for (const kind of found.kinds) {
      if (kind === 'part') {
        const number = numberOf(words[end] ?? '');
        if (number !== undefined) hits.push(hit(kind, number, words, index, end + 1));
      } else {
        hits.push(hit(kind, detailOf(kind, words, index, end), words, index, end));
      }
    }
    index = end;
  }
  // "Undead Version" is a version of its own, "Live Version" and "Full Version" are not.
  return hits.filter(({ kind, detail }) => kind !== 'variant' || (hits.length === 1 && detail !== ''));
}

/** "10 hours", "30 min"; "The Last 2 Minutes" is a title. */
function isLongTime(number: string, unit: string): boolean {
  if (!/^\d+$/.test(number)) return false;
  return (hourWords.test(unit) && Number(number) > 0) || (minuteWords.test(unit) && Number(number) >= 10);
}

function hit(kind: VersionKind, detail: string, words: readonly string[], start: number, end: number) {
  return { kind, detail, text: words.slice(start, end).join(' '), start, end };
}

function detailOf(kind: VersionKind, words: readonly string[], start: number, end: number): string {
  if (kind === 'remaster') return words.find(isYear) ?? '';
  if (kind === 'live')
    return words.filter((word, at) => (at < start || at >= end) && !placeFillers.has(word)).join('');
  const phrase = words.slice(start, end);
  if (kind === 'language' || kind === 'arrangement') return phrase.join('');
  if (!named.has(kind)) return '';
  const before = words.slice(0, start).filter((word) => !describing.has(word) && !isDecoration(word));
  const after = words[end] === 'by' ? words.slice(end + 1) : [];
  return [...before, ...after, ...phrase.filter((word) => word === 'club')].join('');
}

/** The distinguishing words of a recording in one order, for keys: "live", "remix:kuurkbubsdcb", "part:2 remaster:2011". */
export function versionKey(versions: readonly Version[]): string {
  const words = versions
    .filter((version) => !neutralKinds.has(version.kind))
    .map((version) => (version.detail === '' ? version.kind : `${version.kind}:${version.detail}`));
  return [...new Set(words)].sort().join(' ');
}
