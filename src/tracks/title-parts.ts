import { isDecorationPiece } from './decoration.ts';
import { foldWords } from './fold.ts';
import { findVersions, isYear, type Version } from './version-words.ts';

/** A title taken apart. Words are folded (`foldWords`). */
export interface TitleParts {
  /** Without credits, version words and decoration; never empty for a title that is not. */
  readonly name: readonly string[];
  /** `name` without what stands in brackets: the part that every spelling of the title has. */
  readonly core: readonly string[];
  readonly versions: readonly Version[];
  /** Guests credited in the title, as written. */
  readonly featuring: readonly string[];
  /** Pieces that say nothing about the recording, as written: "Official Video", "HD". */
  readonly decoration: readonly string[];
}

const innermostBracket = /[([{【〔〈《<]([^()[\]{}【】〔〕〈〉《》<>]*)[)\]}】〕〉》>]/u;
const dashes = /\s+[-–—]+\s+/u;
const creditPiece = /^(?:feat(?:uring)?|ft|with(?=\s+[\p{Lu}\p{Lo}$]))\b\.?\s*(.+)$/u;
const creditTail = /(?<!\d)\s+(?:feat(?:uring)?|ft)(?:\.\s*|\s+)(\S.*)$/iu;
const bracketMark = /\u0001(\d+)\u0001/gu;
const nameSeparators = /\s*(?:,|;|&|\+|\/|\s(?:and|x|with)\s)\s*/iu;

// Without brackets or a dash only these, at the end, are no part of the name ("Remix" yes, "Alive" and "Demo" no).
const bareTails = new Set(['part', 'remaster', 'karaoke', 'nightcore', 'sped up', 'radio', 'extended']);

/** Takes a title apart, as Spotify, YouTube Music or a file name has it. */
export function readTitle(title: string): TitleParts {
  const versions: Version[] = [];
  const featuring: string[] = [];
  const decoration: string[] = [];

  /** True when the piece was something else than name. */
  const takePiece = (piece: string, place: 'bracket' | 'dash'): boolean => {
    const credit = creditPiece.exec(piece.replace(/^(?:F[Ee][Aa][Tt]|F[Tt])/u, (word) => word.toLowerCase()));
    if (credit?.[1] !== undefined) {
      featuring.push(...splitNames(credit[1]));
      return true;
    }
    const words = foldWords(piece);
    const hits = findVersions(words);
    if (hits.length > 0 && (place === 'bracket' || atAnEnd(hits, words))) {
      versions.push(...hits);
      return true;
    }
    if (words.length > 0 && isDecorationPiece(piece, words)) {
      decoration.push(piece);
      return true;
    }
    return false;
  };

  const inBrackets: string[] = [];
  const unmark = (text: string) => text.replace(bracketMark, (_, at: string) => inBrackets[Number(at)] ?? '');
  let rest = title.normalize('NFKC');
  for (let found = innermostBracket.exec(rest); found !== null; found = innermostBracket.exec(rest)) {
    const inside = unmark(found[1] ?? '').trim();
    const mark =
      inside === '' || takePiece(inside, 'bracket')
        ? ' '
        : ` \u0001${String(inBrackets.push(inside) - 1)}\u0001 `;
    rest = rest.slice(0, found.index) + mark + rest.slice(found.index + found[0].length);
  }
  const [first = '', ...others] = rest.split(dashes);
  const kept = [
    first,
    ...others.filter((piece) => piece.trim() !== '' && !takePiece(piece.trim(), 'dash')),
  ].map((piece) => {
    const credit = creditTail.exec(piece);
    if (credit?.[1] === undefined) return piece;
    featuring.push(...splitNames(credit[1].replace(bracketMark, '')));
    return piece.slice(0, credit.index);
  });

  const text = kept.join(' ');
  const name = cutTail(unmark(text));
  const core = cutTail(text.replace(bracketMark, ' '));
  if (name.words.length === 0) {
    const all = foldWords(title);
    return { name: all, core: all, versions: [], featuring, decoration };
  }
  const tail = core.tail ?? name.tail;
  if (tail !== undefined) versions.push(tail);
  return {
    name: name.words,
    core: core.words.length > 0 ? core.words : name.words,
    versions,
    featuring,
    decoration,
  };
}

function splitNames(text: string): string[] {
  return text.split(nameSeparators).filter((name) => name !== '');
}

function atAnEnd(hits: readonly { start: number; end: number }[], words: readonly string[]): boolean {
  return (
    hits.some(
      (hit) => hit.start === 0 || words.slice(hit.end).every((word) => isYear(word) || word === 'version'),
    ) || /^(?:recorded|performed|\d+)$/.test(words[0] ?? '')
  );
}

/** The words of a name, and the version that stands at its end without brackets. */
function cutTail(text: string): { readonly words: readonly string[]; readonly tail: Version | undefined } {
  const words = text.trim() === '' ? [] : foldWords(text);
  const hit = findVersions(words).find(
    ({ start, end, kind, text: found }) =>
      start > 0 && end === words.length && (bareTails.has(kind) || /^(?:remix|rmx)$/.test(found)),
  );
  if (hit === undefined) return { words, tail: undefined };
  const detail = hit.kind === 'part' ? hit.detail : '';
  return { words: words.slice(0, hit.start), tail: { kind: hit.kind, detail, text: hit.text } };
}
