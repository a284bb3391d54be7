import { nearestName } from '../tracks/nearest-name.ts';
import { HarmoniError } from '../errors.ts';
import { foldName } from '../tracks/fold.ts';
import { numberFields, parts, proofs, states, textFields, wordFields } from './query-fields.ts';
import { titleOf, type LibrarySong } from './songs.ts';

/** Which songs of a library are meant. */
export interface Query {
  matches(song: LibrarySong): boolean;
  /** Whether it asks for lists, which are read only then. */
  readonly asksForLists: boolean;
  /** It has no condition: every song is meant. */
  readonly isEmpty: boolean;
}

type Condition = (song: LibrarySong) => boolean;

/**
 * Reads a query: conditions that must all hold. `artist:radiohead` (words anywhere in the text), `artist:=Air` (all of
 * it), `year:1997..2003` (either end may be left out), `format:mp3|m4a`, `missing:cover`, `has:lyrics`, `is:broken`,
 * `proven:no`, `-format:mp3` (not), and words without a field, which are looked for in artist, title, album and path.
 * @param words one condition each, as the shell hands them over; a typed text goes through `splitQuery` first
 * @param library absolute: what it's called itself ("/home/me/Music") is nothing that a song is found by
 * @throws HarmoniError usage
 */
export function parseQuery(words: readonly string[], library = ''): Query {
  const terms = words.flatMap(splitWord).filter((term) => term !== '');
  const conditions = terms.map(conditionOf);
  return {
    matches(song) {
      const place = belowLibrary(song, library);
      return conditions.every((holds) => holds(place));
    },
    asksForLists: terms.some((term) => /^-?(?:list:|(?:has|missing):(?:.*\|)?list\b)/i.test(term)),
    isEmpty: conditions.length === 0,
  };
}

/** What is wrong with a typed query; true for none. Pure. */
export function queryProblem(text: string): true | string {
  try {
    parseQuery(splitQuery(text));
    return true;
  } catch (error) {
    if (error instanceof HarmoniError) return error.message;
    throw error;
  }
}

function belowLibrary(song: LibrarySong, library: string): LibrarySong {
  const { path } = song.file;
  if (library === '' || !path.startsWith(library)) return song;
  return { ...song, file: { ...song.file, path: path.slice(library.length) } };
}

/** A typed query in its terms: `album:"OK Computer" live` are two. @throws HarmoniError usage */
export function splitQuery(text: string): readonly string[] {
  if ((text.match(/"/g) ?? []).length % 2 === 1) throw wrong(`A quote isn't closed in ${text}.`);
  return text.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
}

/** The term that means the playlists of these names. The marks that a query reads don't count when names are compared. Pure. */
export function termForLists(names: readonly string[]): string {
  return `list:${names.map((name) => `"=${name.replaceAll(/["|]/g, ' ')}"`).join('|')}`;
}

/** A word of the shell is one term, with its spaces, unless it is a whole query itself. */
function splitWord(word: string): readonly string[] {
  return word.includes('"') || /\s-?[a-z]+:/i.test(word) ? splitQuery(word) : [word.trim()];
}

function conditionOf(term: string): Condition {
  if (term.startsWith('--')) throw wrong(`The option ${term} doesn't exist here.`);
  if (term.startsWith('-') && term.length > 1) {
    const holds = conditionOf(term.slice(1));
    return (song) => !holds(song);
  }
  const [, name, rest] = /^([A-Za-z_]+):(.*)$/s.exec(term) ?? [];
  if (name === undefined || rest === undefined) return anywhere(unquoted(term));
  return fieldCondition(name.toLowerCase(), rest);
}

function fieldCondition(name: string, text: string): Condition {
  const values = text.split('|').map(unquoted);
  if (values.some((value) => value === '' || value === '=')) throw wrong(`${name}: has no value.`);
  const texts = ofOwn(textFields, name);
  if (texts !== undefined) return anyOf(values.map((value) => textCondition(value, texts)));
  const word = ofOwn(wordFields, name);
  if (word !== undefined) return (song) => values.some((value) => word(song) === bare(value).toLowerCase());
  const number = ofOwn(numberFields, name);
  if (number !== undefined) return anyOf(values.map((value) => rangeCondition(name, value, number)));
  if (name === 'has' || name === 'missing') {
    const found = values.map((value) => named(value, parts, `${name}:`));
    return (song) => found.some((isThere) => isThere(song) === (name === 'has'));
  }
  if (name === 'is') return anyOf(values.map((value) => named(value, states, 'is:')));
  if (name === 'proven') return anyOf(values.map((value) => named(value, proofs, 'proven:')));
  throw wrong(`The field "${name}" doesn't exist.${didYouMean(name, fieldNames)}`);
}

export const fieldNames: readonly string[] = [
  ...Object.keys(textFields),
  ...Object.keys(wordFields),
  ...Object.keys(numberFields),
  'has',
  'missing',
  'is',
  'proven',
];

function textCondition(
  value: string,
  texts: (song: LibrarySong) => readonly (string | undefined)[],
): Condition {
  const isWhole = value.startsWith('=');
  const wanted = foldName(bare(value));
  return (song) =>
    texts(song).some((text) => {
      const folded = text === undefined ? '' : foldName(text);
      return folded !== '' && (isWhole ? folded === wanted : folded.includes(wanted));
    });
}

function rangeCondition(name: string, value: string, { of, read }: (typeof numberFields)[string]): Condition {
  const bounds = bare(value).split('..');
  const [low, high] = bounds.map((bound) => (bound === '' ? undefined : read(bound)));
  const isUnread = bounds.some((bound, at) => bound !== '' && [low, high][at] === undefined);
  if (isUnread || bounds.length > 2 || (low === undefined && high === undefined)) {
    throw wrong(`${name}:${value} isn't a number or a range such as ${name}:${examples[name] ?? '1..9'}.`);
  }
  return (song) => {
    const number = of(song);
    if (number === undefined) return false;
    return (
      (low === undefined || number >= low) &&
      (bounds.length === 1 ? number === low : high === undefined || number <= high)
    );
  };
}

const examples: Readonly<Record<string, string>> = {
  year: '1997..2003',
  bitrate: '..160',
  length: '3:00..10:00',
  size: '20..',
  gain: '-12..-6',
};

/** Every word must be in one of the texts that people know a song by. */
function anywhere(text: string): Condition {
  const wanted = foldName(text);
  return (song) => {
    const { facts, file } = song;
    return [titleOf(song), facts.artist, facts.albumArtist, facts.album, file.path].some(
      (one) => one !== undefined && foldName(one).includes(wanted),
    );
  };
}

function named(value: string, known: Readonly<Record<string, Condition>>, field: string): Condition {
  const condition = ofOwn(known, value.toLowerCase());
  if (condition !== undefined) return condition;
  const names = Object.keys(known);
  throw wrong(`${field} knows ${names.join(', ')}, not "${value}".${didYouMean(value, names)}`);
}

const anyOf =
  (conditions: readonly Condition[]): Condition =>
  (song) =>
    conditions.some((holds) => holds(song));

/** Without what every object has: "constructor" is no field. */
function ofOwn<T>(known: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(known, name) ? known[name] : undefined;
}

const unquoted = (text: string): string => text.replaceAll('"', '').trim();
const bare = (value: string): string => (value.startsWith('=') ? value.slice(1) : value);

function didYouMean(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : ` Did you mean ${nearest}?`;
}

function wrong(message: string): HarmoniError {
  return new HarmoniError('usage', message, { fix: 'Run harmoni library list --help to see what it takes.' });
}
