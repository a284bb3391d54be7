import { wordsFor, type Word } from './words.ts';

/** A part of an upload's title between dashes, brackets, quotes, bars or wide gaps. */
export interface Piece {
  readonly words: readonly Word[];
  readonly bracketed: boolean;
}

const separators =
  /([([{【〔〈《<])|[\])}】〕〉》>|"“”„«»「」『』~•:;★☆♪♫►◄✿]|\s[-–—_]+(?=\s)|(?<=\S)[-–—]+\s|\s[-–—]+(?=\S)|\s{2,}|\s\/+\s|\sby\s/giu;
const hasLetter = /[\p{L}\p{N}]/u;

/** Cuts the title of an upload into its pieces. A title of punctuation alone is one piece. */
export function cutPieces(title: string): readonly Piece[] {
  const pieces: Piece[] = [];
  const add = (text: string, bracketed: boolean) => {
    if (hasLetter.test(text)) pieces.push({ words: wordsFor(text), bracketed });
  };
  let from = 0;
  let bracketed = false;
  for (const found of title.matchAll(separators)) {
    add(title.slice(from, found.index), bracketed);
    bracketed = found[1] !== undefined;
    from = found.index + found[0].length;
  }
  add(title.slice(from), bracketed);
  return pieces.length > 0 ? pieces : [{ words: wordsFor(title), bracketed: false }];
}
