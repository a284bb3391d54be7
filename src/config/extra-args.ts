const plain = /[^\s'"\\]+/y;
const single = /'([^']*)'/y;
const double = /"((?:[^"\\]|\\[^])*)"/y;
const escaped = /\\([^])/y;

/**
 * Splits extra arguments as a shell splits words: single and double quotes, backslashes, nothing else. No
 * variables, wildcards or operators. A list is taken as it is.
 * @returns undefined when a quote is not closed
 */
export function splitArguments(given: string | readonly string[]): readonly string[] | undefined {
  if (typeof given !== 'string') return given;
  const text = given;
  const words: string[] = [];
  let word: string | undefined;
  let at = 0;

  function take(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) return undefined;
    at = pattern.lastIndex;
    return match[1] ?? match[0];
  }

  while (at < text.length) {
    const part = take(plain) ?? take(single) ?? take(double)?.replace(/\\(["\\$`])/g, '$1') ?? take(escaped);
    if (part !== undefined) {
      word = (word ?? '') + part;
    } else if (/\s/.test(text.charAt(at))) {
      if (word !== undefined) words.push(word);
      word = undefined;
      at++;
    } else {
      return undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}
