/**
 * Folding: two spellings of one name become one text. NFKC, case, diacritics, ligatures, stylised letters,
 * punctuation. A name that is not empty never folds to an empty text, so "!!!" and "+/-" keep a form of their own.
 */

/** Letters that Unicode does not take apart, in the spelling people type instead. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'ng',
  ƒ: 'f',
  ς: 'σ',
};

// NFKC would spell these out ("™" as "TM"), or keep them where they only steer the display.
const ornaments = /[™®©℠℗\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0e\ufe0f\u00ad]/gu;
// Marks are diacritics only in these scripts: in kana, Hangul and the Indic ones they make another letter.
const diacritics = /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]\p{M}*)\p{M}/gu;
const vowelPoints = /(?<=[\p{Script=Hebrew}\p{Script=Arabic}]\p{M}*)\p{M}/gu;
const apostrophes = /[’‘'ʼ´`′ʹ]/gu;
const initials = /(?<![\p{L}\p{N}])(?:\p{L}\.){2,}/gu;
const notWord = /[^\p{L}\p{N}\p{M}]+/gu;
const ascii = /^[\x20-\x7e]*$/;

/** NFKC, lower case, no diacritics; the punctuation stays. */
export function foldLetters(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  const bare = text
    .replace(ornaments, '')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(diacritics, '')
    .replace(vowelPoints, '')
    .normalize('NFC');
  return withPlainLetters(bare);
}

/** The letters of a lower-case text that Unicode does not take apart, as people type them: "ø" is "o". */
export function withPlainLetters(text: string): string {
  return text.replace(/[ßæœøđðłþħıŋƒς]/gu, (letter) => plainLetters[letter] ?? letter);
}

/**
 * The words of a name, folded: "P!nk & Beyoncé" is ["pink", "and", "beyonce"], "U.S.S.R." is ["ussr"].
 * A name without any letter or digit is one word, itself.
 */
export function foldWords(text: string): readonly string[] {
  const letters = foldLetters(text);
  const words = letters
    .replace(apostrophes, '')
    .replace(/(?<=\p{L})\$|\$(?=\p{L})/gu, 's') // Ke$ha, A$AP, $uicideboy$
    .replace(/(?<=\p{L})!(?=\p{L})/gu, 'i') // P!nk
    .replace(/(?<=\p{L})@(?=\p{L})/gu, 'a') // D@mn
    .replace(/&|(?<=\s)\+(?=\s)/gu, ' and ')
    .replace(initials, (dotted) => dotted.replaceAll('.', ''))
    .split(notWord)
    .filter((word) => word !== '');
  if (words.length > 0) return words;
  const bare = letters.replace(/\s+/gu, '');
  return [bare === '' ? text : bare].filter((word) => word !== '');
}

/** A name as one text for comparing: its folded words without the spaces ("AC/DC" and "ACDC" are "acdc"). */
export function foldName(text: string): string {
  return foldWords(text).join('');
}

/** The name of an artist for comparing: as `foldName`, without a leading "The". */
export function foldArtist(name: string): string {
  const words = foldWords(name);
  return (words.length > 1 && words[0] === 'the' ? words.slice(1) : words).join('');
}
