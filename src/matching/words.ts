import anyAscii from 'any-ascii';
import { editDistance } from '../tracks/edit-distance.ts';
import { foldWords } from '../tracks/fold.ts';

/** A folded word, and the same in Latin letters for comparing across scripts. */
export interface Word {
  readonly folded: string;
  readonly latin: string;
  /** How much it says: 1 for most, less for "the", more for numbers. */
  readonly weight: number;
}

const asciiWord = /^[a-z0-9]+$/;
const catalogueNumber = /^([a-z]{1,4})(\d{1,4})$/;
const twoScripts =
  /(?<=[a-z])(?=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}])|(?<=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}])(?=[a-z])/gu;
const fillers = new Set(
  'the a an of and in on to for at by my n la le les el los las de du des di da do del il lo un une una der die das und y e o et en op no nr vol volume'.split(
    ' ',
  ),
);
// Not i, v, x: they are words or initials as often.
const romans: Readonly<Record<string, string>> = {
  ii: '2',
  iii: '3',
  iv: '4',
  vi: '6',
  vii: '7',
  viii: '8',
  ix: '9',
  xi: '11',
  xii: '12',
};

/** The words of a text in a form in which two spellings of it compare: "RV411: II" is rv, 411, 2. */
export function wordsFor(text: string): Word[] {
  return foldWords(text).flatMap(split).map(toWord);
}

/** As `wordsFor`, of words that are folded already. */
export function toWords(folded: readonly string[]): Word[] {
  return folded.flatMap(split).map(toWord);
}

function split(word: string): string[] {
  if (!asciiWord.test(word)) return word.split(twoScripts);
  const catalogue = catalogueNumber.exec(word);
  return catalogue?.[1] !== undefined && catalogue[2] !== undefined ? [catalogue[1], catalogue[2]] : [word];
}

function toWord(folded: string): Word {
  const latin = toLatin(folded);
  const weight = /^\d/.test(latin) ? 1.3 : fillers.has(latin) ? 0.3 : latin.length === 1 ? 0.5 : 1;
  return { folded, latin, weight };
}

function toLatin(folded: string): string {
  if (asciiWord.test(folded)) return romans[folded] ?? folded.replace(/^0+(?=\d)/, '');
  const latin = anyAscii(folded)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '');
  return latin === '' ? folded : latin;
}

/** The words in Latin letters without spaces: what is compared first, so that "Shoo-Fly" is "Shoofly". */
export function joined(words: readonly Word[]): string {
  return words.map((word) => word.latin).join('');
}

export function weightOf(words: readonly Word[]): number {
  return words.reduce((sum, word) => sum + word.weight, 0);
}

const spokenAlike: Readonly<Record<string, string>> = {
  4: 'for',
  2: 'to',
  u: 'you',
  ur: 'your',
  luv: 'love',
  nite: 'night',
  thru: 'through',
  n: 'and',
  r: 'are',
  til: 'till',
  cuz: 'because',
  cause: 'because',
  da: 'the',
  tha: 'the',
};

/**
 * How much two words are the same, 0 to 1: spelling mistakes and plurals count nearly whole. Numbers and short words
 * must be equal, and so must the first letters ("night" is not "light").
 */
export function sameness(a: string, b: string): number {
  if (a === b) return 1;
  if (spokenAlike[a] === b || spokenAlike[b] === a) return 0.95;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 4 || short[0] !== long[0] || /\d/.test(a + b)) return 0;
  if (long === `${short}s` || long === `${short}es`) return 0.9;
  const allowed = short.length >= 8 ? 2 : short.length >= 5 ? 1 : 0;
  if (allowed === 0 || long.length - short.length > allowed) return 0;
  return editDistance(short, long) <= allowed ? 0.85 : 0;
}

const otherScript = /[^\p{sc=Latin}\p{sc=Common}\p{sc=Inherited}]/u;
const latinScript = /\p{sc=Latin}/u;

/** Whether two texts share no script, so that comparing their letters says nothing. Texts without letters never differ. */
export function scriptsDiffer(a: string, b: string): boolean {
  const [otherA, otherB] = [otherScript.test(a), otherScript.test(b)];
  if (!otherA && !otherB) return false;
  return (
    (otherA && !latinScript.test(a) && !otherB && latinScript.test(b)) ||
    (otherB && !latinScript.test(b) && !otherA && latinScript.test(a))
  );
}
